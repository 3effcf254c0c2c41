// SPDX-License-Identifier: Apache-2.0
// The output `telegram`: the digest in a chat, from a bot.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

#include "plugins/common/message/progress.hpp"

namespace gleaner::telegram {

/// The output's table in the pipeline file.
struct TelegramOptions {
  Secret token;
  std::string chat;
  std::int64_t topic = 0;
  bool silent = false;
  bool near_misses = false;
  std::string repeat;
  std::string base_url;
  std::chrono::milliseconds interval{3000};
};

inline constexpr std::string_view kDocumentation =
    R"(Sends the digest to a chat, group or channel of Telegram, from a bot of your own.

    [[output]]
    use   = "telegram"
    token = "${secret:TELEGRAM_TOKEN}"
    chat  = "@my_channel"

@BotFather makes the bot and gives its token. Write to the bot once, or make it a member of the group or an administrator of
the channel; without that it may not write. `chat` is a public channel's "@name" or the number of any chat, in quotes:
"123456789", "-1001234567890".

A long digest becomes several messages of 4,096 characters at most; a paper is never split. Links have no previews, and
nobody is mentioned, whatever stands in a title. When a group becomes a supergroup its number changes: the new one is used
from then on, and a warning says it.

Telegram takes 20 messages a minute to a group, hence the interval of 3 seconds; to a person one a second is allowed.

## Sent once

Each message that went is remembered and not sent again when a later one fails. Telegram takes no idempotency key. Where
nobody knows whether a message went (the machine failed in between, or no answer came), `repeat` decides: "at-least-once"
sends it again, "at-most-once" takes it as sent.
)";

/// One thread at a time.
class Telegram : public Output<TelegramOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "telegram", "Sends the digest to a Telegram chat",
          field("token", &TelegramOptions::token, "The bot's token, as @BotFather gives it")
              .required()
              .example("${secret:TELEGRAM_TOKEN}"),
          field("chat", &TelegramOptions::chat, "The chat's number or a public channel's @name, in quotes")
              .required()
              .example("@my_channel"),
          field("topic", &TelegramOptions::topic,
                "The number of a topic (message_thread_id) in a group that has topics; 0: none")
              .fallback("0")
              .within(0, 2147483647),
          field("silent", &TelegramOptions::silent, "Whether the messages come without a sound")
              .fallback("false"),
          field("near_misses", &TelegramOptions::near_misses,
                "Whether papers that just missed the selection are listed after it")
              .fallback("false"),
          field("repeat", &TelegramOptions::repeat,
                "What happens to a message of which nobody knows whether it went: at-least-once sends it "
                "again, at-most-once takes it as sent")
              .choices(message::kAtLeastOnce, message::kAtMostOnce)
              .fallback(message::kAtLeastOnce),
          field("base_url", &TelegramOptions::base_url, "The Bot API server; /botTOKEN/METHOD is appended")
              .fallback("https://api.telegram.org"),
          field("interval", &TelegramOptions::interval, "Least time between two messages, up to 1h")
              .fallback("3s")
              .within(0, 3600000))
          .remote()
          .needs_host("api.telegram.org", "the Bot API")
          .needs_secret("TELEGRAM_TOKEN", "the bot's token")
          .polite({"telegram", std::chrono::milliseconds(1000), 1})
          .documentation(kDocumentation)
          .homepage("https://core.telegram.org/bots/api#sendmessage");

  void start();
  void deliver(const Digest& digest);
  void health(const Call& call);

 private:
  /// The token, checked: it is going to be a part of an address. Throws Error.
  [[nodiscard]] std::string token() const;
  [[nodiscard]] std::string url_of(const std::string& token, std::string_view method) const;
  /// Sends one message; returns its number. Follows a group that became a supergroup, once.
  [[nodiscard]] std::string send(const Call& call, const std::string& token, const std::string& html);
  [[nodiscard]] std::string body_of(const std::string& html) const;
  [[noreturn]] void refuse(const Response& response, const std::string& token) const;

  std::string chat_;  // options.chat, or what it became
};

}  // namespace gleaner::telegram
