#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(PipelineRun, ADayGoesFromSourceToDigest) {
  auto result = run(with(R"(
[[source]]
use = "given"
papers = ["a|First|cs.LG|Ada Probe,Ben Probe", "b|Second", "c|Third"]
[[stage]]
use = "rule"
drop = "Second"
[[stage]]
use = "scores"
first = { a = 4, c = 9 }
second = { a = 5, c = 6 }
)"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.digest.date, "2025-05-07");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("c", "a"));
  EXPECT_EQ(result.digest.papers[0].total, 15);
  EXPECT_EQ(result.digest.papers[0].decided_by, "scores");
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("given/rule/not wanted: 1", "given/select/selected: 2"));
  EXPECT_TRUE(result.digest.receipt.closes);
  EXPECT_THAT(result.written, ElementsAre(file("digest.json").string()));
  // What was delivered is known only after the output had its digest.
  auto& checks = result.digest.receipt.checks;
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks.back().check, "delivered");
  EXPECT_EQ(checks.back().count, 2u);
  checks.pop_back();
  EXPECT_EQ(read("digest.json"), to_json(result.digest));
  EXPECT_THAT(left_behind(), ElementsAre("digest.json"));
}

// What the stages dropped is asked for after the run: its texts must still be there.
TEST_F(PipelineRun, DroppedPapersKeepTheirReasonAfterTheRun) {
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 600\n[[stage]]\nuse = \"rule\"\ndrop = \"*\"\nreason = "
               "\"a reason that is too long to be kept in place\"\n"));
  ASSERT_EQ(result.dropped.size(), 600u);
  for (const auto& paper : result.dropped)
    ASSERT_EQ(*paper.reason, "a reason that is too long to be kept in place");
}

TEST_F(PipelineRun, TheFirstSourceInTheFileWinsWhicheverIsFaster) {
  const auto result = run(with(R"(
[[source]]
use = "many"
count = 3
wait_after = 1
wait_for = ""
[[source]]
use = "given"
papers = ["p000001|Another title|q-bio", "x|Only here"]
)"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("p000000", "p000001", "p000002", "x"));
  const auto& merged = result.digest.papers[1].paper.view();
  EXPECT_EQ(std::string(merged.title.data, merged.title.size), "Paper 1");
  EXPECT_EQ(merged.source_count, 2u);
  EXPECT_EQ(merged.category_count, 2u);
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("many/select/selected: 3", "given/merge/duplicate: 1", "given/select/selected: 1"));
  EXPECT_EQ(result.digest.announced, 5u);
  EXPECT_EQ(result.digest.scanned, 4u);
}

TEST_F(PipelineRun, RepeatsInsideAStreamingSourceAreCountedAndUnited) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A|cs.LG\", \"b|B\", \"a|A again|cs.CL\"]\n"));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b"));
  EXPECT_EQ(result.digest.papers[0].paper.view().category_count, 2u);
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("given/merge/duplicate: 1", "given/select/selected: 2"));
  EXPECT_TRUE(result.digest.receipt.closes);
}

TEST_F(PipelineRun, WhatTheSourceLeftOutItselfIsInTheReceipt) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\nannounced = 5\nskipped = 4\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(rows(result.digest.receipt), ElementsAre("given//announce: 4", "given/select/selected: 1"));
  EXPECT_EQ(result.digest.announced, 5u);
}

TEST_F(PipelineRun, AReceiptThatDoesNotCloseMakesTheRunIncomplete) {
  const auto result = run(with("[[source]]\nuse = \"given\"\nannounced = 9\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre("The receipt of given does not close: 9 entries were announced, 1 are accounted for."));
}

TEST_F(PipelineRun, AnApproximateTotalMayMissTheSum) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\nannounced = 9\napproximate = true\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(read("digest.json"), HasSubstr("\"approximate\":true"));
}

TEST_F(PipelineRun, AnApproximateTotalDoesNotCoverWhatIsKnownToBeMissing) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\nmissing = 8\napproximate = true\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.announced, 9u);
  EXPECT_FALSE(result.digest.complete);
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre("The receipt of given does not close: 9 entries were announced, 1 are accounted for."));
}

TEST_F(PipelineRun, EntriesWithoutIdOrTitleAreLeftOutAndSaid) {
  const auto result = run(with(
      "[[source]]\nuse = \"given\"\npapers = [\"|No id\", \"no-title|\", \"two words|Title\", \"a|A\"]\n"));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
  EXPECT_THAT(rows(result.digest.receipt), ElementsAre("given/merge/invalid: 3", "given/select/selected: 1"));
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("given: 3 entries had no id or no title and were left out."));
}

