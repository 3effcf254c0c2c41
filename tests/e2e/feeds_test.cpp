// Real feeds through the whole program, compared with what Python's XML parser reads from them.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"

namespace gleaner::e2e {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAreArray;

// No stage, no selection: what the source hands on is what comes out, in its order.
std::string through(const fs::path& feed) {
  return "[[source]]\nuse = \"arxiv\"\nfile = " + toml(feed.string()) +
         "\nannounce = [\"new\", \"cross\", \"replace\", \"replace-cross\"]\nlatex = \"raw\"\n\n"
         "[[output]]\nuse = \"jsonl\"\npath = \"papers.jsonl\"\n";
}

std::vector<std::string> sample_feeds() {
  std::vector<std::string> names;
  if (!fs::exists(shared("samples"))) return names;
  for (const auto& entry : fs::directory_iterator(shared("samples"))) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("rss_")) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class RealFeed : public testing::TestWithParam<std::string> {};

TEST_P(RealFeed, ArrivesWholeAndItsReceiptCloses) {
  const fs::path feed = shared("samples") / GetParam();
  Desk desk;
  const SeenFeed expected = expected_feed(desk, feed);
  desk.put("p.toml", through(feed));

  const Ending ending = desk.run({"run", "p.toml", "--json"});

  ASSERT_EQ(ending.exit, 0) << ending.err;
  const auto report = report_of(ending);
  EXPECT_EQ(report.at("date").as_string(), expected.date);
  if (expected.papers.empty()) {  // a weekend or a holiday: quiet, and not an empty page
    EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
    return;
  }
  EXPECT_THAT(seen_lines(desk.get("papers.jsonl")), ElementsAreArray(expected.papers));
  const auto& counts = report.at("counts").as_object();
  EXPECT_EQ(counts.at("announced").to_number<std::size_t>(), expected.papers.size());
  EXPECT_EQ(counts.at("scanned").to_number<std::size_t>(), expected.papers.size());
  EXPECT_TRUE(report.at("receipt").as_object().at("closes").as_bool());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RealFeed);
INSTANTIATE_TEST_SUITE_P(Samples, RealFeed, testing::ValuesIn(sample_feeds()), [](const auto& info) {
  std::string name = info.param.substr(0, info.param.find(".xml"));
  std::ranges::replace_if(
      name, [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
});

TEST(RealFeeds, AreThere) {
  if (!fs::exists(shared("samples"))) GTEST_SKIP() << shared("samples") << " is absent: no real feed is read";
  EXPECT_GE(sample_feeds().size(), 8U);
}

TEST(WrittenFeed, ArrivesWholeToo) {
  Desk desk;
  const fs::path feed = GLEANER_SOURCE_DIR "/pipelines/sample/feed.xml";
  const SeenFeed expected = expected_feed(desk, feed);
  desk.put("p.toml", through(feed));
  const Ending ending = desk.run({"run", "p.toml"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  auto papers = seen_lines(desk.get("papers.jsonl"));
  // One abstract hides a zero-width space on purpose: it does not get through.
  auto clean = expected.papers;
  for (Seen& paper : clean)
    paper.abstract = replaced(paper.abstract, "\u200B", "");
  EXPECT_THAT(papers, ElementsAreArray(clean));
  EXPECT_TRUE(contains(ending.err, "hidden characters were removed from 1 paper")) << ending.err;
}

TEST(QuietDay, WritesNothingAndIsNoError) {
  Desk desk;
  desk.put("p.toml", through(GLEANER_SOURCE_DIR "/pipelines/sample/empty.xml"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 0);
  EXPECT_EQ(ending.out, "");
  EXPECT_TRUE(contains(ending.err, "2026-11-21")) << ending.err;
  EXPECT_EQ(desk.files(), std::vector<std::string>{"p.toml"});
}

// ---- A feed that cannot be read
// -------------------------------------------------------------------------------------

struct BadFeed {
  const char* name;
  const char* text;
  const char* said;
};

class MalformedFeed : public testing::TestWithParam<BadFeed> {};

TEST_P(MalformedFeed, IsOneSentenceThatNamesTheFileAndNoOutput) {
  Desk desk;
  const fs::path feed = desk.put("feed.xml", GetParam().text);
  desk.put("p.toml", through(feed));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_EQ(ending.out, "");
  EXPECT_EQ(count_of(ending.err, "error:"), 1U) << ending.err;
  EXPECT_TRUE(contains(ending.err, "feed.xml")) << ending.err;
  EXPECT_TRUE(contains(ending.err, GetParam().said)) << ending.err;
  EXPECT_EQ(desk.files(), (std::vector<std::string>{"feed.xml", "p.toml"}));
}

INSTANTIATE_TEST_SUITE_P(
    Feeds, MalformedFeed,
    testing::Values(
        BadFeed{"Empty", "", "empty"}, BadFeed{"RateExceeded", "Rate exceeded.", "Rate exceeded."},
        BadFeed{"WebPage", "<!DOCTYPE html><html><title>Sorry</title><body>down</body></html>", "web page"},
        BadFeed{"Text", "papers of today", "not XML"},
        BadFeed{"OtherXml", "<?xml version='1.0'?><opml/>", "not a feed"},
        BadFeed{"CutOff", "<?xml version='1.0'?><rss version=\"2.0\"><channel><title>x</title><item>",
                "breaks off"}),
    [](const auto& info) { return info.param.name; });

TEST(MissingFeed, IsNamedAtItsPlaceInThePipeline) {
  Desk desk;
  const fs::path pipeline = desk.put("p.toml",
                                     "[[source]]\nuse  = \"arxiv\"\nfile = \"nowhere.xml\"\n"
                                     "[[output]]\nuse = \"jsonl\"\npath = \"papers.jsonl\"\n");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_TRUE(contains(ending.err, "p.toml:3:8: arxiv: ")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "nowhere.xml")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "No such file")) << ending.err;
}

}  // namespace
}  // namespace gleaner::e2e
