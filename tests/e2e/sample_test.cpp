// The pipeline that `scripts/run` runs.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"

namespace gleaner::e2e {
namespace {

namespace json = boost::json;

const std::string sample = GLEANER_SOURCE_DIR "/pipelines/sample.toml";
const std::string feed = GLEANER_SOURCE_DIR "/pipelines/sample/feed.xml";

long xmllint_count(Desk& desk, const std::string& path) {
  const std::string text = desk.ask({"xmllint", "--xpath", "count(" + path + ")", feed});
  return text.empty() ? -1 : std::stol(text);
}

std::string announced_as(const std::string& type) {
  return "//item[*[local-name()='announce_type']='" + type + "']";
}

TEST(Sample, CountsWhatXmllintCountsAndCloses) {
  Desk desk;
  const long items = xmllint_count(desk, "//item");
  if (items < 0) GTEST_SKIP() << "xmllint is not installed (libxml2-utils): nothing to compare with";
  const long wanted = xmllint_count(desk, announced_as("new")) + xmllint_count(desk, announced_as("cross"));

  const Ending ending = desk.run({"run", sample, "--out", desk.work().string(), "--json"});

  ASSERT_EQ(ending.exit, 0) << ending.err;
  const json::object report = report_of(ending);
  const json::object& counts = report.at("counts").as_object();
  EXPECT_EQ(counts.at("announced").to_number<long>(), items);
  EXPECT_EQ(counts.at("scanned").to_number<long>(), wanted);
  EXPECT_EQ(counts.at("unscored").to_number<long>(), 0);
  const json::object& receipt = report.at("receipt").as_object();
  EXPECT_TRUE(receipt.at("closes").as_bool());
  long sum = 0;
  for (const auto& [row, count] : rows_of(receipt))
    sum += count;
  EXPECT_EQ(sum, items) << "every announced entry is in exactly one row";
  EXPECT_EQ(rows_of(receipt)["select/selected"], counts.at("selected").to_number<long>());
}

TEST(Sample, ReportsOneObjectWithThePromisedKeys) {
  Desk desk;
  const Ending ending = desk.run({"run", sample, "--out", desk.work().string(), "--json"});
  const json::object report = report_of(ending);
  for (const char* key : {"date", "exit", "outputs", "counts", "usage", "receipt", "warnings"})
    EXPECT_TRUE(report.contains(key)) << key;
  EXPECT_EQ(report.at("date").as_string(), "2026-11-18");
  EXPECT_EQ(report.at("exit").to_number<int>(), ending.exit);
  EXPECT_EQ(lines_of(ending.out).size(), 1U);
}

TEST(Sample, PrintsEachWrittenPathOnALine) {
  Desk desk;
  const Ending ending = desk.run({"run", sample, "--out", desk.work().string()});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(lines_of(ending.out), (std::vector<std::string>{(desk.work() / "out/2026-11-18.md").string(),
                                                            (desk.work() / "out/2026-11-18.json").string()}));
  EXPECT_EQ(desk.files(), (std::vector<std::string>{"out/2026-11-18.json", "out/2026-11-18.md"}));
}

TEST(Sample, PageIsTheClassicOne) {
  Desk desk;
  const Ending ending = desk.run({"run", sample, "--out", desk.work().string()});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  const std::string page = desk.get("out/2026-11-18.md");
  EXPECT_TRUE(page.starts_with("# Sample Daily Papers 2026-11-18\n")) << page.substr(0, 200);
  EXPECT_TRUE(contains(page, "\nTotal arXiv papers: 96\n"));
  EXPECT_TRUE(contains(page, "\n**Table of contents with paper titles:**\n"));
  EXPECT_TRUE(contains(page, "\n1. ["));
}

TEST(Sample, DigestHasItsSchemasFieldsAndScoresFromOneToTen) {
  Desk desk;
  const Ending ending = desk.run({"run", sample, "--out", desk.work().string()});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  const json::object digest = json::parse(desk.get("out/2026-11-18.json")).as_object();
  EXPECT_EQ(digest.at("schema").as_string(), "gleaner.digest/1");
  EXPECT_EQ(digest.at("pipeline").as_string(), "sample");
  EXPECT_EQ(digest.at("date").as_string(), "2026-11-18");
  EXPECT_EQ(digest.at("generated").as_string(), "2026-11-18T12:00:00Z");
  const json::array& papers = digest.at("papers").as_array();
  ASSERT_FALSE(papers.empty());
  EXPECT_LE(papers.size(), 20U);
  double before = INFINITY;
  for (const json::value& value : papers) {
    const json::object& paper = value.as_object();
    EXPECT_FALSE(paper.at("id").as_string().empty());
    EXPECT_FALSE(paper.at("title").as_string().empty());
    EXPECT_EQ(paper.at("url").as_string(),
              "https://arxiv.org/abs/" + std::string(paper.at("id").as_string()));
    const double relevance = paper.at("scores").as_object().at("relevance").to_number<double>();
    EXPECT_GE(relevance, 4) << "[select] min";
    EXPECT_LE(relevance, 10);
    EXPECT_FALSE(paper.at("comment").as_string().empty()) << "what matched";
    EXPECT_LE(paper.at("total").to_number<double>(), before) << "descending by total";
    before = paper.at("total").to_number<double>();
  }
}

TEST(Sample, ARerunWritesTheSameBytesWhateverTheThreads) {
  Desk desk;
  std::vector<std::string> pages;
  for (const char* threads : {"1", "16", "16"}) {
    const Ending ending = desk.run({"run", sample, "--out", desk.work().string(), "--threads", threads});
    ASSERT_EQ(ending.exit, 0) << ending.err;
    pages.push_back(desk.get("out/2026-11-18.md") + desk.get("out/2026-11-18.json"));
  }
  EXPECT_EQ(pages[0], pages[1]);
  EXPECT_EQ(pages[1], pages[2]);
}

TEST(Sample, RenderedAgainFromItsDigestIsTheSamePage) {
  Desk desk;
  ASSERT_EQ(desk.run({"run", sample, "--out", desk.work().string()}).exit, 0);
  const std::string page = desk.get("out/2026-11-18.md");
  const Ending ending = desk.run({"render", "out/2026-11-18.json", sample, "--only", "markdown", "--out",
                                  (desk.work() / "again").string()});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(desk.get("again/out/2026-11-18.md"), page);
}

TEST(DryRun, PrintsThePlanAndWritesNothing) {
  Desk desk;
  const Ending ending = desk.run({"run", sample, "--out", desk.work().string(), "--dry-run"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(contains(ending.out, "96")) << ending.out;
  EXPECT_TRUE(contains(ending.out, "keyword")) << ending.out;
  EXPECT_TRUE(contains(ending.out, "markdown")) << ending.out;
  EXPECT_TRUE(desk.files().empty());
  EXPECT_FALSE(std::filesystem::exists(desk.home() / "state/gleaner/sample.db"));
}

}  // namespace
}  // namespace gleaner::e2e
