#include <limits>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/pipeline/digest.hpp"
#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

Digest small_digest() {
  Digest out;
  out.pipeline = "ml";
  out.title = "Papers";
  out.date = "2025-05-20";
  out.generated = "2025-05-26T09:00:00Z";
  out.announced = 526;
  out.scanned = 312;
  out.prompt = "Judge.\n[PAPER LIST HERE]";
  out.receipt.sources = {{"arxiv", 526, false}};
  out.receipt.rows = {{"arxiv", "", "announce", 214}};
  DigestPaper paper{make_paper("2505.01557", {"cs.LG"}, 0, "arxiv"),
                    {{"relevance", 10}, {"novelty", 8.5}},
                    18.5,
                    "good",
                    "",
                    "",
                    "openai"};
  out.papers.push_back(std::move(paper));
  return out;
}

boost::json::object parsed(const Digest& digest) {
  return boost::json::parse(to_json(digest)).as_object();
}

TEST(DigestJson, HasTheFieldsOfTheSchema) {
  const auto json = parsed(small_digest());
  EXPECT_EQ(json.at("schema"), "gleaner.digest/1");
  EXPECT_EQ(json.at("date"), "2025-05-20");
  EXPECT_EQ(json.at("generated"), "2025-05-26T09:00:00Z");
  EXPECT_EQ(json.at("counts").at("announced"), 526);
  EXPECT_EQ(json.at("counts").at("scanned"), 312);
  EXPECT_EQ(json.at("counts").at("selected"), 1);
  EXPECT_EQ(json.at("counts").at("unscored"), 0);
  EXPECT_EQ(json.at("receipt").at("rows").at(0).at("reason"), "announce");
  EXPECT_EQ(json.at("receipt").at("closes"), true);
  EXPECT_EQ(json.at("prompt"), "Judge.\n[PAPER LIST HERE]");
  const auto& paper = json.at("papers").at(0).as_object();
  for (const char* key : {"id", "title", "authors", "abstract", "categories", "sources", "scores", "total",
                          "comment", "decided_by"})
    EXPECT_TRUE(paper.contains(key)) << key;
  EXPECT_TRUE(json.at("unscored").as_array().empty());
  EXPECT_TRUE(json.at("near_misses").as_array().empty());
  EXPECT_FALSE(json.contains("remedial"));
}

TEST(DigestJson, WholeNumbersHaveNoFraction) {
  const auto text = to_json(small_digest());
  EXPECT_THAT(text, HasSubstr("\"relevance\":10,"));
  EXPECT_THAT(text, Not(HasSubstr("10.0")));
  EXPECT_EQ(parsed(small_digest()).at("papers").at(0).at("scores").at("novelty").as_double(), 8.5);
}

TEST(DigestJson, NumbersThatJsonHasNoWordForAreNull) {
  auto digest = small_digest();
  digest.papers[0].total = std::numeric_limits<double>::infinity();
  digest.papers[0].scores[0].second = -std::numeric_limits<double>::infinity();
  const auto paper = parsed(digest).at("papers").at(0).as_object();
  EXPECT_TRUE(paper.at("total").is_null());
  EXPECT_TRUE(paper.at("scores").at("relevance").is_null());
}

TEST(DigestJson, AnUnscoredPaperHasNoTotal) {
  auto digest = small_digest();
  digest.papers[0].total = unscored;
  digest.papers[0].scores.clear();
  const auto paper = parsed(digest).at("papers").at(0).as_object();
  EXPECT_FALSE(paper.contains("total"));
  EXPECT_FALSE(paper.contains("scores"));
}

TEST(DigestJson, OddDoublesReadBackAsThemselves) {
  for (const double value :
       {0.1, 1.0 / 3, 1e-7, 123456.789, 1e20, 5e-324, 1.7976931348623157e308, 9007199254740993.0}) {
    auto digest = small_digest();
    digest.papers[0].total = value;
    EXPECT_EQ(parsed(digest).at("papers").at(0).at("total").to_number<double>(), value);
  }
  auto digest = small_digest();
  digest.papers[0].total = -0.0;
  EXPECT_THAT(to_json(digest), HasSubstr("\"total\":0,"));
}

TEST(DigestJson, NumbersArePlainDecimals) {
  auto digest = small_digest();
  digest.papers[0].scores = {{"relevance", 9.6}, {"novelty", 7}};
  digest.papers[0].total = 1234567.5;
  UsageRow cheap;
  cheap.model = "m";
  cheap.prompt_cost = 0.000025;
  cheap.completion_cost = 0;
  digest.usage.push_back(cheap);
  EXPECT_THAT(to_json(digest),
              AllOf(HasSubstr(R"("scores":{"relevance":9.6,"novelty":7},"total":1234567.5,)"),
                    HasSubstr(R"("prompt_cost":0.000025,"completion_cost":0,"total_cost":0.000025)")));
}

