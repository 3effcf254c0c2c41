// Which messages of `slack` are sent again, and what is said of those that Slack refuses.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/common/source_fixture.hpp"
#include "tests/plugins/slack/slack_fixture.hpp"

namespace gleaner::slack {
namespace {

using test::SlackServer;
using ::testing::IsEmpty;

TEST_F(SlackTest, ALimitIsWaitedForAndEveryMessageIsThereOnce) {
  server_.answer(2, {.status = 429, .headers = {{"Retry-After", "1"}}, .body = "rate_limited"});
  ASSERT_TRUE(deliver(with_token(), page_of(12)).ok());
  EXPECT_EQ(server_.asked(), 4U);
  EXPECT_EQ(server_.posted().size(), 3U);
}

TEST_F(SlackTest, AfterARefusalTheNextTryGoesOnWhereItStopped) {
  server_.answer(2, {.body = R"({"ok":false,"error":"not_in_channel"})"});
  const auto page = page_of(22);
  const auto refused = deliver(with_token({{"repeat", "at-most-once"}}), page);
  EXPECT_EQ(refused.status, GLEANER_DENIED);
  EXPECT_EQ(refused.option, "/channel");
  EXPECT_EQ(server_.posted().size(), 1U);
  ASSERT_TRUE(deliver(with_token({{"repeat", "at-most-once"}}), page).ok());
  const auto posted = server_.posted();
  ASSERT_EQ(posted.size(), 4U);
  for (std::size_t i = 1; i < posted.size(); ++i)
    EXPECT_EQ(posted[i].thread, posted[0].ts);
  ASSERT_TRUE(deliver(with_token(), page).ok());
  EXPECT_EQ(server_.asked(), 5U);  // a finished one is never sent again
}

TEST_F(SlackTest, AKillBetweenTwoMessagesRepeatsNeither) {
  // The machine fails after the second message was noted: what the store then holds is what a first, whole
  // delivery left behind, without its third note.
  const auto page = page_of(22);
  ASSERT_TRUE(deliver(with_token(), page).ok());
  ASSERT_EQ(server_.posted().size(), 4U);
  kit::FakeHost after;
  const test::PostingWeb web(after);
  after.set_secret("SLACK_TOKEN", std::string(SlackServer::token));
  auto second = server_.posted()[1].body;
  second.erase("thread_ts");
  second.erase("channel");  // in this order, the last ones each
  const auto second_name = message::part_name(2, boost::json::serialize(second));
  for (const std::string& part : {message::part_name(1, ""), second_name}) {
    const std::string key = "message/test-key/message-" + part;
    after.put("slack", key, host_.get("slack", key).value());
  }
  auto output = kit::make<Slack>(after, with_token());
  ASSERT_TRUE(output.deliver(page).error.ok());
  const auto posted = server_.posted();
  ASSERT_EQ(posted.size(), 6U);
  for (std::size_t i = 4; i < 6; ++i) {
    EXPECT_EQ(posted[i].thread, posted[0].ts);
    EXPECT_EQ(posted[i].body, posted[i - 2].body);
  }
}

TEST_F(SlackTest, WhatNobodyKnowsOfIsSentAgainOrNotAsRepeatSays) {
  for (const std::string repeat : {"at-least-once", "at-most-once"}) {
    SlackServer server;
    kit::FakeHost host;
    const test::PostingWeb web(host);
    host.set_secret("SLACK_WEBHOOK", server.webhook());
    server.answer(1, {.ending = test::Ending::reset_at_once});
    auto output = kit::make<Slack>(host, with_webhook({{"repeat", repeat}}));
    EXPECT_EQ(output.deliver(page_of(1)).error.status, GLEANER_UNREACHABLE);
    EXPECT_EQ(server.posted().size(), 1U);  // it was there, though nobody heard of it
    EXPECT_TRUE(output.deliver(page_of(1)).error.ok());
    EXPECT_EQ(server.posted().size(), repeat == "at-least-once" ? 2U : 1U);
  }
}

// ---- Sentences

TEST_F(SlackTest, RefusalsAreSentencesAndNameTheOption) {
  const auto said = [&](const std::string& word) {
    SlackServer server;
    kit::FakeHost host;
    const test::PostingWeb web(host);
    host.set_secret("SLACK_TOKEN", std::string(SlackServer::token));
    server.answer(1, {.body = R"({"ok":false,"error":")" + word + "\"}"});
    auto output = kit::make<Slack>(
        host,
        {{"token", kit::secret("SLACK_TOKEN")}, {"channel", "#papers"}, {"base_url", server.base_url()}});
    const auto error = output.deliver(page_of(1)).error;
    return error.option + " " + error.message;
  };
  EXPECT_EQ(
      said("channel_not_found"),
      "/channel Slack knows no channel \"#papers\" that this app may see; check `channel`, and for a private "
      "one type /invite and the app's name there.");
  EXPECT_EQ(
      said("not_in_channel"),
      "/channel The app is not in the channel \"#papers\"; type /invite and its name there, or give it the "
      "scope chat:write.public.");
  EXPECT_EQ(said("missing_scope"),
            "/token The token may not do this; give the app the scope chat:write, install it again and renew "
            "`token`.");
  EXPECT_EQ(said("brand_new_error"), " Slack refused the message: brand_new_error.");
  EXPECT_EQ(said("<b>Odd ERROR"), " Slack refused the message: b  dd.");
}

TEST_F(SlackTest, AWrongTokenIsNeverShown) {
  host_.set_secret("SLACK_TOKEN", "xoxb-wrong-one");
  const auto outcome = deliver(with_token(), page_of(1));
  EXPECT_EQ(outcome.message, "Slack does not accept the token; check `token`: it begins with xoxb-.");
  EXPECT_EQ(outcome.status, GLEANER_DENIED);
  EXPECT_FALSE(host_.logged("wrong-one"));
  host_.set_secret("SLACK_TOKEN", "xoxb-\r\nX-Evil: 1");
  EXPECT_EQ(deliver(with_token(), page_of(1)).message,
            "The secret behind `token` holds a character that does not belong there, perhaps a line end.");
  EXPECT_EQ(server_.asked(), 0U);
}

TEST_F(SlackTest, AWebhookThatIsGoneIsNeverShown) {
  host_.set_secret("SLACK_WEBHOOK", server_.webhook() + "/gone");
  const auto outcome = deliver(with_webhook(), page_of(1));
  EXPECT_EQ(outcome.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(outcome.option, "/webhook");
  EXPECT_EQ(outcome.message,
            "Slack knows no such webhook: it was removed or the address is wrong; check `webhook`.");
}

TEST_F(SlackTest, CheckAsksWithoutWriting) {
  EXPECT_TRUE(kit::make<Slack>(host_, with_token()).health().ok());
  EXPECT_TRUE(kit::make<Slack>(host_, with_webhook()).health().ok());
  host_.set_secret("SLACK_TOKEN", "xoxb-wrong");
  host_.set_secret("SLACK_WEBHOOK", server_.webhook() + "x");
  EXPECT_EQ(kit::make<Slack>(host_, with_token()).health().option, "/token");
  EXPECT_EQ(kit::make<Slack>(host_, with_webhook()).health().option, "/webhook");
  EXPECT_THAT(server_.posted(), IsEmpty());
}

TEST_F(SlackTest, ADryRunSendsNothing) {
  host_.set_dry_run(true);
  EXPECT_TRUE(deliver(with_token(), page_of(3)).ok());
  EXPECT_EQ(server_.asked(), 0U);
  EXPECT_TRUE(host_.logged("it would be 2 messages"));
}

TEST(SlackOptions, WantAWebhookOrATokenWithItsChannel) {
  const auto refused = [](const kit::Settings& settings) {
    return std::string(test::refusal<Slack>(settings).what());
  };
  EXPECT_EQ(refused({}), "Give `webhook`, the address of an incoming webhook, or `token` and `channel`.");
  EXPECT_EQ(refused({{"token", "xoxb-1"}}), "With `token` name the channel: its id (C0123456789) or #name.");
  EXPECT_EQ(refused({{"webhook", "https://hooks.slack.com/services/T/B/X"}, {"channel", "#a"}}),
            "A webhook posts to the channel it was made for; take `channel` out, or give `token`.");
}

TEST(SlackOptions, OneMessageASecond) {
  const auto& component = kit::descriptor<Slack>();
  ASSERT_NE(component.politeness, nullptr);
  EXPECT_EQ(component.politeness->interval_ms, 1000U);
  EXPECT_EQ(component.politeness->connections, 1U);
}

}  // namespace
}  // namespace gleaner::slack
