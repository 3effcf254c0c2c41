#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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

TEST(DryRunJson, HasTheFiguresOfEachPaidStageAsFieldsOfItsOwn) {
  RunResult result;
  result.plan = {"date 2025-05-07"};
  StageEstimate known;
  known.stage = "openai";
  known.papers = 312;
  known.says = true;
  known.requests = 20;
  known.prompt_tokens = 48'833;
  known.completion_tokens = 6'718;
  known.dollars = 0.189263;
  StageEstimate unknown;
  unknown.stage = "other";
  unknown.says = true;
  StageEstimate silent;
  silent.stage = "third";
  silent.problem = "The prompt is gone.";
  result.estimates = {known, unknown, silent};
  EXPECT_THAT(
      result_json(result),
      HasSubstr(R"("plan":["date 2025-05-07"],"estimates":[{"stage":"openai","papers":312,"requests":20,)"
                R"("prompt_tokens":48833,"completion_tokens":6718,"cost":0.189263},{"stage":"other",)"
                R"("papers":0,"requests":0,"prompt_tokens":0,"completion_tokens":0,"cost":null},)"
                R"({"stage":"third","papers":0,"problem":"The prompt is gone."}])"));
}

TEST_F(PipelineRun, AFallbackIsNotRunAndSaidToWait) {
  options.dry_run = true;
  const auto result = run(with(R"(
[[source]]
use = "given"
papers = ["a|A"]
[[stage]]
use = "plain"
[budget]
fallback = "plain"
)"));
  EXPECT_THAT(result.plan, testing::Contains("stage plain: kept for what the budget leaves over, 0 judged"));
  EXPECT_THAT(result.estimates, IsEmpty());
}

TEST_F(PipelineRun, ADryRunOfABrokenSourceFailsLikeTheRealOne) {
  options.dry_run = true;
  EXPECT_EQ(run(with("[[source]]\nuse = \"given\"\nfail = \"Gone.\"\n")).exit, exit_no_digest);
}

}  // namespace
}  // namespace gleaner::host
