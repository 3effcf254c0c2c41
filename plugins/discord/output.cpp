// SPDX-License-Identifier: Apache-2.0
#include "plugins/discord/output.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "plugins/common/digest/handed.hpp"
#include "plugins/common/message/patience.hpp"
#include "plugins/common/message/post.hpp"
#include "plugins/common/message/text.hpp"
#include "plugins/discord/embeds.hpp"

namespace gleaner::discord {
namespace {

namespace bj = boost::json;
using message::Unit;

constexpr std::size_t kMostThreadName = 100;
constexpr std::size_t kMostUsername = 80;
constexpr int kSilent = 1 << 12;  // SUPPRESS_NOTIFICATIONS

// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
constexpr int kUnknownChannel = 10003;
constexpr int kUnknownWebhook = 10015;
constexpr int kInvalidToken = 50027;
constexpr int kThreadArchived = 50083;
constexpr int kThreadLocked = 160005;
constexpr int kForumNeedsThread = 220001;
constexpr int kTwoThreads = 220002;
constexpr int kNoForum = 220003;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::chrono::milliseconds> wait_in(const bj::object& body) {
  const auto seconds = message::number_in(body, "retry_after");
  if (!seconds || *seconds > 1e6) return std::nullopt;
  return std::chrono::milliseconds(std::llround(std::ceil(*seconds * 1000)));
}

// Of the whole tree of errors the first words and where they stand: what one may write into a report.
std::string first_error(const bj::value& value, const std::string& place, int depth) {
  const bj::object* object = value.if_object();
  if (object == nullptr || depth > 8) return {};
  if (const bj::value* errors = object->if_contains("_errors"); errors != nullptr && errors->is_array())
    for (const bj::value& each : errors->get_array())
      if (const bj::object* error = each.if_object())
        return place + ": " + message::text_in(*error, "message");
  for (const auto& [key, child] : *object)
    if (std::string found = first_error(child, place + "/" + std::string(key), depth + 1); !found.empty())
      return found;
  return {};
}

[[noreturn]] void refuse(const Response& response) {
  const bj::object body = message::object_in(response);
  const auto code = static_cast<int>(std::min(message::number_in(body, "code").value_or(0), 1e9));
  const auto fail = [&response](const std::string& sentence, std::int32_t status, const char* option) {
    message::fail(response, sentence, status, option);
  };
  switch (code) {
    case kUnknownWebhook:
    case kInvalidToken:
      fail(
          "Discord does not know this webhook (any more); make a new one in the channel's settings and give "
          "its address as `webhook`.",
          GLEANER_DENIED, "/webhook");
      break;
    case kUnknownChannel:
      fail("Discord does not know the thread of `thread_id` in the webhook's channel.", GLEANER_NOT_FOUND,
           "/thread_id");
      break;
    case kThreadArchived:
    case kThreadLocked:
      fail(
          "The thread of `thread_id` is archived or locked, and a webhook cannot open it; open it or name "
          "another one.",
          GLEANER_DENIED, "/thread_id");
      break;
    case kForumNeedsThread:
      fail(
          "The webhook is that of a forum, where every message belongs to a post; give `thread_name` or "
          "`thread_id`.",
          GLEANER_INVALID, "/thread_name");
      break;
    case kTwoThreads:
    case kNoForum:
      fail(
          "Discord makes threads by webhook in forum and media channels only; take `thread_name` out, or "
          "give `thread_id`.",
          GLEANER_INVALID, "/thread_name");
      break;
    default:
      break;
  }
  if (response.http_status == 400) {
    const bj::value* errors = body.if_contains("errors");
    const std::string first = errors == nullptr ? std::string{} : first_error(*errors, "", 0);
    const std::string words = first.empty() ? message::text_in(body, "message") : first;
    fail("Discord did not accept the message (HTTP 400):" +
             (words.empty() ? " it did not say why." : message::in_quotes(words) + "."),
         GLEANER_FAILED, "");
  }
  message::fail(response);
}

}  // namespace

void Discord::start() {
  if (!options.thread_id.empty() && !is_number(options.thread_id))
    throw invalid_option("thread_id",
                         "`thread_id` has to be the thread's number, as Discord's \"Copy Thread "
                         "ID\" gives it.");
  if (!options.thread_id.empty() && !options.thread_name.empty())
    throw invalid_option("thread_name",
                         "`thread_id` names a thread that is there and `thread_name` makes a new one; give "
                         "one of them.");
  if (message::length(options.username, Unit::code_points) > kMostUsername)
    throw invalid_option("username", "`username` may have 80 characters at most.");
}

std::string Discord::address() const {
  std::string url = host.reveal(options.webhook);
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  if (!is_web || url.find_first_of(" \t\r\n?#") != std::string::npos ||
      url.find("/webhooks/") == std::string::npos)
    throw invalid_option("webhook",
                         "`webhook` has to be the whole address that Discord shows for the webhook "
                         "(https://discord.com/api/webhooks/…), with nothing behind it; a thread is given as "
                         "`thread_id`.");
  return url;
}

std::string Discord::send(const Call& call, const std::string& webhook, bj::array embeds,
                          const std::string& thread, const std::string& new_thread) const {
  bj::object body{{"embeds", std::move(embeds)}, {"allowed_mentions", {{"parse", bj::array{}}}}};
  if (!options.username.empty()) body["username"] = options.username;
  if (options.silent) body["flags"] = kSilent;
  if (thread.empty() && !new_thread.empty()) body["thread_name"] = new_thread;
  Request request;
  request.method = "POST";
  // With ?wait=true the answer comes when the message is stored, and brings its channel.
  request.url = webhook + "?wait=true" + (thread.empty() ? "" : "&thread_id=" + thread);
  request.headers = {{"Content-Type", "application/json"}};
  request.body = bj::serialize(body);
  request.max_bytes = std::uint64_t{1} << 20U;
  const Response response = message::send_patiently(host, call, request, wait_in);
  if (message::fate_of(response) != message::Fate::taken) refuse(response);
  const bj::object stored = message::object_in(response);
  if (!stored.contains("id"))
    throw Error(
        "The address behind `webhook` answered with something that is no message of Discord, so something "
        "stands between (a login, maintenance).",
        GLEANER_FAILED, "/webhook");
  const std::string channel = message::text_in(stored, "channel_id");
  return is_number(channel) ? channel : std::string{};
}

void Discord::deliver(const Digest& digest) {
  message::Bounds bounds;
  bounds.near_misses = options.near_misses;
  const message::Summary summary = message::summarize(digest::page_of(digest.json()), bounds);
  std::vector<bj::array> parts = messages(summary);
  const std::string name = message::shortened(
      message::one_line(message::expanded(options.thread_name, summary)), kMostThreadName, Unit::utf16);
  if (digest.call().dry_run()) return;
  message::Progress progress(host, std::string(digest.key()), message::repeat_of(options.repeat));
  std::string thread = options.thread_id;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    digest.call().progress(i, parts.size(), "messages");
    // Revealed before the part is noted as begun: what fails here has sent nothing.
    const std::string webhook = address();
    const bool opens_thread = i == 0 && !name.empty();
    const std::string part = message::part_name(i + 1, opens_thread ? "" : bj::serialize(parts[i]));
    const std::string channel =
        progress.once(part, [&] { return send(digest.call(), webhook, std::move(parts[i]), thread, name); });
    // The post that the first message made holds the others.
    if (!name.empty() && thread.empty()) thread = channel;
  }
}

void Discord::health(const Call& call) {
  Request request;
  request.url = address();
  const Response response = host.http(call).send(request);
  if (message::fate_of(response) != message::Fate::taken) refuse(response);
}

}  // namespace gleaner::discord
