// The output `telegram` against a Bot API with Telegram's limits.
#include <functional>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/telegram/markup.hpp"
#include "plugins/telegram/output.hpp"
#include "tests/plugins/telegram/strict_telegram.hpp"
#include "tests/support/sample_digest.hpp"

namespace gleaner::telegram {
namespace {

namespace kit = testkit;
using test::StrictTelegram;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kServer = "https://api.telegram.org";

class TelegramOutput : public testing::Test {
 protected:
  TelegramOutput() {
    host.set_secret("TOKEN", std::string(StrictTelegram::kToken));
    host.http().on(kServer, [this](const kit::SentRequest& request) {
      ++asked;
      if (refusal) {
        if (auto reply = refusal(asked)) return *reply;
      }
      const auto sent = telegram.answer(request.url.substr(kServer.size()), request.body);
      if (lost) {
        if (auto reply = lost(asked)) return *reply;
      }
      return kit::Reply::http(sent.status, sent.body);
    });
  }
  static kit::Settings settings(kit::Settings more = {}) {
    kit::Settings out{{"token", kit::secret("TOKEN")}};
    bool has_chat = false;
    for (const auto& each : more)
      has_chat = has_chat || each.name == "chat";
    if (!has_chat) out.push_back({"chat", "-100777"});
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  kit::Delivered deliver(const kit::DigestPage& page, const kit::Settings& more = {}) {
    return kit::make<Telegram>(host, settings(more)).deliver(page);
  }

  using Instead = std::function<std::optional<kit::Reply>(std::size_t)>;
  kit::FakeHost host;
  StrictTelegram telegram;
  std::size_t asked = 0;
  Instead refusal;  // said instead of taking the message
  Instead lost;     // said though the message was taken
};

TEST_F(TelegramOutput, ADayReadsAsAHeaderAndItsPapers) {
  const auto delivered = deliver(test::sample_digest(2));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_THAT(telegram.messages, SizeIs(1));
  const auto& message = telegram.messages[0];
  EXPECT_EQ(
      message.shown.text,
      "Daily papers\nTuesday, 20 May 2025\n2 papers selected · 312 scanned · 526 announced\n\n"
      "1. Pruning experts, part 1\nAda Lovelace, Bo Chen, Cy Dale and 2 others\n"
      "Relevance 9 · Novelty 7.5 · Total 16.5\nIt prunes experts while it trains them, for number 1.\n\n"
      "2. Pruning experts, part 2\nAda Lovelace, Bo Chen, Cy Dale and 2 others\n"
      "Relevance 9 · Novelty 7.5 · Total 16.5\nIt prunes experts while it trains them, for number 2.");
  EXPECT_EQ(message.shown.entities[2].url, "https://arxiv.org/abs/2505.10001");
  EXPECT_EQ(message.body.at("chat_id").as_int64(), -100777);
  EXPECT_TRUE(message.body.at("link_preview_options").at("is_disabled").as_bool());
  EXPECT_FALSE(message.body.contains("disable_notification"));
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(TelegramOutput, ALongDayIsSplitBetweenPapers) {
  const auto delivered = deliver(test::sample_digest(120));
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  EXPECT_GE(telegram.messages.size(), 5U);
  std::size_t next = 1;
  for (const auto& message : telegram.messages) {
    const std::string& text = message.shown.text;
    EXPECT_TRUE(message.body.at("text").as_string().starts_with("<b>"));  // a title or a number, not a rest
    EXPECT_TRUE(text.ends_with("."));
    for (auto at = text.find("Pruning experts, part "); at != std::string::npos;
         at = text.find("Pruning experts, part ", at + 1))
      EXPECT_THAT(text.substr(at), HasSubstr("for number " + std::to_string(next++) + "."));
  }
  EXPECT_EQ(next, 121U);
}

TEST_F(TelegramOutput, HostileTextsAreTextAndFit) {
  const auto delivered = deliver(test::hostile_digest());
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  std::string all;
  for (const auto& message : telegram.messages)
    all += message.shown.text;
  EXPECT_THAT(all, HasSubstr("<script>alert(1)</script>"));
  EXPECT_THAT(all, HasSubstr("&lt;b&gt; &amp;"));
  EXPECT_THAT(all, HasSubstr("@\u2060everyone"));
  EXPECT_THAT(all, Not(HasSubstr("@some_user")));
  EXPECT_THAT(all, Not(HasSubstr("\u202E")));
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(TelegramOutput, TheServerCheckIsStrict) {
  // What the tests above rely on: each fault alone is refused.
  const auto post = [this](const std::string& text) {
    const boost::json::object body{{"chat_id", "-100777"}, {"parse_mode", "HTML"}, {"text", text}};
    return telegram
        .answer("/bot" + std::string(StrictTelegram::kToken) + "/sendMessage", boost::json::serialize(body))
        .status;
  };
  EXPECT_EQ(post("<b>x</b> <a href=\"https://a.example/?a&amp;b\">y</a>"), 200);
  EXPECT_EQ(post(std::string(4096, 'x')), 200);
  std::string wide;
  for (int i = 0; i < 2049; ++i)
    wide += "\U0001D4B3";
  for (const std::string& wrong :
       {std::string("<b>x"), std::string("<b><i>x</b></i>"), std::string("a < b"), std::string("x</b>"),
        std::string("<p>x</p>"), std::string("a & b"), std::string(4097, 'x'), wide,
        std::string("<a href=\"javascript:1\">y</a>"), std::string(" ")})
    EXPECT_EQ(post(wrong), 400) << wrong.substr(0, 40);
}

TEST_F(TelegramOutput, OptionsReachTheMessage) {
  telegram.chat = "@papers";
  ASSERT_TRUE(
      deliver(test::sample_digest(1), {{"chat", "@papers"}, {"silent", true}, {"topic", 5}}).error.ok());
  const auto& body = telegram.messages[0].body;
  EXPECT_EQ(body.at("chat_id").as_string(), "@papers");
  EXPECT_TRUE(body.at("disable_notification").as_bool());
  EXPECT_EQ(body.at("message_thread_id").as_int64(), 5);
}

TEST_F(TelegramOutput, AGroupThatMovedIsFollowedAndRemembered) {
  telegram.moved_to = "-1009";
  ASSERT_TRUE(deliver(test::sample_digest(1)).error.ok());
  EXPECT_EQ(telegram.messages[0].chat, "-1009");
  EXPECT_TRUE(host.logged(
      "The Telegram group -100777 has become a supergroup; write chat = \"-1009\" into the pipeline file."));
  asked = 0;
  ASSERT_TRUE(deliver(test::sample_digest(1, "day-2")).error.ok());
  EXPECT_EQ(asked, 1U);  // not asked at the old place again
}

TEST_F(TelegramOutput, ATokenNobodyKnowsBlamesItsOption) {
  host.set_secret("TOKEN", "1:other");
  const auto delivered = deliver(test::sample_digest(1));
  EXPECT_EQ(delivered.error.option, "/token");
  EXPECT_EQ(delivered.error.message,
            "Telegram does not know the bot of this token (HTTP 401); @BotFather shows the right one, which "
            "`token` has "
            "to be.");
}

TEST_F(TelegramOutput, AChatNobodyKnowsBlamesItsOption) {
  const auto delivered = deliver(test::sample_digest(1), {{"chat", "@nobody"}});
  EXPECT_EQ(delivered.error.option, "/chat");
  EXPECT_EQ(delivered.error.message,
            "Telegram does not find the chat @nobody for this bot; write to the bot first or add it to the "
            "chat, and "
            "check `chat`.");
  EXPECT_EQ(deliver(test::sample_digest(1), {{"topic", 6}}).error.option, "/topic");
}

TEST_F(TelegramOutput, NoErrorAndNoLogLineHoldsTheToken) {
  for (const int status : {301, 400, 401, 403, 404, 413, 429, 500, 502, 503}) {
    refusal = [status](std::size_t) {
      return kit::Reply::http(
          status, R"({"ok":false,"description":"about )" + std::string(StrictTelegram::kToken) + R"("})");
    };
    const auto delivered = deliver(test::sample_digest(1, "key-" + std::to_string(status)));
    EXPECT_FALSE(delivered.error.ok()) << status;
    EXPECT_THAT(delivered.error.message, Not(HasSubstr("AAHd"))) << status;
  }
  refusal = [](std::size_t) { return kit::Reply::never(); };
  EXPECT_THAT(deliver(test::sample_digest(1, "key-0")).error.message, Not(HasSubstr("AAHd")));
  refusal = [](std::size_t) { return kit::Reply::ok("<html>a hotel's page</html>"); };
  EXPECT_THAT(deliver(test::sample_digest(1, "key-1")).error.message, Not(HasSubstr("AAHd")));
  for (const auto& line : host.log())
    EXPECT_THAT(line.text, Not(HasSubstr("AAHd")));
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST_F(TelegramOutput, ATokenThatIsNoneIsNotSentAnywhere) {
  for (const char* wrong : {"hunter2", "123:abc/../x", "123:abc\n", "https://x.example/", ":hunter2"}) {
    host.set_secret("TOKEN", wrong);
    const auto delivered = deliver(test::sample_digest(1));
    EXPECT_EQ(delivered.error.option, "/token") << wrong;
    EXPECT_THAT(delivered.error.message, Not(HasSubstr("hunter2")));
  }
  EXPECT_EQ(asked, 0U);
}

TEST_F(TelegramOutput, ARateLimitIsWaitedForAsTheBodySays) {
  std::size_t refused = 0;
  refusal = [&](std::size_t) -> std::optional<kit::Reply> {
    if (++refused > 1) return std::nullopt;
    return kit::Reply::http(
        429, R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1",)"
             R"("parameters":{"retry_after":1}})");
  };
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(deliver(test::sample_digest(1)).error.ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  EXPECT_THAT(telegram.messages, SizeIs(1));
}

TEST_F(TelegramOutput, ARateLimitOfAnHourIsLeftToTheNextRun) {
  refusal = [](std::size_t) {
    return kit::Reply::http(429, R"({"ok":false,"error_code":429,"parameters":{"retry_after":3600}})");
  };
  const auto page = test::sample_digest(1);
  EXPECT_EQ(deliver(page, {{"repeat", "at-most-once"}}).error.message,
            "Telegram limits how often the bot may write (HTTP 429); the message is sent by the next run.");
  refusal = nullptr;
  ASSERT_TRUE(deliver(page, {{"repeat", "at-most-once"}}).error.ok());
  EXPECT_THAT(telegram.messages, SizeIs(1));  // it was surely not taken, so it is sent
}

TEST_F(TelegramOutput, WhatWentBeforeAnEndBetweenPartsIsNotSentAgain) {
  const auto page = test::sample_digest(60);
  refusal = [](std::size_t so_far) {
    return so_far >= 3 ? std::optional(kit::Reply::unreachable()) : std::nullopt;
  };
  EXPECT_FALSE(deliver(page).error.ok());
  const std::size_t went = telegram.messages.size();
  EXPECT_EQ(went, 2U);
  refusal = nullptr;
  ASSERT_TRUE(deliver(page).error.ok());
  std::size_t papers = 0;
  for (const auto& message : telegram.messages)
    for (auto at = message.shown.text.find("for number "); at != std::string::npos;
         at = message.shown.text.find("for number ", at + 1))
      ++papers;
  EXPECT_EQ(papers, 60U);
}

TEST_F(TelegramOutput, RepeatSaysWhatBecomesOfAMessageWithoutAnAnswer) {
  for (const auto& [repeat, times] : {std::pair{"at-least-once", 2U}, std::pair{"at-most-once", 1U}}) {
    telegram.messages.clear();
    lost = [](std::size_t) { return kit::Reply::never(); };
    const auto page = test::sample_digest(1, std::string("key-") + repeat);
    EXPECT_FALSE(deliver(page, {{"repeat", repeat}}).error.ok());
    lost = nullptr;
    ASSERT_TRUE(deliver(page, {{"repeat", repeat}}).error.ok());
    EXPECT_EQ(telegram.messages.size(), times) << repeat;
  }
}

TEST_F(TelegramOutput, HealthAsksForBotAndChatAndWritesNothing) {
  EXPECT_TRUE(kit::make<Telegram>(host, settings()).health().ok());
  EXPECT_EQ(kit::make<Telegram>(host, settings({{"chat", "-5"}})).health().option, "/chat");
  EXPECT_THAT(telegram.messages, IsEmpty());
}

TEST_F(TelegramOutput, ADryRunSendsNothing) {
  host.set_dry_run(true);
  EXPECT_TRUE(deliver(test::sample_digest(3)).error.ok());
  EXPECT_EQ(asked, 0U);
}

TEST_F(TelegramOutput, AChatThatIsNoneIsRefusedAtOnce) {
  for (const char* wrong : {"", "papers", "@", "@a b", "https://t.me/x", "12x"})
    EXPECT_THROW((void)kit::make<Telegram>(host, settings({{"chat", wrong}})), Error) << wrong;
}

TEST(TelegramMarkup, LengthIsThatOfWhatIsShown) {
  Markup markup;
  markup.tagged("b", "a<b").line().link("https://a.example/?x&y", "\U0001D4B3&");
  EXPECT_EQ(markup.html(), "<b>a&lt;b</b>\n<a href=\"https://a.example/?x&amp;y\">\U0001D4B3&amp;</a>");
  EXPECT_EQ(markup.units(), 7U);
  EXPECT_EQ(markup.entities(), 2U);
}

}  // namespace
}  // namespace gleaner::telegram
