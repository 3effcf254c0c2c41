// SPDX-License-Identifier: Apache-2.0
// The output `discord`: the digest in a channel, through a webhook.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>

#include <gleaner/plugin.hpp>

#include "plugins/common/message/progress.hpp"
#include "plugins/common/message/summary.hpp"

namespace gleaner::discord {

/// The output's table in the pipeline file.
struct DiscordOptions {
  Secret webhook;
  std::string thread_id;
  std::string thread_name;
  std::string username;
  bool silent = false;
  bool near_misses = false;
  std::string repeat;
  std::chrono::milliseconds interval{2000};
};

inline constexpr std::string_view kDocumentation =
    R"(Sends the digest to a channel of Discord: a header that says what is missing, then a card a paper.

    [[output]]
    use     = "discord"
    webhook = "${secret:DISCORD_WEBHOOK}"

The webhook's address comes from the channel's settings (Integrations, Webhooks). Who has it can write to the channel, so keep
it as a secret.

A long digest becomes several messages, each within Discord's limits (ten cards and 6,000 characters); a paper is never
split. Nobody is notified by name, whatever stands in a title.

In a forum or media channel every message belongs to a post: `thread_name = "{title}, {date}"` makes one a digest and puts
all of its messages there. `thread_id` writes to a thread that is there.

## Sent once

Each message that went is remembered and not sent again when a later one fails. Discord takes no idempotency key from a
webhook. Where nobody knows whether a message went (the machine failed in between, or no answer came), `repeat` decides:
"at-least-once" sends it again, "at-most-once" takes it as sent.
)";

/// One thread at a time.
class Discord : public Output<DiscordOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "discord", "Sends the digest to a Discord channel",
          field("webhook", &DiscordOptions::webhook, "The address of the channel's webhook, whole")
              .required()
              .example("${secret:DISCORD_WEBHOOK}"),
          field("thread_id", &DiscordOptions::thread_id, "The number of a thread to write to, in quotes")
              .example("1098765432109876543"),
          field("thread_name", &DiscordOptions::thread_name,
                "In a forum: the name of the post to make for each digest; {title} and {date} expand")
              .example("{title}, {date}"),
          field("username", &DiscordOptions::username,
                "The name the messages are shown under, up to 80 characters; the webhook's own without")
              .example("Gleaner"),
          field("silent", &DiscordOptions::silent, "Whether the messages come without a sound or banner")
              .fallback("false"),
          field("near_misses", &DiscordOptions::near_misses,
                "Whether papers that just missed the selection are listed after it")
              .fallback("false"),
          field("repeat", &DiscordOptions::repeat,
                "What happens to a message of which nobody knows whether it went: at-least-once sends it "
                "again, at-most-once takes it as sent")
              .choices(message::kAtLeastOnce, message::kAtMostOnce)
              .fallback(message::kAtLeastOnce),
          field("interval", &DiscordOptions::interval, "Least time between two messages, up to 1h")
              .fallback("2s")
              .within(0, 3600000))
          .remote()
          .needs_host("discord.com", "the channel's webhook")
          .needs_secret("DISCORD_WEBHOOK", "the webhook's address")
          .polite({"discord", std::chrono::milliseconds(2000), 1})
          .documentation(kDocumentation)
          .homepage("https://discord.com/developers/docs/resources/webhook");

  void start();
  void deliver(const Digest& digest);
  void health(const Call& call);

 private:
  /// Sends one message to a webhook, into `thread` or, where that is empty and `new_thread` is not, into a
  /// thread that it makes; returns the channel it is in.
  [[nodiscard]] std::string send(const Call& call, const std::string& webhook, boost::json::array embeds,
                                 const std::string& thread, const std::string& new_thread) const;
  /// The webhook's address without a query. Throws Error.
  [[nodiscard]] std::string address() const;
};

}  // namespace gleaner::discord
