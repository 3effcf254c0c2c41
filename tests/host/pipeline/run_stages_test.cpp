#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string five(std::string_view stages) {
  return with("[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\", \"c|C\", \"d|D\", \"e|E\"]\n" +
              std::string(stages));
}

// "fails" is called with (a b), (c d), (e).
TEST_F(PipelineRun, AStageThatFailsKeepsThePapersUnjudged) {
  const auto result = run(five("[[stage]]\nuse = \"fails\"\non = \"c\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.papers.size(), 5u);
  EXPECT_THAT(result.errors, ElementsAre("fails: It broke."));
  EXPECT_EQ(result.digest.usage.at(0).requests, 3u);
}

TEST_F(PipelineRun, WithSkipOnlyTheFailedCallsPapersAreDropped) {
  const auto result = run(five("[[stage]]\nuse = \"fails\"\non = \"c\"\non_error = \"skip\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "e"));
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("given/fails/failed: It broke.: 2", "given/select/selected: 3"));
}

TEST_F(PipelineRun, WithStopTheRunEndsAndNoFurtherCallIsMade) {
  const auto result = run(five("[[stage]]\nuse = \"fails\"\non = \"c\"\non_error = \"stop\"\n"));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("fails: It broke."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

// GLEANER_DENIED is 4, GLEANER_UNREACHABLE 3: a wrong key stays wrong, a server may come back.
TEST_F(PipelineRun, AFailureThatWillNotGetBetterIsNotTriedAgain) {
  const std::string many = "[[source]]\nuse = \"many\"\ncount = 1000\n[[stage]]\nuse = \"fails\"\nstatus = ";
  EXPECT_EQ(run(with(many + "4\n")).digest.usage.at(0).requests, 1u);
  EXPECT_EQ(run(with(many + "3\n")).digest.usage.at(0).requests, 500u);
}

TEST_F(PipelineRun, AFailureThatBlamesAnOptionNamesItsLine) {
  const auto result =
      run(five("[[stage]]\nuse = \"fails\"\nmessage = \"Not this one.\"\noption = \"/message\"\n"));
  EXPECT_THAT(log(), testing::StartsWith(file("ml.toml").string() + ":6:11: fails: Not this one.\n"));
  // A digest is a public page: what is in whose folder is nobody's business.
  EXPECT_THAT(result.digest.warnings, ElementsAre("fails: Not this one."));
  EXPECT_THAT(result.errors, ElementsAre("fails: Not this one."));
}

TEST_F(PipelineRun, PicksSkipTheOtherStages) {
  const auto result = run(five(R"(
[[stage]]
use = "rule"
pick = "B"
[[stage]]
use = "rule"
name = "all"
drop = "*"
[select]
min = { total = 100 }
)"));
  ASSERT_THAT(ids(result.digest.papers), ElementsAre("b"));
  EXPECT_EQ(result.digest.papers[0].total, 20);
  EXPECT_EQ(result.digest.papers[0].comment, "Author match");
  EXPECT_EQ(result.digest.papers[0].decided_by, "rule");
}

TEST_F(PipelineRun, TheLastScorerDecidesWhatIsUnscored) {
  const auto result = run(five(R"(
[[stage]]
use = "scores"
name = "fast"
axes = ["relevance"]
first = { a = 5, b = 5, c = 5, d = 5, e = 5 }
[[stage]]
use = "scores"
name = "slow"
axes = ["relevance"]
first = { a = 9, c = 2 }
[select]
min = { relevance = 3 }
)"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("b", "d", "e"));
  EXPECT_THAT(ids(result.digest.near_misses), ElementsAre("c"));
  EXPECT_THAT(result.digest.papers[0].scores,
              ElementsAre(testing::Pair("relevance", 9), testing::Pair("fast.relevance", 5),
                          testing::Pair("slow.relevance", 9)));
}

TEST_F(PipelineRun, ThePromptIsTheLastStagesHoweverTheThreadsRun) {
  options.threads = 8;
  for (int round = 0; round < 5; ++round) {
    const auto result = run(with(R"(
[[source]]
use = "many"
count = 2000
[[stage]]
use = "scores"
name = "one"
prompt = "First prompt"
[[stage]]
use = "scores"
name = "two"
prompt = "Second prompt"
)"));
    ASSERT_EQ(result.digest.prompt, "Second prompt");
  }
}

TEST_F(PipelineRun, NearMissesAreTheBestTenOfThoseLeftOut) {
  const auto result = run(with(R"(
[[source]]
use = "many"
count = 30
[[stage]]
use = "counter"
[select]
limit = 12
)"));
  EXPECT_EQ(ids(result.digest.papers).front(), "p000029");
  EXPECT_EQ(result.digest.papers.size(), 12u);
  ASSERT_EQ(result.digest.near_misses.size(), 10u);
  EXPECT_EQ(ids(result.digest.near_misses).front(), "p000017");
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("many/select/over limit: 18", "many/select/selected: 12"));
}

}  // namespace
}  // namespace gleaner::host
