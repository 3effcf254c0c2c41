// SPDX-License-Identifier: Apache-2.0
#include "plugins/slack/output.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/handed.hpp"
#include "plugins/common/message/post.hpp"
#include "plugins/common/message/progress.hpp"
#include "plugins/common/url.hpp"
#include "plugins/slack/answers.hpp"

namespace gleaner::slack {
namespace {

namespace json = boost::json;

json::object body_of(const Message& message) {
  return {{"text", message.text},
          {"mrkdwn", false},
          {"blocks", message.blocks},
          {"unfurl_links", false},
          {"unfurl_media", false}};
}

[[noreturn]] void refuse(const Refusal& refusal) {
  if (refusal.is_certain) throw message::NotSent(refusal.sentence, refusal.status, refusal.option);
  throw Error(refusal.sentence, refusal.status, refusal.option);
}

/// A token's or an address's wrong end shows before anything is sent, and without the text in the sentence.
void check_line(const std::string& secret, const char* option) {
  const bool is_line =
      std::all_of(secret.begin(), secret.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (!is_line || secret.empty())
    throw message::NotSent("The secret behind `" + std::string(option) +
                               "` holds a character that does not belong there, perhaps a line end.",
                           GLEANER_INVALID, "/" + std::string(option));
}

}  // namespace

void Slack::start() {
  common::check_address(options.base_url, "base_url");
  if (!has_token() && options.webhook.empty())
    throw invalid_option("webhook",
                         "Give `webhook`, the address of an incoming webhook, or `token` and `channel`.");
  if (has_token() && common::trimmed(options.channel).empty())
    throw invalid_option("channel", "With `token` name the channel: its id (C0123456789) or #name.");
  if (!has_token() && !options.channel.empty())
    throw invalid_option(
        "channel", "A webhook posts to the channel it was made for; take `channel` out, or give `token`.");
  if (has_token() && !options.webhook.empty())
    host.warn("`webhook` is not used, as `token` is given; take one of them out.");
  const auto shows = [&](std::string_view what) {
    return std::find(options.show.begin(), options.show.end(), what) != options.show.end();
  };
  look_ = {shows("authors"), shows("categories"), shows("scores"),
           shows("comment"), shows("summary"),    shows("abstract")};
}

void Slack::deliver(const Digest& digest) {
  const bool is_threaded = has_token() && options.thread;
  const auto messages =
      messages_of(digest::page_of(digest.json()), look_, is_threaded, options.papers_per_message);
  const Call& call = digest.call();
  if (call.dry_run()) {
    host.info("Nothing is sent in a dry run; it would be " + std::to_string(messages.size()) + " messages.");
    return;
  }
  message::Progress progress(host, std::string(digest.key()), message::repeat_of(options.repeat));
  std::string parent;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    call.stop_if_cancelled();
    call.progress(i, messages.size(), "messages");
    // The head of a thread stays the head, whatever its counts say after another try.
    const bool is_head = i == 0 && is_threaded;
    const std::string name =
        "message-" + message::part_name(i + 1, is_head ? "" : json::serialize(body_of(messages[i])));
    const std::string sent = progress.once(name, [&] { return post(call, messages[i], parent); });
    if (i == 0 && is_threaded) parent = sent;
  }
}

std::string Slack::post(const Call& call, const Message& message, const std::string& parent) {
  if (has_token()) return post_with_token(call, message, parent);
  post_to_webhook(call, message);
  return {};
}

std::string Slack::post_with_token(const Call& call, const Message& message, const std::string& parent) {
  json::object body = body_of(message);
  // Replies go where the first message is: by its channel's id, whatever the channel is called by now.
  const auto space = parent.find(' ');
  body["channel"] = space == std::string::npos ? options.channel : parent.substr(0, space);
  if (space != std::string::npos) body["thread_ts"] = parent.substr(space + 1);
  const std::string token = host.reveal(options.token);
  check_line(token, "token");
  const Response response = message::post_json(host, call, method_url("chat.postMessage"),
                                               json::serialize(body), {{"Authorization", "Bearer " + token}});
  if (!response.ok()) message::fail(response);
  const Answer answer = read_answer(response.body, message::server_of(options.base_url));
  if (!answer.is_ok) refuse(refusal_of(answer.error, options.channel));
  if (answer.ts.empty() || answer.channel.empty()) return {};  // taken, but nothing can be hung below it
  return answer.channel + " " + answer.ts;
}

void Slack::post_to_webhook(const Call& call, const Message& message) {
  const std::string address = host.reveal(options.webhook);
  check_line(address, "webhook");
  if (!common::is_web_address(address))
    throw message::NotSent(
        "The secret behind `webhook` is no address: it begins with https://hooks.slack.com/.",
        GLEANER_INVALID, "/webhook");
  const Response response = message::post_json(host, call, address, json::serialize(body_of(message)));
  if (response.ok() && !common::trimmed(response.body).starts_with('<')) return;
  if (response.ok())
    throw Error(
        "The address behind `webhook` answered with a web page, so it is no webhook of Slack, or something "
        "stands between (a login, maintenance).",
        GLEANER_FAILED, "/webhook");
  const bool says_why = response.http_status >= 400 && !response.body.empty() && response.body.size() < 100;
  if (!says_why) message::fail(response, {}, GLEANER_OK, response.http_status == 404 ? "/webhook" : "");
  Refusal refusal = refusal_of(response.body, "");
  refusal.is_certain = message::fate_of(response) == message::Fate::refused;
  if (refusal.status == GLEANER_FAILED && response.status != GLEANER_OK) refusal.status = response.status;
  refuse(refusal);
}

void Slack::health(const Call& call) {
  if (has_token()) {
    const std::string token = host.reveal(options.token);
    check_line(token, "token");
    const Response response =
        message::post_json(host, call, method_url("auth.test"), "{}", {{"Authorization", "Bearer " + token}},
                           GLEANER_HTTP_IDEMPOTENT);
    if (!response.ok()) message::fail(response);
    const Answer answer = read_answer(response.body, message::server_of(options.base_url));
    if (!answer.is_ok) refuse(refusal_of(answer.error, options.channel));
    return;
  }
  // A webhook answers nothing but a message. An empty one it refuses with "no_text", after it has found
  // itself.
  const std::string address = host.reveal(options.webhook);
  check_line(address, "webhook");
  const Response response = message::post_json(host, call, address, R"({"text":""})");
  const std::string_view body = common::trimmed(response.body);
  if (response.ok() || body == "no_text" || body == "invalid_payload") return;
  if (response.http_status < 400 || body.empty() || body.size() > 100) message::fail(response);
  refuse(refusal_of(body, ""));
}

std::string Slack::method_url(std::string_view method) const {
  std::string base = options.base_url;
  while (!base.empty() && base.back() == '/')
    base.pop_back();
  return base + "/" + std::string(method);
}

}  // namespace gleaner::slack
