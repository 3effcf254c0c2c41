// The arXiv source against a server that behaves as arXiv does, well and badly. Real sockets on 127.0.0.1.
#include <chrono>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"
#include "tests/e2e/feed_text.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

using test::LoopbackServer;
using test::Reply;
using testing::ElementsAre;

Reply feed_reply(std::string feed) {
  return {.headers = {{"Content-Type", "application/rss+xml"}}, .body = std::move(feed)};
}

class Live : public testing::Test {
 protected:
  // `more` are lines of the source's table.
  Ending run(const std::string& base_url, const std::string& more = "",
             std::vector<std::string> options = {}) {
    desk.put("p.toml",
             "contact = \"you@example.org\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\n"
             "interval = \"0s\"\nbase_url = " +
                 toml(base_url) + "\n" + more + "\n[[output]]\nuse = \"jsonl\"\npath = \"papers.jsonl\"\n");
    std::vector<std::string> words{"run", "p.toml"};
    words.insert(words.end(), options.begin(), options.end());
    return desk.run(words);
  }

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const Seen& paper : seen_lines(desk.get("papers.jsonl")))
      out.push_back(paper.id);
    return out;
  }

  [[nodiscard]] std::vector<std::string> targets() const {
    std::vector<std::string> out;
    for (const test::Recorded& request : server.requests())
      out.push_back(request.target);
    return out;
  }

  // No digest: one error, nothing on standard output, no file, and no words of a library.
  void expect_one_sentence(const Ending& ending, const std::string& part) const {
    EXPECT_EQ(ending.exit, 1);
    EXPECT_EQ(ending.out, "");
    EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
    EXPECT_TRUE(contains(ending.err, part)) << ending.err;
    EXPECT_FALSE(std::regex_search(ending.err, std::regex("curl", std::regex::icase))) << ending.err;
    EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
  }

  Desk desk;
  LoopbackServer server;
};

TEST_F(Live, AsksForTheFeedOfTheCategoryAndSaysWhoAsks) {
  server.on("/rss/cs.LG", feed_reply(rss({{.id = "2611.00001"}, {.id = "2611.00002"}})));
  const Ending ending = run(server.url(""));
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(), ElementsAre("2611.00001", "2611.00002"));
  EXPECT_THAT(targets(), ElementsAre("/rss/cs.LG"));
  const std::string agent = server.requests().at(0).header("user-agent").value_or("");
  EXPECT_TRUE(contains(agent, "gleaner/") && contains(agent, "you@example.org")) << agent;
}

TEST_F(Live, ReadsACompressedAnswer) {
  Reply reply = feed_reply(rss({{.id = "2611.00001"}}));
  reply.gzip = true;
  server.on("/rss/cs.LG", reply);
  EXPECT_EQ(run(server.url("")).exit, 0);
  EXPECT_THAT(ids(), ElementsAre("2611.00001"));
}

TEST_F(Live, AsksForAtomWhenTold) {
  server.on("/atom/cs.LG", feed_reply(atom({{.id = "2611.00001", .version = 3}})));
  const Ending ending = run(server.url(""), "via = \"atom\"");
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(targets(), ElementsAre("/atom/cs.LG"));
  const auto papers = seen_lines(desk.get("papers.jsonl"));
  ASSERT_EQ(papers.size(), 1U);
  EXPECT_EQ(papers[0], (Seen{"2611.00001",
                             3,
                             "A paper",
                             {"Ada Example", "Ben Sample"},
                             {"cs.LG"},
                             "new",
                             "Words about the paper."}));
}

TEST_F(Live, UsesAnAddressWithAPathAsItIs) {
  server.on("/mirror/today.xml", feed_reply(rss({{.id = "2611.00001"}})));
  EXPECT_EQ(run(server.url("/mirror/today.xml")).exit, 0);
  EXPECT_THAT(targets(), ElementsAre("/mirror/today.xml"));
}

