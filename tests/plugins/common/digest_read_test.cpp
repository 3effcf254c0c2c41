#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "plugins/common/digest/read.hpp"

namespace gleaner::digest {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHead = R"({"schema": "gleaner.digest/1", "date": "2025-05-20", )";

std::string digest_of(const std::string& rest) {
  return kHead + rest + "}";
}

// The message, with the pointer in front; "" where nothing is wrong.
std::string complaint(const std::string& json) {
  try {
    read_digest(json);
    return "";
  } catch (const DigestError& error) {
    return "[" + error.pointer() + "] " + error.what();
  }
}

TEST(ReadDigest, TakesAllThatAPageShows) {
  const Page page = read_digest(digest_of(R"(
    "pipeline": "ml", "title": "Papers", "generated": "2025-05-26T09:00:00Z",
    "remedial": {"from": "2025-05-18", "to": "2025-05-19", "generated": "2025-05-26"},
    "usage": [{"model": "gpt-4o", "requests": 20, "prompt_tokens": 48833, "cached_tokens": 7, "completion_tokens": 6718,
               "prompt_cost": 0.122083, "completion_cost": 0.06718, "total_cost": 0.2}],
    "counts": {"announced": 526, "scanned": 312, "selected": 28, "unscored": 1},
    "receipt": {"rows": [{"source": "arxiv", "stage": "", "reason": "announce", "count": 214}], "closes": false},
    "warnings": ["w"], "prompt": "p\n",
    "papers": [{"id": "2505.01557", "version": 1, "url": "https://arxiv.org/abs/2505.01557", "title": "T", "authors": ["A", "B"],
                "abstract": "a", "categories": ["cs.LG"], "announce": "new", "published": "2025-05-06", "doi": "10.1/x",
                "sources": ["arxiv"], "scores": {"relevance": 10, "novelty": null}, "total": 19, "comment": "c", "summary": "s",
                "decided_by": "openai"}],
    "unscored": [{"id": "1", "title": "U"}], "near_misses": [{"id": "2", "title": "N"}])"));
  EXPECT_EQ(page.date, 2025y / 5 / 20);
  EXPECT_EQ(page.remedial->from, 2025y / 5 / 18);
  EXPECT_EQ(page.remedial->to, 2025y / 5 / 19);
  EXPECT_EQ(page.remedial->generated, 2025y / 5 / 26);
  EXPECT_EQ(page.usage.at(0).cached_tokens, 7);
  EXPECT_EQ(page.usage.at(0).total_cost, 0.2);
  EXPECT_EQ(page.counts.announced, 526);
  EXPECT_EQ(page.receipt.rows.at(0).count, 214);
  EXPECT_EQ(page.receipt.closes, false);
  EXPECT_EQ(page.warnings.at(0), "w");
  EXPECT_EQ(page.prompt, "p\n");
  const Paper& paper = page.papers.at(0);
  EXPECT_EQ(paper.authors->size(), 2U);
  EXPECT_EQ(paper.scores.at(0).value, 10);
  EXPECT_TRUE(std::isnan(paper.scores.at(1).value));
  EXPECT_EQ(paper.total, 19);
  EXPECT_EQ(paper.decided_by, "openai");
  EXPECT_EQ(page.unscored.at(0).title, "U");
  EXPECT_EQ(page.near_misses.at(0).title, "N");
}

TEST(ReadDigest, NeedsOnlyWhatTheContractRequires) {
  const Page page = read_digest(
      digest_of(R"("papers": [{"id": "1", "title": ""}], "later": {"deep": [[[[{}]]]]}, "usage": null)"));
  EXPECT_EQ(page.papers.size(), 1U);
  EXPECT_FALSE(page.papers[0].authors);
  EXPECT_FALSE(page.papers[0].abstract);
  EXPECT_FALSE(page.papers[0].comment);
  EXPECT_FALSE(page.counts.announced);
  EXPECT_FALSE(page.receipt.closes);
}

TEST(ReadDigest, NumbersMayComeAsStrings) {
  const Page page = read_digest(digest_of(
      R"("usage": [{"prompt_tokens": "12", "prompt_cost": "0.15", "completion_cost": "1e-2"}], "counts": {"announced": "5"},
         "papers": [{"id": "1", "title": "t", "scores": {"relevance": "7.5"}, "total": "20.0", "version": "2"}])"));
  EXPECT_EQ(page.usage[0].prompt_tokens, 12);
  EXPECT_EQ(page.usage[0].prompt_cost, 0.15);
  EXPECT_EQ(page.usage[0].completion_cost, 0.01);
  EXPECT_EQ(page.counts.announced, 5);
  EXPECT_EQ(page.papers[0].scores[0].value, 7.5);
  EXPECT_EQ(page.papers[0].total, 20);
  EXPECT_EQ(page.papers[0].version, 2);
}

TEST(ReadDigest, ATotalCostIsAsPrintedElseTheSumElseUnknown) {
  const Page page = read_digest(digest_of(R"("papers": [], "usage": [
      {"prompt_cost": 0.25, "completion_cost": 0.5, "total_cost": 0.76}, {"prompt_cost": 0.25, "completion_cost": 0.5},
      {"prompt_cost": 0.25, "completion_cost": 0.5, "total_cost": null}, {"prompt_cost": 0.25, "completion_cost": null}])"));
  EXPECT_EQ(page.usage[0].total_cost, 0.76);
  EXPECT_EQ(page.usage[1].total_cost, 0.75);
  EXPECT_FALSE(page.usage[2].total_cost);
  EXPECT_FALSE(page.usage[3].total_cost);
}

TEST(ReadDigest, ARemedialNoteMayBeShort) {
  const Page page = read_digest(
      digest_of(R"("papers": [], "generated": "2025-05-26T09:00:00Z", "remedial": {"from": "2025-05-19"})"));
  EXPECT_EQ(page.remedial->to, 2025y / 5 / 19);
  EXPECT_EQ(page.remedial->generated, 2025y / 5 / 26);
}

TEST(ReadDigest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(complaint(R"({"date": "2025-05-20", "papers": []})"),
            "[/schema] The digest cannot be read: /schema is missing; a digest names its schema, "
            "\"gleaner.digest/1\".");
  EXPECT_EQ(complaint(R"({"schema": "gleaner.digest/2"})"),
            "[/schema] The digest cannot be read: /schema is \"gleaner.digest/2\"; only \"gleaner.digest/1\" "
            "is understood.");
  EXPECT_EQ(complaint(R"({"schema": "gleaner.digest/1", "papers": []})"),
            "[/date] The digest cannot be read: /date is missing; a digest belongs to one announcement day.");
  EXPECT_EQ(complaint(R"({"schema": "gleaner.digest/1", "date": "2025-02-30", "papers": []})"),
            "[/date] The digest cannot be read: /date must be a day as YYYY-MM-DD, not \"2025-02-30\".");
  EXPECT_EQ(complaint(digest_of(R"("title": "x")")),
            "[/papers] The digest cannot be read: /papers is missing; it may be empty but must be there.");
  EXPECT_EQ(complaint(digest_of(R"("papers": [{"id": "1", "title": "t"}, {"id": "2"}])")),
            "[/papers/1/title] The digest cannot be read: /papers/1/title is missing; every paper needs an "
            "id and a title.");
  EXPECT_EQ(complaint(digest_of(R"("papers": [{"id": "", "title": "t"}])")),
            "[/papers/0/id] The digest cannot be read: /papers/0/id is empty; every paper needs an id and a "
            "title.");
  EXPECT_EQ(complaint(digest_of(R"("papers": [{"id": 2505.01557, "title": "t"}])")),
            "[/papers/0/id] The digest cannot be read: /papers/0/id must be a string, not a number.");
  EXPECT_EQ(complaint(digest_of(R"("papers": [{"id": "1", "title": "t", "scores": {"a/b": "high"}}])")),
            "[/papers/0/scores/a~1b] The digest cannot be read: /papers/0/scores/a~1b must be a number, not "
            "\"high\".");
  EXPECT_EQ(complaint(digest_of(R"("papers": {})")),
            "[/papers] The digest cannot be read: /papers must be a list, not an object.");
  EXPECT_EQ(complaint(digest_of(R"("papers": [], "counts": {"announced": -1})")),
            "[/counts/announced] The digest cannot be read: /counts/announced must be a whole number that is "
            "not negative.");
  EXPECT_EQ(
      complaint(digest_of(R"("papers": [], "receipt": {"closes": "yes"})")),
      "[/receipt/closes] The digest cannot be read: /receipt/closes must be true or false, not a string.");
  EXPECT_EQ(complaint("[]"), "[] The digest cannot be read: the text must be an object, not a list.");
}

TEST(ReadDigest, SaysWhereTheJsonBreaks) {
  EXPECT_EQ(complaint(""), "[] The digest cannot be read: the text ends in the middle of the JSON.");
  EXPECT_EQ(complaint("{\"schema\": "),
            "[] The digest cannot be read: the text ends in the middle of the JSON.");
  EXPECT_EQ(complaint("{}\n x"),
            "[] The digest cannot be read: the text goes on after the end of the JSON at line 2, column 2.");
  EXPECT_EQ(complaint("{\n\"a\": nope}").substr(0, 70),
            "[] The digest cannot be read: the text is not JSON at line 2, column 6");
}

TEST(ReadDigest, OneInexactSourceMakesTheTotalInexact) {
  const auto approximate = [](const std::string& sources) {
    return read_digest(digest_of(R"("papers": [], "receipt": {"sources": [)" + sources + "]}"))
        .receipt.is_approximate;
  };
  EXPECT_FALSE(approximate(R"({"source": "arxiv", "announced": 3})"));
  EXPECT_FALSE(approximate(R"({"source": "arxiv", "announced": 3, "approximate": false})"));
  EXPECT_TRUE(approximate(
      R"({"source": "arxiv", "announced": 3, "approximate": true}, {"source": "waves", "announced": 3})"));
}

}  // namespace
}  // namespace gleaner::digest
