// SPDX-License-Identifier: Apache-2.0
// The component `slack`: the digest as messages in a channel.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/common/message/progress.hpp"
#include "plugins/slack/messages.hpp"

namespace gleaner::slack {

/// The output's table in the pipeline file.
struct SlackOptions {
  Secret webhook;
  Secret token;
  std::string channel;
  bool thread = true;
  std::uint32_t papers_per_message = 10;
  std::vector<std::string> show;
  std::string repeat;
  std::string base_url;
  std::chrono::milliseconds interval{1000};
};

inline constexpr std::string_view kSlackDocumentation =
    R"(Posts the digest to a Slack channel: a message with its title, date, counts and cost, and
the papers, each with a link, scores and the comment.

With an app's bot token the papers go into the thread under the first message, so that the channel stays quiet:

    [[output]]
    use     = "slack"
    token   = "${secret:SLACK_BOT_TOKEN}"    # xoxb-…, scope chat:write
    channel = "C0123456789"                  # or "#papers"; /invite the app there
    limit   = 10

With an incoming webhook, which knows its channel itself, they go into the same message, and into further ones where
one is not enough:

    [[output]]
    use     = "slack"
    webhook = "${secret:SLACK_WEBHOOK}"      # https://hooks.slack.com/services/…

Titles, abstracts and comments are shown as the characters they are: nothing in them is markup, a link, an emoji or a
mention. TeX stays TeX, as Slack has no formulas. Links are not unfurled.

## Exactly once, nearly

Slack takes no key that would let it know a message again. Each message is noted before and after it is sent: what
went is never sent again, what surely did not is sent by the next run or by `gleaner deliver`. If the machine fails
in between, or no answer comes, nobody knows; `repeat` says what then: `at-least-once` sends that message again (it may
be there twice), `at-most-once` takes it as sent (it may be missing).
)";

/// One thread at a time.
class Slack : public Output<SlackOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "slack", "Posts the digest to a Slack channel, the papers in a thread",
          field("webhook", &SlackOptions::webhook,
                "The address of an incoming webhook; or `token` and `channel`")
              .example("${secret:SLACK_WEBHOOK}"),
          field("token", &SlackOptions::token, "The bot token of an app with the scope chat:write, xoxb-…")
              .example("${secret:SLACK_BOT_TOKEN}"),
          field("channel", &SlackOptions::channel, "With `token`: the channel's id or #name")
              .example("C0123456789"),
          field("thread", &SlackOptions::thread,
                "With `token`: whether the papers go into the thread under the first message")
              .fallback("true"),
          field("papers_per_message", &SlackOptions::papers_per_message,
                "The most papers in one message, 1 to 40; fewer where Slack's limits say so")
              .fallback("10")
              .within(1, 40),
          field("show", &SlackOptions::show, "What is said of a paper beside its title")
              .choices("authors", "categories", "scores", "comment", "summary", "abstract")
              .fallback(R"(["authors", "categories", "scores", "comment", "summary"])"),
          field(
              "repeat", &SlackOptions::repeat,
              "What becomes of a message of which nobody knows whether it went: sent again, or taken as sent")
              .choices(message::kAtLeastOnce, message::kAtMostOnce)
              .fallback(message::kAtLeastOnce),
          field("base_url", &SlackOptions::base_url, "Where Slack's methods are")
              .fallback("https://slack.com/api"),
          field("interval", &SlackOptions::interval,
                "Least time between two messages; Slack allows one a second in a channel")
              .fallback("1s")
              .within(0, 60000))
          .documentation(kSlackDocumentation)
          .needs_secret("SLACK_BOT_TOKEN", "an app's bot token; or a webhook")
          .needs_secret("SLACK_WEBHOOK", "an incoming webhook's address; or a token")
          .needs_host("slack.com", "Slack's methods, for a bot token")
          .needs_host("hooks.slack.com", "Incoming webhooks")
          // A limit is a 429 with Retry-After; methods have been seen to say it under 200, too.
          .polite({.group = "slack",
                   .interval = std::chrono::milliseconds(1000),
                   .connections = 1,
                   .wrong_bodies = {R"({"ok":false,"error":"ratelimited")",
                                    R"({"ok":false,"error":"rate_limited")"}})
          .remote();

  void start();
  void deliver(const Digest& digest);
  void health(const Call& call);

 private:
  [[nodiscard]] bool has_token() const { return !options.token.empty(); }
  [[nodiscard]] std::string method_url(std::string_view method) const;
  /// Sends one message; returns "CHANNEL TS", or "" from a webhook, which does not say.
  std::string post(const Call& call, const Message& message, const std::string& parent);
  std::string post_with_token(const Call& call, const Message& message, const std::string& parent);
  void post_to_webhook(const Call& call, const Message& message);

  Look look_;
};

}  // namespace gleaner::slack