TEST_F(PipelineRun, HiddenCharactersAreRemovedFlaggedAndLogged) {
  const auto result = run(with("[[source]]\nuse = \"given\"\npapers = [\"a|Graph\\u200BNets\", \"b|B\"]\n"));
  ASSERT_EQ(result.digest.papers.size(), 2u);
  const auto title = result.digest.papers[0].paper.view().title;
  EXPECT_EQ(std::string(title.data, title.size), "GraphNets");
  EXPECT_EQ(result.digest.papers[0].flag, "hidden characters removed");
  EXPECT_EQ(result.digest.papers[1].flag, "");
  EXPECT_THAT(log(), HasSubstr("given: hidden characters were removed from 1 paper: a.\n"));
  EXPECT_THAT(result.digest.warnings, IsEmpty());
}

// Stages see how many there were; what is no hidden character is none.
TEST_F(PipelineRun, HiddenCharactersAreCountedInAnExtra) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|Gr\\u200Baph\\u202ENets\\u200B\", "
               "\"b|Bell\\u0007\", \"c|C\"]\n[[stage]]\nuse = \"spender\"\n"));
  ASSERT_EQ(result.digest.papers.size(), 3u);
  EXPECT_EQ(result.digest.papers[0].comment, "hidden: 3");
  EXPECT_EQ(result.digest.papers[1].comment, "");
  EXPECT_EQ(result.digest.papers[2].comment, "");
  EXPECT_THAT(read("digest.json"), HasSubstr("\"extras\":{\"hidden_unicode\":\"3\"}"));
}

TEST_F(PipelineRun, OfManyPapersWithHiddenCharactersThreeAreNamed) {
  std::string papers;
  for (const char id : {'a', 'b', 'c', 'd', 'e'})
    papers += std::string(papers.empty() ? "" : ", ") + '"' + id + "|Net\\u200B\"";
  static_cast<void>(run(with("[[source]]\nuse = \"given\"\npapers = [" + papers + "]\n")));
  EXPECT_THAT(log(), testing::StartsWith(
                         "given: hidden characters were removed from 5 papers: a, b, c and 2 more.\n"));
}

// NULL where texts were promised, bytes that are no UTF-8, an older and smaller struct: by push and by adopt.
TEST_F(PipelineRun, ViewsNoHonestSourceWouldMakeDoNoHarm) {
  for (const std::string lend : {"false", "true"}) {
    const auto result = run(with("[[source]]\nuse = \"hostile\"\nlend = " + lend + "\n"));
    ASSERT_THAT(ids(result.digest.papers), ElementsAre("null-lists", "bad-author", "null-text", "small"));
    EXPECT_EQ(result.digest.papers[0].paper.view().author_count, 0u);
    EXPECT_THAT(read("digest.json"), HasSubstr("Ada \uFFFD Probe"));
    EXPECT_EQ(result.digest.papers[2].paper.view().abstract.size, 0u);
    EXPECT_EQ(result.digest.papers[3].paper.view().abstract.size, 0u);
  }
}

// The source gets nothing more done until the first papers it lent have come back.
TEST_F(PipelineRun, PapersThatAreDroppedGiveTheirMemoryBackDuringTheRun) {
  for (const unsigned threads : {1u, 4u}) {
    options.threads = threads;
    const auto result =
        run(with("[[source]]\nuse = \"lender\"\nchunks = 12\n[[stage]]\nuse = \"rule\"\ndrop = \"*\"\n"));
    EXPECT_EQ(result.exit, exit_complete);
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.dropped.size(), 12u * 256u);
  }
}

// The source waits in the middle of its day until the stage has begun.
TEST_F(PipelineRun, StagesWorkWhileTheSourceStillLoads) {
  for (const unsigned threads : {1u, 4u}) {
    options.threads = threads;
    std::filesystem::remove(file("begun"));
    const auto begun = file("begun").string();
    const auto result = run(with("[[source]]\nuse = \"many\"\ncount = 1000\nwait_after = 600\nwait_for = \"" +
                                 begun + "\"\n[[stage]]\nuse = \"rule\"\nsignal = \"" + begun + "\"\n"));
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.digest.papers.size(), 1000u);
  }
}

}  // namespace
}  // namespace gleaner::host
