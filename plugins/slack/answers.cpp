// SPDX-License-Identifier: Apache-2.0
#include "plugins/slack/answers.hpp"

#include <algorithm>
#include <array>

#include "plugins/common/ascii.hpp"
#include "plugins/common/json.hpp"

namespace gleaner::slack {
namespace {

struct Row {
  std::string_view word;
  std::string_view sentence;  // {channel} is replaced
  std::int32_t status;
  std::string_view option;
};

// https://docs.slack.dev/reference/methods/chat.postMessage, "Errors", and those of incoming webhooks.
constexpr std::array kRows{
    Row{"channel_not_found",
        "Slack knows no channel {channel} that this app may see; check `channel`, and for a private one type "
        "/invite and the app's name there.",
        GLEANER_NOT_FOUND, "/channel"},
    Row{"not_in_channel",
        "The app is not in the channel {channel}; type /invite and its name there, or give it the scope "
        "chat:write.public.",
        GLEANER_DENIED, "/channel"},
    Row{"is_archived", "The channel {channel} is archived; name another one in `channel`.", GLEANER_DENIED,
        "/channel"},
    Row{"restricted_action", "A rule of this Slack workspace keeps the app from posting to {channel}.",
        GLEANER_DENIED, "/channel"},
    Row{"restricted_action_read_only_channel",
        "Only some members may post to {channel}, and the app is none of them.", GLEANER_DENIED, "/channel"},
    Row{"restricted_action_thread_only_channel",
        "{channel} takes replies only; name another one in `channel`.", GLEANER_DENIED, "/channel"},
    Row{"not_authed", "Slack got no token; check `token`.", GLEANER_DENIED, "/token"},
    Row{"invalid_auth", "Slack does not accept the token; check `token`: it begins with xoxb-.",
        GLEANER_DENIED, "/token"},
    Row{"token_revoked", "The token was revoked; install the app again and renew `token`.", GLEANER_DENIED,
        "/token"},
    Row{"token_expired", "The token has expired; renew `token`.", GLEANER_DENIED, "/token"},
    Row{"account_inactive",
        "The app was removed from this Slack workspace; install it again and renew `token`.", GLEANER_DENIED,
        "/token"},
    Row{"missing_scope",
        "The token may not do this; give the app the scope chat:write, install it again and renew `token`.",
        GLEANER_DENIED, "/token"},
    Row{"no_permission", "The token may not do this; give the app the scope chat:write.", GLEANER_DENIED,
        "/token"},
    Row{"not_allowed_token_type",
        "This is another kind of token; `token` is a bot token and begins with xoxb-.", GLEANER_DENIED,
        "/token"},
    Row{"org_login_required", "The Slack workspace is being moved; try again later.", GLEANER_UNREACHABLE,
        ""},
    Row{"ratelimited", "Slack limits how often it may be asked; the message is sent by the next run.",
        GLEANER_UNREACHABLE, ""},
    Row{"rate_limited", "Slack limits how often it may be asked; the message is sent by the next run.",
        GLEANER_UNREACHABLE, ""},
    Row{"message_limit_exceeded", "The members of this workspace have sent as many messages as Slack allows.",
        GLEANER_EXHAUSTED, ""},
    Row{"service_unavailable", "Slack is not available just now; try again later.", GLEANER_UNREACHABLE, ""},
    // Incoming webhooks.
    Row{"no_service", "Slack knows no such webhook: it was removed or the address is wrong; check `webhook`.",
        GLEANER_NOT_FOUND, "/webhook"},
    Row{"no_team", "Slack knows no workspace of this webhook; check `webhook`.", GLEANER_NOT_FOUND,
        "/webhook"},
    Row{"team_disabled", "The Slack workspace of this webhook is disabled.", GLEANER_DENIED, "/webhook"},
    Row{"invalid_token", "The webhook's address is wrong or no longer holds; check `webhook`.",
        GLEANER_DENIED, "/webhook"},
    Row{"action_prohibited", "An administrator keeps this webhook from posting.", GLEANER_DENIED, "/webhook"},
    Row{"posting_to_general_channel_denied", "Webhooks may not post to #general in this workspace.",
        GLEANER_DENIED, "/webhook"},
    Row{"channel_is_archived", "The channel of this webhook is archived; make a webhook for another one.",
        GLEANER_NOT_FOUND, "/webhook"},
    Row{"user_not_found", "The user this webhook writes to does not exist any more.", GLEANER_NOT_FOUND,
        "/webhook"},
};

// The reference says of these that some of it may have happened.
constexpr std::array<std::string_view, 3> kUncertain{"fatal_error", "internal_error", "rollup_error"};

std::string word_only(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 60))
    out += common::is_lower(c) || common::is_digit(c) || c == '_' ? c : ' ';
  return std::string(common::trimmed(out));
}

}  // namespace

Refusal refusal_of(std::string_view word, std::string_view channel) {
  word = common::trimmed(word);
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.word == word; });
  Refusal out;
  if (row == kRows.end()) {
    out.is_certain = std::find(kUncertain.begin(), kUncertain.end(), word) == kUncertain.end();
    const std::string shown = word_only(word);
    out.sentence = out.is_certain ? "Slack refused the message" : "Slack had an error of its own";
    out.sentence += shown.empty() ? "." : ": " + shown + ".";
    return out;
  }
  out.sentence = row->sentence;
  const std::string_view mark = "{channel}";
  if (const auto at = out.sentence.find(mark); at != std::string::npos)
    out.sentence.replace(
        at, mark.size(),
        channel.empty() ? std::string("of the webhook") : "\"" + std::string(channel) + "\"");
  out.status = row->status;
  out.option = row->option;
  // A webhook has no such option: what is wrong is the webhook.
  if (channel.empty() && out.option == "/channel") out.option = "/webhook";
  return out;
}

Answer read_answer(std::string_view body, std::string_view server) {
  const auto value = common::parse_json(body, server);
  Answer out;
  if (!value.is_object())
    throw Error(std::string(server) + " did not answer as Slack does; check `base_url`.", GLEANER_MALFORMED,
                "/base_url");
  const auto& object = value.get_object();
  out.is_ok = common::flag_at(object, "ok");
  out.error = common::text_at(object, "error");
  out.channel = common::text_at(object, "channel");
  out.ts = common::text_at(object, "ts");
  out.missing = common::text_at(object, "needed");
  return out;
}

}  // namespace gleaner::slack
