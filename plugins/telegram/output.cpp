// SPDX-License-Identifier: Apache-2.0
#include "plugins/telegram/output.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/handed.hpp"
#include "plugins/common/message/patience.hpp"
#include "plugins/common/message/post.hpp"
#include "plugins/common/message/summary.hpp"
#include "plugins/telegram/markup.hpp"

namespace gleaner::telegram {
namespace {

namespace bj = boost::json;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

bool is_chat(std::string_view text) {
  if (whole(text)) return true;
  return text.size() > 1 && text[0] == '@' && std::ranges::all_of(text.substr(1), [](char c) {
           return common::is_letter(c) || common::is_digit(c) || c == '_';
         });
}

// "123456789:AA…": the bot's number and a key of letters, digits, '_' and '-'.
bool is_token(std::string_view text) {
  const auto colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         std::ranges::all_of(text.substr(0, colon), common::is_digit) &&
         std::ranges::all_of(text.substr(colon + 1), [](char c) {
           return common::is_letter(c) || common::is_digit(c) || c == '_' || c == '-';
         });
}

std::optional<std::chrono::milliseconds> wait_in(const bj::object& body) {
  const bj::object* parameters = message::object_in(body, "parameters");
  const auto seconds = parameters == nullptr ? std::nullopt : message::number_in(*parameters, "retry_after");
  if (!seconds || *seconds > 1e6) return std::nullopt;
  return std::chrono::milliseconds(std::llround(std::ceil(*seconds * 1000)));
}

std::string new_chat_in(const bj::object& body) {
  const bj::object* parameters = message::object_in(body, "parameters");
  const std::string chat = parameters == nullptr ? "" : message::text_in(*parameters, "migrate_to_chat_id");
  return whole(chat) ? chat : std::string{};
}

// The words are the service's own and no promise, but have been the same for years.
bool says(const std::string& description, std::string_view words) {
  return description.find(words) != std::string::npos;
}

}  // namespace

void Telegram::start() {
  if (!is_chat(options.chat))
    throw invalid_option("chat", "`chat` has to be a number, in quotes, or a public channel's @name.");
  if (!options.base_url.starts_with("https://") && !options.base_url.starts_with("http://"))
    throw invalid_option("base_url", "`base_url` has to be an address that begins with https:// or http://.");
  while (options.base_url.ends_with('/'))
    options.base_url.pop_back();
  chat_ = options.chat;
}

std::string Telegram::token() const {
  std::string out = host.reveal(options.token);
  if (!is_token(out))
    throw invalid_option("token",
                         "`token` is no bot's token: @BotFather gives one that is a number, a colon and a "
                         "key.");
  return out;
}

std::string Telegram::url_of(const std::string& token, std::string_view method) const {
  return options.base_url + "/bot" + token + "/" + std::string(method);
}

std::string Telegram::body_of(const std::string& html) const {
  bj::object body{{"text", html}, {"parse_mode", "HTML"}, {"link_preview_options", {{"is_disabled", true}}}};
  if (const auto number = whole(chat_))
    body["chat_id"] = *number;
  else
    body["chat_id"] = chat_;
  if (options.silent) body["disable_notification"] = true;
  if (options.topic != 0) body["message_thread_id"] = options.topic;
  return bj::serialize(body);
}

std::string Telegram::send(const Call& call, const std::string& token, const std::string& html) {
  Request request;
  request.method = "POST";
  request.url = url_of(token, "sendMessage");
  request.headers = {{"Content-Type", "application/json"}};
  request.max_bytes = std::uint64_t{1} << 20U;
  for (bool has_moved = false;;) {
    request.body = body_of(html);
    const Response response = message::send_patiently(host, call, request, wait_in);
    const bj::object answer = message::object_in(response);
    const bj::value* ok = answer.if_contains("ok");
    const bool is_ok = ok != nullptr && ok->is_bool() && ok->get_bool();
    if (message::fate_of(response) == message::Fate::taken && is_ok) {
      const bj::object* result = message::object_in(answer, "result");
      return result == nullptr ? std::string{} : message::text_in(*result, "message_id");
    }
    const std::string moved = new_chat_in(answer);
    if (has_moved || moved.empty()) refuse(response, token);
    host.warn("The Telegram group " + options.chat + " has become a supergroup; write chat = \"" + moved +
              "\" into the pipeline file.");
    chat_ = moved;
    host.put("moved/" + options.chat, chat_);
    has_moved = true;
  }
}

void Telegram::refuse(const Response& response, const std::string& token) const {
  const bj::object answer = message::object_in(response);
  const std::string said = message::text_in(answer, "description");
  const std::string quote = message::in_quotes(said, token);
  const std::string code = " (HTTP " + std::to_string(response.http_status) + ")";
  // Never the host's own sentence for an answer: it may name the address, and the token is a part of it.
  switch (response.http_status) {
    case 401:
    case 404:  // what a token that is none gets
      message::fail(response,
                    "Telegram does not know the bot of this token" + code +
                        "; @BotFather shows the right one, which `token` has to be.",
                    GLEANER_DENIED, "/token");
    case 403:
      message::fail(response,
                    "Telegram does not let the bot write to " + chat_ + code + ":" + quote +
                        "; add it to the chat, or write to it first.",
                    GLEANER_DENIED, "/chat");
    case 429:
      message::fail(response, "Telegram limits how often the bot may write" + code +
                                  "; the message is sent by the next run.");
    default:
      break;
  }
  if (says(said, "chat not found"))
    message::fail(response,
                  "Telegram does not find the chat " + chat_ +
                      " for this bot; write to the bot first or add it to the chat, and check `chat`.",
                  GLEANER_NOT_FOUND, "/chat");
  if (says(said, "message thread not found") || says(said, "TOPIC_CLOSED"))
    message::fail(response,
                  "Telegram has no open topic " + std::to_string(options.topic) + " in the chat " + chat_ +
                      "; check `topic`.",
                  GLEANER_NOT_FOUND, "/topic");
  if (says(said, "not enough rights") || says(said, "CHAT_WRITE_FORBIDDEN"))
    message::fail(response,
                  "The bot has no right to write to " + chat_ +
                      "; make it an administrator of the channel or give it the right.",
                  GLEANER_DENIED, "/chat");
  if (response.http_status == 0 || (response.http_status / 100 == 2 && quote.empty()))
    message::fail(response);  // no answer, or no JSON: a sentence without the path of the address
  message::fail(response,
                "Telegram did not take the message" + code + (quote.empty() ? "." : ":" + quote + "."));
}

void Telegram::deliver(const Digest& digest) {
  message::Bounds bounds;
  bounds.near_misses = options.near_misses;
  const auto parts = messages(message::summarize(digest::page_of(digest.json()), bounds));
  if (digest.call().dry_run()) return;
  if (const auto moved = host.get("moved/" + options.chat); moved && is_chat(*moved)) chat_ = *moved;
  message::Progress progress(host, std::string(digest.key()), message::repeat_of(options.repeat));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    digest.call().progress(i, parts.size(), "messages");
    // Revealed before the part is noted as begun: what fails here has sent nothing.
    const std::string key = token();
    (void)progress.once(message::part_name(i + 1, parts[i]),
                        [&] { return send(digest.call(), key, parts[i]); });
  }
}

void Telegram::health(const Call& call) {
  const std::string key = token();
  for (const bool asks_chat : {false, true}) {
    Request request;
    request.url = asks_chat ? url_of(key, "getChat") + "?chat_id=" + (chat_[0] == '@' ? "%40" : "") +
                                  chat_.substr(chat_[0] == '@' ? 1 : 0)
                            : url_of(key, "getMe");
    const Response response = host.http(call).send(request);
    const bj::object answer = message::object_in(response);
    const bj::value* ok = answer.if_contains("ok");
    if (message::fate_of(response) != message::Fate::taken || ok == nullptr || *ok != bj::value(true))
      refuse(response, key);
  }
}

}  // namespace gleaner::telegram
