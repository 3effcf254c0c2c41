#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(PipelineRun, ADryRunSaysWhatWouldBeDoneAndWritesNothing) {
  options.dry_run = true;
  const auto result = run(with(R"(
[[source]]
use = "given"
papers = ["a|A", "b|B", "a|A"]
[[stage]]
use = "rule"
drop = "B"
)"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(left_behind(), IsEmpty());
  EXPECT_THAT(result.plan, ElementsAre("date 2025-05-07", "source given: 3 announced", "merge: 2 papers",
                                       "stage rule: 2 judged, 1 dropped", "select: 1 selected, 0 unscored",
                                       "output dump: " + file("digest.json").string() + " would be written"));
}

TEST_F(PipelineRun, ADryRunOfABrokenSourceFailsLikeTheRealOne) {
  options.dry_run = true;
  EXPECT_EQ(run(with("[[source]]\nuse = \"given\"\nfail = \"Gone.\"\n")).exit, exit_no_digest);
}

TEST_F(PipelineRun, AWrongOptionIsSaidBeforeAnythingIsFetched) {
  const auto result = run(with(
      "[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[stage]]\nuse = \"rule\"\nisolate = \"process\"\n"));
  EXPECT_EQ(result.exit, exit_bad_pipeline);
  EXPECT_THAT(result.errors,
              ElementsAre("rule: isolate = \"process\" comes in a later version; take the line out."));
}

}  // namespace
}  // namespace gleaner::host
