// JSON Lines in and out, standard streams, and the small words of an output: `when`, `limit`, --out, --set.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"
#include "tests/e2e/feed_text.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::e2e {
namespace {

using testing::ElementsAre;
using Names = std::vector<std::string>;

const std::string papers =
    "{\"id\": \"2611.00001\", \"title\": \"Pruning a mixture of experts\", \"abstract\": \"Words.\", "
    "\"categories\": [\"cs.LG\"]}\n"
    "{\"id\": \"arXiv:2611.00002v3\", \"title\": \"Gardens\", \"scores\": {\"relevance\": 9}, \"picked\": "
    "true}\n"
    "{\"id\": \"10.5555/ABC\", \"title\": \"Pruning of roses\"}\n";

const std::string keyword =
    "[[stage]]\nuse = \"keyword\"\npositive = { pruning = 3, \"mixture of experts\" = 4 }\n";

std::string from_lines(const std::string& file) {
  return "[[source]]\nuse = \"jsonl\"\nfile = " + toml(file) + "\n";
}

std::string to_lines(const std::string& path) {
  return "[[output]]\nuse = \"jsonl\"\npath = " + toml(path) + "\n";
}

Names ids(const std::string& lines) {
  Names out;
  for (const Seen& paper : seen_lines(lines))
    out.push_back(paper.id);
  return out;
}

TEST(Jsonl, GzippedThroughKeywordToJsonlComesInTheOrderOfItsTotals) {
  Desk desk;
  desk.put("papers.jsonl.gz", test::gzip(papers));
  desk.put("p.toml", from_lines("papers.jsonl.gz") + keyword + to_lines("best.jsonl"));
  const Ending ending = desk.run({"run", "p.toml"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(desk.get("best.jsonl")), ElementsAre("2611.00001", "doi:10.5555/abc", "2611.00002"));
}

TEST(Jsonl, WithoutAnOrderStaysInTheOrderOfTheSource) {
  Desk desk;
  desk.put("papers.jsonl", papers);
  desk.put("p.toml", from_lines("papers.jsonl") + keyword + "[select]\norder = []\n" + to_lines("all.jsonl"));
  const Ending ending = desk.run({"run", "p.toml"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(desk.get("all.jsonl")), ElementsAre("2611.00001", "2611.00002", "doi:10.5555/abc"));
}

TEST(Jsonl, WrittenIsReadAgain) {
  Desk desk;
  desk.put("papers.jsonl", papers);
  desk.put("p.toml", from_lines("papers.jsonl") + to_lines("once.jsonl"));
  ASSERT_EQ(desk.run({"run", "p.toml"}).exit, 0);
  desk.put("q.toml", from_lines("once.jsonl") + to_lines("twice.jsonl"));
  const Ending ending = desk.run({"run", "q.toml"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(seen_lines(desk.get("once.jsonl")), seen_lines(desk.get("twice.jsonl")));
}

TEST(Jsonl, ABrokenLineIsNamedByItsNumber) {
  Desk desk;
  desk.put("papers.jsonl", papers + "{\"id\": \"2611.00009\"\n");
  desk.put("p.toml", from_lines("papers.jsonl") + to_lines("out.jsonl"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_TRUE(contains(ending.err, "papers.jsonl")) << ending.err;
  EXPECT_TRUE(contains(ending.err, "line 4") || contains(ending.err, ":4")) << ending.err;
  EXPECT_FALSE(desk.has("out.jsonl"));
}

TEST(Jsonl, ATornGzipFileIsAnError) {
  Desk desk;
  std::string packed = test::gzip(papers + papers + papers);
  packed.resize(packed.size() - 12);
  desk.put("papers.jsonl.gz", packed);
  desk.put("p.toml", from_lines("papers.jsonl.gz") + to_lines("out.jsonl"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_TRUE(contains(ending.err, "papers.jsonl.gz")) << ending.err;
  EXPECT_EQ(desk.files(), (Names{"p.toml", "papers.jsonl.gz"}));
}

TEST(Streams, StandardInputToStandardOutput) {
  Desk desk;
  desk.put("p.toml", from_lines("-") + keyword + "[select]\nmin = { relevance = 3 }\n" + to_lines("-"));
  Command command = desk.gleaner({"run", "p.toml"});
  command.input = desk.put("papers.jsonl", papers);
  const Ending ending = desk.run(command);
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(ending.out), ElementsAre("2611.00001", "doi:10.5555/abc"))
      << "and nothing else is printed there";
}

TEST(Streams, AFeedOnStandardInputToAPageOnStandardOutput) {
  Desk desk;
  desk.put("p.toml",
           "[[source]]\nuse = \"arxiv\"\nfile = \"-\"\n[[output]]\nuse = \"markdown\"\npath = \"-\"\n");
  Command command = desk.gleaner({"run", "p.toml"});
  command.input = desk.put("feed.xml", rss({{.id = "2611.00001", .title = "The only one"}}));
  const Ending ending = desk.run(command);
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(ending.out.starts_with("# ")) << ending.out;
  EXPECT_TRUE(contains(ending.out, "[The only one]"));
}

TEST(Outputs, ComeWhenTheirTimeHasCome) {
  Desk desk;
  desk.put("feed.xml", rss(many(1, 3, "cs.LG")));  // of a Wednesday
  desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n" + to_lines("always.jsonl") +
                         "name = \"a\"\nwhen = \"always\"\n" + to_lines("wednesday.jsonl") +
                         "name = \"w\"\nwhen = \"weekday:mon,wed\"\n" + to_lines("friday.jsonl") +
                         "name = \"f\"\nwhen = \"weekday:fri\"\n" + to_lines("selected.jsonl") +
                         "name = \"s\"\nwhen = \"selected\"\n" + to_lines("incomplete.jsonl") +
                         "name = \"i\"\nwhen = \"incomplete\"\n");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(desk.files(), (Names{"always.jsonl", "feed.xml", "p.toml", "selected.jsonl", "wednesday.jsonl"}));
}

TEST(Outputs, TakeTheirOwnFirstPapers) {
  Desk desk;
  desk.put("feed.xml", rss(many(1, 5, "cs.LG")));
  desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n" + to_lines("two.jsonl") +
                         "name = \"two\"\nlimit = 2\n" + to_lines("all.jsonl"));
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ids(desk.get("two.jsonl")), ElementsAre("2611.00001", "2611.00002"));
  EXPECT_EQ(ids(desk.get("all.jsonl")).size(), 5U);
}

TEST(Outputs, LieBesideThePipelineFileOrBelowOut) {
  Desk desk;
  desk.put("mine/feed.xml", rss(many(1, 2, "cs.LG")));
  desk.put("mine/p.toml", "name = \"mine\"\n[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n" +
                              to_lines("out/{pipeline}-{date}.jsonl"));
  EXPECT_EQ(desk.run({"run", "mine/p.toml"}).exit, 0);
  EXPECT_TRUE(desk.has("mine/out/mine-2026-11-18.jsonl"));
  EXPECT_EQ(desk.run({"run", "mine/p.toml", "--out", "elsewhere"}).exit, 0);
  EXPECT_TRUE(desk.has("elsewhere/out/mine-2026-11-18.jsonl"));
}

TEST(Set, ChangesOptionsSelectionAndTitleForOnce) {
  Desk desk;
  desk.put("papers.jsonl", papers);
  desk.put("p.toml",
           from_lines("papers.jsonl") + keyword + "[[output]]\nuse = \"markdown\"\npath = \"page.md\"\n");
  const Ending ending =
      desk.run({"run", "p.toml", "--set", "title=Roses only", "--set", "select.min.relevance=2", "--set",
                "keyword.positive={ roses = 5 }", "--set", "output.markdown.path=other.md"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_FALSE(desk.has("page.md"));
  const std::string page = desk.get("other.md");
  EXPECT_TRUE(page.starts_with("# Roses only ")) << page.substr(0, 100);
  EXPECT_TRUE(contains(page, "[Pruning of roses]"));
  EXPECT_FALSE(contains(page, "Gardens"));
}

TEST(Merge, ThePaperOfTwoSourcesIsCountedOnceAndNamesBoth) {
  Desk desk;
  desk.put("feed.xml", rss({{.id = "2611.00001", .title = "The feed's title"}, {.id = "2611.00005"}}));
  desk.put("papers.jsonl", papers);
  desk.put("p.toml", "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n" + from_lines("papers.jsonl") +
                         "[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
  const Ending ending = desk.run({"run", "p.toml", "--json"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  const auto report = report_of(ending);
  EXPECT_EQ(report.at("counts").as_object().at("announced").to_number<int>(), 5);
  EXPECT_EQ(report.at("counts").as_object().at("scanned").to_number<int>(), 4);
  EXPECT_EQ(rows_of(report.at("receipt").as_object())["merge/duplicate"], 1);
  EXPECT_TRUE(report.at("receipt").as_object().at("closes").as_bool());
  const auto digest = boost::json::parse(desk.get("day.json"));
  const auto& first = digest.at("papers").as_array().at(0).as_object();
  EXPECT_EQ(first.at("title").as_string(), "The feed's title");
  EXPECT_EQ(boost::json::serialize(first.at("sources")), "[\"arxiv\",\"jsonl\"]");
}

}  // namespace
}  // namespace gleaner::e2e
