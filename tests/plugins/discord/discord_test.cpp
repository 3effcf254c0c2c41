// The output `discord` against a webhook with Discord's limits.
#include <functional>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/discord/embeds.hpp"
#include "plugins/discord/output.hpp"
#include "tests/plugins/discord/strict_discord.hpp"
#include "tests/support/sample_digest.hpp"

namespace gleaner::discord {
namespace {

namespace kit = testkit;
using test::StrictDiscord;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kServer = "https://discord.com";

class DiscordOutput : public testing::Test {
 protected:
  DiscordOutput() {
    host.set_secret("HOOK", kServer + std::string(StrictDiscord::kPath));
    host.http().on(kServer, [this](const kit::SentRequest& request) {
      ++asked;
      const auto sent =
          discord.answer(request.method, request.url.substr(std::string(kServer).size()), request.body);
      if (before) {
        if (const auto instead = before(asked)) return *instead;
      }
      return kit::Reply::http(sent.status, sent.body);
    });
  }
  static kit::Settings settings(kit::Settings more = {}) {
    kit::Settings out{{"webhook", kit::secret("HOOK")}};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  kit::Delivered deliver(const kit::DigestPage& page, const kit::Settings& more = {}) {
    return kit::make<Discord>(host, settings(more)).deliver(page);
  }
  // All embeds, one after the other.
  [[nodiscard]] std::vector<boost::json::object> embeds() const {
    std::vector<boost::json::object> out;
    for (const auto& message : discord.messages)
      for (const auto& embed : message.body.at("embeds").as_array())
        out.push_back(embed.as_object());
    return out;
  }

  kit::FakeHost host;
  StrictDiscord discord;
  std::size_t asked = 0;
  // Instead of what the server would have said, though it has taken the message.
  std::function<std::optional<kit::Reply>(std::size_t)> before;
};

TEST_F(DiscordOutput, ADayIsAHeaderAndACardAPaper) {
  const auto delivered = deliver(test::sample_digest(2));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_EQ(discord.messages.size(), 1U);
  const auto cards = embeds();
  ASSERT_EQ(cards.size(), 3U);
  EXPECT_EQ(cards[0].at("title").as_string(), "Daily papers");
  EXPECT_EQ(cards[0].at("description").as_string(),
            "**Tuesday, 20 May 2025**\n2 papers selected · 312 scanned · 526 announced");
  EXPECT_EQ(cards[1].at("title").as_string(), "1. Pruning experts, part 1");
  EXPECT_EQ(cards[1].at("url").as_string(), "https://arxiv.org/abs/2505.10001");
  EXPECT_EQ(cards[1].at("description").as_string(),
            "*Ada Lovelace, Bo Chen, Cy Dale and 2 others*\nRelevance 9 · Novelty 7\\.5 · Total 16\\.5\n\n"
            "It prunes experts while it trains them, for number 1\\.");
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(DiscordOutput, ALongDayIsSeveralMessagesAndEveryPaperIsInOne) {
  const auto delivered = deliver(test::sample_digest(57));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  EXPECT_EQ(discord.messages.size(), 6U);  // a header and 57 papers, ten a message
  EXPECT_EQ(embeds().size(), 58U);
  EXPECT_EQ(embeds().back().at("title").as_string(), "57. Pruning experts, part 57");
}

TEST_F(DiscordOutput, HostileTextsStayWithinTheLimitsAndAreText) {
  const auto delivered = deliver(test::hostile_digest());
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  for (const auto& embed : embeds()) {
    if (const auto* url = embed.if_contains("url")) {
      EXPECT_THAT(std::string(url->as_string()), testing::StartsWith("http"));
    }
    const std::string text(embed.at("description").as_string());
    EXPECT_THAT(text, Not(HasSubstr("\u202E")));
    EXPECT_THAT(text, Not(HasSubstr("\r")));
    EXPECT_THAT(text, Not(HasSubstr(" <@")));
    EXPECT_THAT(text, Not(HasSubstr("](javascript")));
    EXPECT_THAT(text, Not(HasSubstr("https://evil")));  // with "\:" no client makes a link of it
  }
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(DiscordEscape, EveryMarkHasABackslashAndNothingElseChanges) {
  EXPECT_EQ(escaped("a*b_c~d`e|f>g#h[i](j)\\ <@1> :x: http://y"),
            "a\\*b\\_c\\~d\\`e\\|f\\>g\\#h\\[i\\]\\(j\\)\\\\ \\<\\@1\\> \\:x\\: http\\://y");
  EXPECT_EQ(escaped("Größe 3, \U0001D4B3"), "Größe 3, \U0001D4B3");
}

TEST_F(DiscordOutput, WhatIsMissingIsSaidInTheHeader) {
  auto page = test::sample_digest(1);
  page.unscored = {test::sample_entry(7)};
  ASSERT_TRUE(deliver(page).error.ok());
  EXPECT_THAT(std::string(embeds()[0].at("description").as_string()),
              HasSubstr("**This digest is incomplete.**\n• 1 paper was not scored"));
  EXPECT_EQ(embeds()[2].at("title").as_string(), "Unscored papers");
  EXPECT_EQ(embeds()[2].at("description").as_string(),
            "• [Pruning experts, part 7](https://arxiv.org/abs/2505.10007)");
}

TEST_F(DiscordOutput, TwoPapersOfOneAddressAreTwoCards) {
  auto page = test::sample_digest(2);
  page.papers[1].paper.url = page.papers[0].paper.url;
  ASSERT_TRUE(deliver(page).error.ok());
  EXPECT_TRUE(embeds()[1].contains("url"));
  EXPECT_FALSE(embeds()[2].contains("url"));  // a client would show one card for both
}

TEST_F(DiscordOutput, AForumGetsOnePostADigest) {
  discord.is_forum = true;
  const auto delivered = deliver(test::sample_digest(25), {{"thread_name", "{title}, {date}"}});
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_EQ(discord.messages.size(), 3U);
  EXPECT_EQ(discord.messages[0].body.at("thread_name").as_string(), "Daily papers, 2025-05-20");
  for (const auto& message : discord.messages)
    EXPECT_EQ(message.channel, StrictDiscord::kThread);
  EXPECT_FALSE(discord.messages[1].body.contains("thread_name"));
}

TEST_F(DiscordOutput, AForumWithoutAThreadSaysWhichOptionHelps) {
  discord.is_forum = true;
  const auto delivered = deliver(test::sample_digest(1));
  EXPECT_EQ(delivered.error.option, "/thread_name");
  EXPECT_EQ(delivered.error.message,
            "The webhook is that of a forum, where every message belongs to a post; give `thread_name` or "
            "`thread_id`.");
}

TEST_F(DiscordOutput, SilentIsAFlag) {
  ASSERT_TRUE(deliver(test::sample_digest(1), {{"silent", true}, {"username", "Gleaner"}}).error.ok());
  EXPECT_EQ(discord.messages[0].body.at("flags").as_int64(), 4096);
  EXPECT_EQ(discord.messages[0].body.at("username").as_string(), "Gleaner");
}

TEST_F(DiscordOutput, AWithdrawnWebhookIsSaidWithoutItsAddress) {
  discord.is_gone = true;
  const auto delivered = deliver(test::sample_digest(1));
  EXPECT_EQ(delivered.error.status, GLEANER_DENIED);
  EXPECT_EQ(delivered.error.option, "/webhook");
  EXPECT_EQ(
      delivered.error.message,
      "Discord does not know this webhook (any more); make a new one in the channel's settings and give "
      "its address as `webhook`.");
}

TEST_F(DiscordOutput, NoErrorHoldsTheWebhook) {
  for (const int status : {400, 401, 403, 404, 405, 413, 429, 500, 503}) {
    before = [status](std::size_t) { return kit::Reply::http(status, "{}"); };
    const auto delivered = deliver(test::sample_digest(1, "key-" + std::to_string(status)));
    EXPECT_FALSE(delivered.error.ok()) << status;
    EXPECT_THAT(delivered.error.message, Not(HasSubstr("s3cret"))) << status;
  }
  before = [](std::size_t) { return kit::Reply::never(); };
  EXPECT_THAT(deliver(test::sample_digest(1, "key-0")).error.message, Not(HasSubstr("s3cret")));
  for (const auto& line : host.log())
    EXPECT_THAT(line.text, Not(HasSubstr("s3cret")));
}

TEST_F(DiscordOutput, AnAddressThatIsNoWebhookIsRefusedWithoutBeingQuoted) {
  for (const char* wrong : {"hunter2-https", "https://discord.com/api/webhooks/1/hunter2?thread_id=5",
                            "https://discord.com/hunter2", "https://discord.com/api/webhooks/1/hunter2\n"}) {
    host.set_secret("HOOK", wrong);
    const auto delivered = deliver(test::sample_digest(1));
    EXPECT_EQ(delivered.error.option, "/webhook") << wrong;
    EXPECT_THAT(delivered.error.message, Not(HasSubstr("hunter2")));
  }
  EXPECT_EQ(asked, 0U);
}

TEST_F(DiscordOutput, ARateLimitWithoutAHeaderIsWaitedFor) {
  // The server takes nothing while it says so.
  std::size_t refusals = 2;
  host.http().on(kServer, [&](const kit::SentRequest& request) {
    if (refusals > 0 && refusals-- > 0)
      return kit::Reply::http(
          429, R"({"message":"You are being rate limited.","retry_after":0.02,"global":false})");
    const auto sent =
        discord.answer(request.method, request.url.substr(std::string(kServer).size()), request.body);
    return kit::Reply::http(sent.status, sent.body);
  });
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(deliver(test::sample_digest(1)).error.ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(40));
  EXPECT_EQ(discord.messages.size(), 1U);
}

TEST_F(DiscordOutput, WhatWentBeforeAFailureIsNotSentAgain) {
  before = [](std::size_t so_far) {
    return so_far == 2 ? std::optional(kit::Reply::http(403, "{}")) : std::nullopt;
  };
  const auto page = test::sample_digest(25);
  EXPECT_FALSE(deliver(page).error.ok());
  discord.messages.resize(1);  // the second was refused
  before = nullptr;
  ASSERT_TRUE(deliver(page).error.ok());
  EXPECT_EQ(discord.messages.size(), 3U);
  EXPECT_EQ(embeds().size(), 26U);
}

TEST_F(DiscordOutput, RepeatSaysWhatBecomesOfAMessageWithoutAnAnswer) {
  for (const auto& [repeat, messages] : {std::pair{"at-least-once", 4U}, std::pair{"at-most-once", 3U}}) {
    discord.messages.clear();
    asked = 0;
    before = [](std::size_t so_far) {
      return so_far == 2 ? std::optional(kit::Reply::never()) : std::nullopt;
    };
    const auto page = test::sample_digest(25, std::string("key-") + repeat);
    EXPECT_FALSE(deliver(page, {{"repeat", repeat}}).error.ok());
    EXPECT_EQ(discord.messages.size(), 2U);  // the second arrived, and nobody knows
    before = nullptr;
    ASSERT_TRUE(deliver(page, {{"repeat", repeat}}).error.ok());
    EXPECT_EQ(discord.messages.size(), messages) << repeat;
  }
}

TEST_F(DiscordOutput, TheServerCheckIsStrict) {
  // What the tests above rely on: each fault alone is refused.
  const auto post = [this](const std::string& body) {
    return discord.answer("POST", std::string(StrictDiscord::kPath) + "?wait=true", body).status;
  };
  const std::string none = R"("allowed_mentions":{"parse":[]})";
  EXPECT_EQ(post("{" + none + R"(,"embeds":[{"title":"x"}]})"), 200);
  EXPECT_EQ(post(R"({"embeds":[{"title":"x"}]})"), 400);
  EXPECT_EQ(post("{" + none + R"(,"embeds":[{"title":")" + std::string(257, 'x') + R"("}]})"), 400);
  EXPECT_EQ(post("{" + none + R"(,"embeds":[{"description":")" + std::string(4097, 'x') + R"("}]})"), 400);
  const std::string half = R"({"description":")" + std::string(3001, 'x') + R"("})";
  EXPECT_EQ(post("{" + none + R"(,"embeds":[)" + half + "," + half + "]}"), 400);
  EXPECT_EQ(post("{" + none + R"(,"embeds":[{"title":"x","url":"javascript:1"}]})"), 400);
  EXPECT_EQ(post("{" + none + R"(,"embeds":[{"title":""}]})"), 400);
}

TEST_F(DiscordOutput, HealthAsksForTheWebhookAndPostsNothing) {
  auto output = kit::make<Discord>(host, settings());
  EXPECT_TRUE(output.health().ok());
  discord.is_gone = true;
  EXPECT_EQ(output.health().option, "/webhook");
  EXPECT_THAT(discord.messages, IsEmpty());
}

TEST_F(DiscordOutput, ADryRunSendsNothing) {
  host.set_dry_run(true);
  EXPECT_TRUE(deliver(test::sample_digest(3)).error.ok());
  EXPECT_EQ(asked, 0U);
}

TEST_F(DiscordOutput, OptionsThatCannotGoTogetherAreSaid) {
  const auto wrong = [this](const kit::Settings& more) {
    try {
      (void)kit::make<Discord>(host, settings(more));
    } catch (const Error& error) {
      return error.option();
    }
    return std::string();
  };
  EXPECT_EQ(wrong({{"thread_id", "no"}}), "/thread_id");
  EXPECT_EQ(wrong({{"thread_id", "1"}, {"thread_name", "x"}}), "/thread_name");
  EXPECT_EQ(wrong({{"username", std::string(81, 'x')}}), "/username");
}

}  // namespace
}  // namespace gleaner::discord