TEST_F(Live, AsksForAllCategoriesAtOnceWithTheirPlus) {
  server.on("/rss/cs.LG+cs.AI+stat.ML", feed_reply(rss({{.id = "2611.00001"}})));
  const Ending ending =
      run(server.url(""), "", {"--set", "arxiv.categories=[\"cs.LG\", \"cs.AI\", \"stat.ML\"]"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(targets(), ElementsAre("/rss/cs.LG+cs.AI+stat.ML"));
}

TEST_F(Live, AFullFeedIsAskedForCategoryByCategoryAndMerged) {
  // The combined feed is cut at 2000 and has lost the first 300 of 2300 papers; 100 are in both categories,
  // new in cs.LG and cross-listed to cs.AI.
  auto learning = many(1, 1500, "cs.LG");
  auto intelligence = many(1401, 900, "cs.AI");
  for (std::size_t i = 0; i < 100; ++i) {
    learning[1400 + i].categories = {"cs.LG", "cs.AI"};
    intelligence[i].categories = {"cs.LG", "cs.AI"};
    intelligence[i].announce = "cross";
  }
  auto combined = std::vector<FeedItem>(learning.begin() + 300, learning.end());
  combined.insert(combined.end(), intelligence.begin() + 100, intelligence.end());
  ASSERT_EQ(combined.size(), 2000U);
  server.on("/rss/cs.LG+cs.AI", feed_reply(rss(combined)));
  server.on("/rss/cs.LG", feed_reply(rss(learning)));
  server.on("/rss/cs.AI", feed_reply(rss(intelligence)));

  const Ending ending =
      run(server.url(""), "", {"--set", "arxiv.categories=[\"cs.LG\", \"cs.AI\"]", "--json"});

  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(targets(), ElementsAre("/rss/cs.LG+cs.AI", "/rss/cs.LG", "/rss/cs.AI"));
  const auto papers = seen_lines(desk.get("papers.jsonl"));
  ASSERT_EQ(papers.size(), 2300U);
  EXPECT_EQ(papers.front().id, "2611.00001");
  EXPECT_EQ(papers.back().id, "2611.02300");
  EXPECT_EQ(papers[1400].id, "2611.01401");
  EXPECT_EQ(papers[1400].announce, "new");
  EXPECT_THAT(papers[1400].categories, ElementsAre("cs.LG", "cs.AI"));
  const auto report = report_of(ending);
  EXPECT_EQ(report.at("counts").as_object().at("scanned").to_number<int>(), 2300);
  EXPECT_TRUE(report.at("receipt").as_object().at("closes").as_bool());
}

TEST_F(Live, AFeedOfOneBelowTheCapIsWhole) {
  server.on("/rss/cs.LG", feed_reply(rss(many(1, 1500, "cs.LG"))));
  EXPECT_EQ(run(server.url("")).exit, 0);
  EXPECT_EQ(server.requests().size(), 1U);
}

// ---- Trouble that passes
// ----------------------------------------------------------------------------------------------

struct Passing {
  const char* name;
  Reply first;
};

class PassingTrouble : public Live, public testing::WithParamInterface<Passing> {};

TEST_P(PassingTrouble, IsTriedAgain) {
  server.script("/rss/cs.LG", {GetParam().first, feed_reply(rss({{.id = "2611.00001"}}))});
  const Ending ending = run(server.url(""));
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(), ElementsAre("2611.00001"));
  EXPECT_EQ(server.requests().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(
    Live, PassingTrouble,
    testing::Values(Passing{"NotAcceptable406", {.status = 406, .body = "Not Acceptable"}},
                    Passing{"TooMany429", {.status = 429, .body = "Rate exceeded."}},
                    Passing{"RateExceededWith200", {.body = "Rate exceeded."}},
                    Passing{"Unavailable503", {.status = 503}},
                    Passing{"Reset", {.ending = test::Ending::reset_at_once}},
                    Passing{"HtmlWith200",
                            {.headers = {{"Content-Type", "text/html"}},
                             .body = "<!DOCTYPE html><html><body>Back soon</body></html>"}}),
    [](const auto& info) { return info.param.name; });

// ---- Trouble that stays
// -----------------------------------------------------------------------------------------------

TEST_F(Live, RateExceededForEverIsOneSentence) {
  server.on("/rss/cs.LG", {.body = "Rate exceeded."});
  expect_one_sentence(run(server.url(""), "retry = 1"), "limits how often it may be asked");
}

TEST_F(Live, AWebPageForEverIsOneSentence) {
  server.on("/rss/cs.LG",
            {.headers = {{"Content-Type", "text/html"}}, .body = "<!DOCTYPE html><html>Sorry</html>"});
  expect_one_sentence(run(server.url(""), "retry = 1"), "HTML page");
}

TEST_F(Live, ARefusedQueryIsOneSentenceWithTheServersReason) {
  server.on("/rss/cs.LG", {.status = 400,
                           .headers = {{"Content-Type", "application/rss+xml"}},
                           .body = error_feed("Bad subject class 'LG'. Valid subject classes are: AI")});
  expect_one_sentence(run(server.url("")), "Bad subject class 'LG'");
  EXPECT_EQ(server.requests().size(), 1U) << "asking again would change nothing";
}

TEST_F(Live, AnErrorFeedWithStatus200IsAnErrorToo) {
  server.on("/rss/cs.LG", feed_reply(error_feed("Bad archive 'cs'.")));
  expect_one_sentence(run(server.url(""), "retry = 1"), "Bad archive 'cs'");
}

TEST_F(Live, AFeedThatBreaksOffIsRefusedAsAWhole) {
  const std::string whole = rss(many(1, 10, "cs.LG"));
  server.on("/rss/cs.LG", feed_reply(whole.substr(0, whole.size() / 2)));
  expect_one_sentence(run(server.url(""), "retry = 1"), "breaks off");
}

TEST_F(Live, AConnectionThatBreaksOffIsOneSentence) {
  Reply reply = feed_reply(rss(many(1, 10, "cs.LG")));
  reply.ending = test::Ending::close_mid_body;
  server.on("/rss/cs.LG", reply);
  expect_one_sentence(run(server.url(""), "retry = 1"), "a part is missing");
}

TEST_F(Live, AnotherAddressThanAFeedsIsOneSentence) {
  expect_one_sentence(run(server.url("")), "HTTP 404");
}

TEST_F(Live, NoPapersOnAWednesdayIsNoQuietDay) {
  server.on("/rss/cs.LG", feed_reply(rss({})));
  expect_one_sentence(run(server.url("")), "Wednesday 2026-11-18");
}

TEST_F(Live, NoPapersOnASaturdayIsAQuietDay) {
  desk.set("GLEANER_NOW", "2026-11-21T15:00:00Z");
  server.on("/rss/cs.LG", feed_reply(rss({}, "Sat, 21 Nov 2026 00:00:00 -0500")));
  const Ending ending = run(server.url(""));
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.out, "");
  EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
}

TEST_F(Live, AFeedOfAnotherDayThanAskedForNamesBoth) {
  server.on("/rss/cs.LG", feed_reply(rss({{.id = "2611.00001"}})));
  const Ending ending = run(server.url(""), "", {"--date", "2026-11-17"});
  expect_one_sentence(ending, "2026-11-17");
  EXPECT_TRUE(contains(ending.err, "2026-11-18")) << ending.err;
}

TEST_F(Live, AClosedPortIsOneSentenceThatNamesTheServer) {
  const std::string host = "127.0.0.1:" + std::to_string(test::closed_port());
  expect_one_sentence(run("http://" + host, "retry = 1"), "Could not reach " + host);
}

TEST_F(Live, AMachineWithoutANetworkIsToldInOneSentenceWhatCouldNotBeReached) {
  // RFC 6761: .invalid never resolves, whatever the machine.
  expect_one_sentence(run("http://rss.arxiv.invalid", "retry = 1"), "Could not reach rss.arxiv.invalid");
}

TEST_F(Live, OneOfTwoSourcesDownLeavesAnIncompleteDigestThatSaysSo) {
  server.on("/rss/cs.LG", feed_reply(rss({{.id = "2611.00001"}})));
  const std::string down = "http://127.0.0.1:" + std::to_string(test::closed_port());
  const Ending ending = run(server.url(""),
                            "[[source]]\nuse = \"arxiv\"\nname = \"mirror\"\ncategories = [\"cs.AI\"]\n"
                            "retry = 0\ninterval = \"0s\"\nbase_url = " +
                                toml(down) +
                                "\n"
                                "[[output]]\nuse = \"markdown\"\npath = \"page.md\"\n");
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_THAT(ids(), ElementsAre("2611.00001"));
  const std::string page = desk.get("page.md");
  const std::string head = page.substr(0, page.find("\n# "));
  EXPECT_TRUE(contains(page.substr(0, 600), "mirror")) << "said in the page's first lines:\n"
                                                       << head.substr(0, 600);
}

}  // namespace
}  // namespace gleaner::e2e
