#include "host/cli/progress.hpp"

#include <gtest/gtest.h>

#include "host/cli/run_report.hpp"

namespace gleaner::host::cli {
namespace {

TEST(ProgressText, SaysWhoWhatAndHowFar) {
  EXPECT_EQ(progress_text({"arxiv", 120, 526, "fetching"}), "arxiv: fetching 120 of 526");
  EXPECT_EQ(progress_text({"arxiv", 120, 0, "papers"}), "arxiv: papers 120");
  EXPECT_EQ(progress_text({"arxiv", 0, 0, ""}), "arxiv");
}

TEST(ProgressText, CannotMoveTheCursor) {
  EXPECT_EQ(progress_text({"a\nb", 0, 0, "\033[2J"}), "a b:  [2J");
}

RunResult result_of_day() {
  RunResult out;
  out.digest.date = "2025-05-20";
  out.digest.announced = 96;
  out.digest.scanned = 75;
  out.digest.papers.resize(21);
  return out;
}

TEST(SummaryLine, CountsWhatTheDayBrought) {
  EXPECT_EQ(summary_line(result_of_day()), "2025-05-20: 96 announced, 75 scanned, 21 selected");
}

TEST(SummaryLine, NamesCostsToTheCent) {
  RunResult result = result_of_day();
  result.digest.usage = {{.model = "gpt-4o", .prompt_cost = 0.122083, .completion_cost = 0.06718},
                         {.model = "local", .prompt_cost = std::nullopt}};
  EXPECT_EQ(summary_line(result),
            "2025-05-20: 96 announced, 75 scanned, 21 selected (gpt-4o $0.19, local at an unknown price)");
}

TEST(SummaryLine, SaysWhatIsMissing) {
  RunResult result = result_of_day();
  result.exit = exit_incomplete;
  result.digest.unscored_papers.resize(3);
  result.digest.complete = false;
  EXPECT_EQ(summary_line(result),
            "2025-05-20: 96 announced, 75 scanned, 21 selected, 3 unscored; the digest is incomplete");
}

TEST(SummaryLine, ADigestThatIsCompleteIsNotCalledOtherwiseForAServerThatDidNotTakeIt) {
  RunResult result = result_of_day();
  result.exit = exit_incomplete;
  result.outputs = {
      {.name = "page", .delivered = true}, {.name = "mail"}, {.name = "chat", .passed_over = true}};
  EXPECT_EQ(summary_line(result), "2025-05-20: 96 announced, 75 scanned, 21 selected; not delivered: mail");
}

TEST(SummaryLine, OfADayWithoutADigest) {
  RunResult result = result_of_day();
  result.quiet = true;
  result.note = "arXiv announces nothing on Saturdays.";
  EXPECT_EQ(summary_line(result), "2025-05-20: arXiv announces nothing on Saturdays.");
  result.quiet = false;
  result.exit = exit_no_digest;
  EXPECT_EQ(summary_line(result), "2025-05-20: no digest.");
  result.exit = exit_interrupted;
  EXPECT_EQ(summary_line(result), "2025-05-20: interrupted.");
}

}  // namespace
}  // namespace gleaner::host::cli
