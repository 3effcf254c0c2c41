// What `slack` posts, over the host's own HTTP client, to a Slack on 127.0.0.1 that enforces its limits.
#include <string>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/slack/slack_fixture.hpp"

namespace gleaner::slack {
namespace {

namespace json = boost::json;
using test::shown_text;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(SlackServerOfTheTests, RefusesWhatSlackRefuses) {
  const auto text = [](std::size_t size) {
    return json::object{{"type", "plain_text"}, {"text", std::string(size, 'x')}};
  };
  const auto with = [](const json::object& block, std::size_t times) {
    json::array blocks;
    for (std::size_t i = 0; i < times; ++i)
      blocks.push_back(block);
    return json::object{{"text", "t"}, {"blocks", blocks}};
  };
  const json::object divider{{"type", "divider"}};
  EXPECT_EQ(test::fault_of(with(divider, 50)), "");
  EXPECT_EQ(test::fault_of(with(divider, 51)), "invalid_blocks");
  EXPECT_EQ(test::fault_of(with({{"type", "header"}, {"text", text(150)}}, 1)), "");
  EXPECT_EQ(test::fault_of(with({{"type", "header"}, {"text", text(151)}}, 1)), "invalid_blocks");
  EXPECT_EQ(test::fault_of(with({{"type", "section"}, {"text", text(3000)}}, 1)), "");
  EXPECT_EQ(test::fault_of(with({{"type", "section"}, {"text", text(3001)}}, 1)), "invalid_blocks");
  EXPECT_EQ(test::fault_of(with({{"type", "section"}, {"text", text(3000)}}, 5)), "msg_blocks_too_long");
  EXPECT_EQ(test::fault_of({{"text", ""}}), "no_text");
  EXPECT_EQ(test::fault_of(with({{"type", "rich_text"}, {"elements", json::array{}}}, 1)), "invalid_blocks");
}

TEST_F(SlackTest, TheHeadComesFirstAndThePapersInItsThread) {
  ASSERT_TRUE(deliver(with_token(), page_of(12)).ok());
  const auto posted = server_.posted();
  ASSERT_EQ(posted.size(), 3U);  // the head, ten papers, two papers
  EXPECT_EQ(posted[0].thread, "");
  EXPECT_EQ(posted[1].thread, posted[0].ts);
  EXPECT_EQ(posted[2].thread, posted[0].ts);
  EXPECT_EQ(shown_text(posted[0].body.at("blocks")),
            "Reading group \u00b7 2025-05-0712 papers selected \u00b7 300 scanned \u00b7 345 announced");
  const std::string first = shown_text(posted[1].body.at("blocks").as_array().at(0));
  EXPECT_EQ(first,
            "1. Paper no. 1\nA. Author \u00b7 cs.LG\nRelevance 8 \u00b7 Novelty 7.5 \u00b7 Total 15.5\nWhy "
            "it matters.");
  EXPECT_THAT(shown_text(posted[2].body.at("blocks")), HasSubstr("12. Paper no. 12"));
  EXPECT_EQ(
      posted[0].body.at("text").as_string(),
      "Reading group \u00b7 2025-05-07 \u00b7 12 papers selected \u00b7 300 scanned \u00b7 345 announced");
  for (const auto& each : posted) {
    EXPECT_EQ(each.body.at("unfurl_links"), json::value(false));
    EXPECT_EQ(each.body.at("unfurl_media"), json::value(false));
    EXPECT_EQ(each.body.at("mrkdwn"), json::value(false));
  }
}

TEST_F(SlackTest, WithoutAThreadAllMessagesAreInTheChannel) {
  ASSERT_TRUE(deliver(with_token({{"thread", false}}), page_of(3)).ok());
  ASSERT_EQ(server_.posted().size(), 1U);
  EXPECT_EQ(server_.posted()[0].thread, "");
}

TEST_F(SlackTest, AWebhookTakesHeadAndPapersTogetherAndTheRestInFurtherMessages) {
  ASSERT_TRUE(deliver(with_webhook({{"papers_per_message", 40}}), page_of(90)).ok());
  const auto posted = server_.posted();
  ASSERT_GE(posted.size(), 3U);
  std::string all;
  for (const auto& each : posted)
    all += shown_text(each.body.at("blocks"));
  EXPECT_THAT(shown_text(posted[0].body.at("blocks")), HasSubstr("Reading group"));
  for (std::size_t i = 1; i <= 90; ++i)
    EXPECT_THAT(all, HasSubstr(std::to_string(i) + ". Paper no. " + std::to_string(i) + "\n"));
  EXPECT_FALSE(posted[0].body.contains("channel"));
}

TEST_F(SlackTest, ADayWithoutPapersIsOneMessage) {
  ASSERT_TRUE(deliver(with_token(), page_of(0)).ok());
  ASSERT_EQ(server_.posted().size(), 1U);
  EXPECT_THAT(shown_text(server_.posted()[0].body.at("blocks")), HasSubstr("No papers selected"));
}

TEST_F(SlackTest, SaysWhatIsMissing) {
  auto page = page_of(1);
  page.json = R"({"schema":"gleaner.digest/1","title":"T","date":"2025-05-07","complete":false,)"
              R"("warnings":["The feed was cut off <!channel>."],"papers":[]})";
  ASSERT_TRUE(deliver(with_token(), page).ok());
  const std::string shown = shown_text(server_.posted().at(0).body.at("blocks"));
  EXPECT_THAT(shown, HasSubstr("Incomplete: "));
  EXPECT_THAT(shown, HasSubstr("The feed was cut off <!channel>."));
}

// ---- Hostile text

const std::string kMarkup =
    "*bold* _it_ ~no~ `c` <!channel> <@U1> <https://evil.example|x> & &lt; :bomb: > q";

TEST_F(SlackTest, NothingInATitleIsMarkup) {
  auto page = page_of(1, kMarkup);
  page.papers[0].paper.title = kMarkup;
  page.papers[0].paper.url = "javascript:alert(1)";
  page.title = kMarkup;
  page.papers[0].paper.authors = {kMarkup};
  for (const auto& settings : {with_token(), with_webhook()})
    ASSERT_TRUE(deliver(settings, page).ok());
  for (const auto& each : server_.posted()) {
    const std::string body = json::serialize(each.body);
    // The only text that Slack reads as markup is the fallback, and there is none in it.
    EXPECT_THAT(body, Not(HasSubstr("\"type\":\"mrkdwn\"")));
    EXPECT_THAT(body, Not(HasSubstr("javascript:")));
    const std::string fallback(each.body.at("text").as_string());
    EXPECT_EQ(fallback.find_first_of("<>"), std::string::npos) << fallback;
    EXPECT_EQ(each.body.at("mrkdwn"), json::value(false));
  }
  EXPECT_THAT(shown_text(server_.posted().at(1).body.at("blocks")), HasSubstr("1. " + kMarkup + "\n"));
  EXPECT_THAT(std::string(server_.posted().at(0).body.at("text").as_string()),
              HasSubstr("&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|x&gt; &amp; &amp;lt;"));
}

TEST_F(SlackTest, HostileTextStaysWithinEveryLimit) {
  const std::string long_word(10'000, 'W');
  std::string wide;
  std::string slashes;
  for (int i = 0; i < 4000; ++i) {
    wide += "\U0001F600";
    slashes += "\\\"";
  }
  kit::DigestPage page = page_of(0);
  page.title = long_word;
  for (const std::string& text :
       {long_word, wide, slashes, std::string("a\u202egnp.exe\r\nb\x01\x1b[0m"), std::string(5000, '&'),
        std::string(5000, '<'), std::string("<script>alert(1)</script>")}) {
    auto one = entry("url:https://x.example/" + std::to_string(page.papers.size()), text, text);
    one.paper.abstract = text;
    one.summary = text;
    one.flag = text;
    one.paper.authors = {text, text, text, text, text};
    one.paper.categories = {text};
    page.papers.push_back(one);
    page.unscored.push_back(one);
  }
  page.papers[0].paper.url = "https://x.example/" + std::string(5000, 'u');
  page.papers[1].paper.url = "https://x.example/\"><b>\n|pipe";
  const kit::OptionValue everything =
      kit::list("authors", "categories", "scores", "comment", "summary", "abstract");
  for (const auto& settings : {with_token({{"show", everything}}),
                               with_webhook({{"show", everything}, {"papers_per_message", 40}})}) {
    const auto outcome = deliver(settings, page);
    EXPECT_TRUE(outcome.ok()) << outcome.message;
  }
  EXPECT_EQ(server_.asked(), server_.posted().size());  // none was refused
  for (const auto& each : server_.posted()) {
    const std::string body = json::serialize(each.body);
    EXPECT_EQ(body.find("\u202e"), std::string::npos);
    EXPECT_EQ(body.find("\\u00"), std::string::npos);
    EXPECT_EQ(body.find("\ufffd"), std::string::npos);
  }
}

}  // namespace
}  // namespace gleaner::slack