TEST(DigestJson, AnUnknownCostIsNullAndAKnownOneHasItsTotal) {
  auto digest = small_digest();
  UsageRow known;
  known.model = "gpt-4o";
  known.prompt_cost = 0.122083;
  known.completion_cost = 0.067180;
  UsageRow unknown;
  unknown.model = "local";
  unknown.prompt_cost.reset();
  digest.usage = {known, unknown};
  const auto usage = parsed(digest).at("usage").as_array();
  EXPECT_EQ(usage[0].at("total_cost").to_number<double>(), 0.189263);
  EXPECT_TRUE(usage[1].at("prompt_cost").is_null());
  EXPECT_TRUE(usage[1].at("total_cost").is_null());
}

TEST(DigestRead, ReadsBackWhatWasWritten) {
  const auto read = read_digest(to_json(small_digest()));
  ASSERT_EQ(read.problem, "");
  const auto& digest = read.digest;
  EXPECT_EQ(digest.title, "Papers");
  EXPECT_EQ(digest.date, "2025-05-20");
  EXPECT_EQ(digest.announced, 526u);
  ASSERT_EQ(digest.papers.size(), 1u);
  const auto& entry = digest.papers[0];
  EXPECT_EQ(entry.paper.id(), "2505.01557");
  EXPECT_THAT(words(entry.paper.view().categories, entry.paper.view().category_count), ElementsAre("cs.LG"));
  EXPECT_THAT(words(entry.paper.view().sources, entry.paper.view().source_count), ElementsAre("arxiv"));
  EXPECT_THAT(entry.scores, ElementsAre(Pair("relevance", 10), Pair("novelty", 8.5)));
  EXPECT_EQ(entry.total, 18.5);
  EXPECT_EQ(entry.comment, "good");
  EXPECT_TRUE(digest.complete);
}

TEST(DigestRead, NumbersMayComeAsStrings) {
  const auto read =
      read_digest(R"({"schema":"gleaner.digest/1","date":"2025-05-20","counts":{"announced":"526"},
    "papers":[{"id":"a","title":"A","version":"2","total":"19","scores":{"relevance":"10","odd":"nan","odder":"inf","oddest":"12x"}}]})");
  ASSERT_EQ(read.problem, "");
  EXPECT_EQ(read.digest.announced, 526u);
  EXPECT_EQ(read.digest.papers[0].total, 19);
  EXPECT_EQ(read.digest.papers[0].paper.view().version, 2u);
  EXPECT_THAT(read.digest.papers[0].scores, ElementsAre(Pair("relevance", 10)));
}

TEST(DigestRead, TextsAreNotCleaned) {
  const auto read = read_digest(
      "{\"schema\":\"gleaner.digest/"
      "1\",\"date\":\"2025-05-20\",\"papers\":[{\"id\":\"a\",\"title\":\"A\u200BB \"}]}");
  ASSERT_EQ(read.problem, "");
  EXPECT_EQ(view(read.digest.papers[0].paper.view().title), "A\u200BB ");
}

TEST(DigestRead, SaysWhatIsWrong) {
  const auto problem = [](std::string_view text) { return read_digest(text).problem; };
  EXPECT_THAT(problem("{\"schema\": "), testing::StartsWith("it is not JSON: "));
  EXPECT_EQ(problem("[]"), "it is JSON, but not an object");
  EXPECT_EQ(problem("{}"), "/schema is missing");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/2"})"),
            "its schema is \"gleaner.digest/2\"; this version reads gleaner.digest/1");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/1"})"), "/date is missing");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/1","date":"2025-02-30"})"),
            "/date is \"2025-02-30\", which is not a date like 2025-05-20");
  EXPECT_EQ(
      problem(
          R"({"schema":"gleaner.digest/1","date":"2025-05-20","papers":[{"id":"a","title":"A"},{"id":"b"}]})"),
      "/papers/1/title is missing");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/1","date":"2025-05-20","papers":{}})"),
            "/papers is not a list");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/1","date":"2025-05-20","unscored":[7]})"),
            "/unscored/0 is not an object");
  EXPECT_EQ(problem(R"({"schema":"gleaner.digest/1","date":"2025-05-20","papers":[{"id":7,"title":"A"}]})"),
            "/papers/0/id is not a string");
  EXPECT_THAT(problem(std::string(5000, '[')), testing::StartsWith("it is not JSON: "));
}

}  // namespace
}  // namespace gleaner::host
