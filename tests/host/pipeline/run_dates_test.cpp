#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view announcing = "[[source]]\nuse = \"announcing\"\n";

TEST_F(PipelineRun, AWeekendIsQuiet) {
  now = "2025-05-10T12:00:00Z";
  const auto result = run(with(announcing));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_TRUE(result.quiet);
  EXPECT_EQ(result.note, "announcing: no announcement on Saturday 2025-05-10.");
  EXPECT_EQ(result.digest.date, "2025-05-10");
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, AHolidayOfTheCalendarIsQuiet) {
  options.date = "2025-05-26";
  const auto result = run(with(announcing));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(result.note, "announcing: no announcement on Monday 2025-05-26.");
}

TEST_F(PipelineRun, AnEmptyFeedOnAnAnnouncementDayIsNotQuiet) {
  const auto result = run(with(announcing));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_FALSE(result.quiet);
  EXPECT_THAT(result.errors, ElementsAre("announcing: The feed holds no papers, though Wednesday 2025-05-07 "
                                         "is a day with an announcement. Try again later."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, ASourceMayKnowBetterThanItsCalendarThatADayIsQuiet) {
  const auto result = run(with(std::string(announcing) + "quiet = \"the server's list is empty\"\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_TRUE(result.quiet);
  EXPECT_EQ(result.note, "announcing: no announcement on Wednesday 2025-05-07 (the server's list is empty).");
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, ADayWithPapersIsNotQuietWhateverTheSourceSays) {
  const auto result = run(with(std::string(announcing) + "quiet = \"it\"\npapers = [\"a|A\"]\n"));
  EXPECT_FALSE(result.quiet);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
}

TEST_F(PipelineRun, ADayOfWhichOnlyAllIsMissingIsNotQuiet) {
  options.date = "2025-05-10";  // a Saturday: it is not asked at all
  EXPECT_TRUE(run(with(std::string(announcing) + "missing = 3\n")).quiet);
  options.date = "2025-05-26";
  const auto result = run(with(std::string(announcing) + "missing = 3\n"));
  EXPECT_FALSE(result.quiet);
  EXPECT_EQ(result.exit, exit_no_digest);
}

TEST_F(PipelineRun, TheMessageNamesWhereTheFeedWasRead) {
  const auto result = run(with(std::string(announcing) + "date = \"today\"\norigin = \"feed.xml\"\n"));
  EXPECT_THAT(result.errors, ElementsAre("announcing: feed.xml holds no papers, though Wednesday 2025-05-07 "
                                         "is a day with an announcement. Try again later."));
}

TEST_F(PipelineRun, ASourceWithoutACalendarMayBeSilent) {
  const auto result = run(with("[[source]]\nuse = \"given\"\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_TRUE(result.quiet);
  EXPECT_EQ(result.note, "given: no papers.");
}

TEST_F(PipelineRun, ADayOfWhichTheSourceLeavesEverythingOutIsADay) {
  const auto result = run(with(std::string(announcing) + "announced = 3\nskipped = 3\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_FALSE(result.quiet);
  EXPECT_THAT(result.written, ElementsAre(file("digest.json").string()));
}

// At half past three in Greenwich it is still the day before in New York.
TEST_F(PipelineRun, TodayIsTheSourcesOwnDay) {
  now = "2025-05-07T03:30:00Z";
  const auto result = run(with(std::string(announcing) + "date = \"today\"\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.digest.date, "2025-05-06");
}

TEST_F(PipelineRun, AnotherDaysFeedIsAnErrorThatNamesBoth) {
  options.date = "2025-05-06";
  const auto result = run(
      with(std::string(announcing) + "date = \"2025-05-05\"\norigin = \"feed.xml\"\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(
      result.errors,
      ElementsAre("announcing: feed.xml is of 2025-05-05, not of 2025-05-06, the date that was asked for."));
  EXPECT_EQ(result.digest.date, "2025-05-06");
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, ASavedFeedSaysTheDateItself) {
  const auto result =
      run(with(std::string(announcing) + "file = \"feed.xml\"\ndate = \"2024-02-29\"\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(result.digest.date, "2024-02-29");
}

TEST_F(PipelineRun, TwoDaysDoNotMakeOneDigest) {
  const auto result = run(with(R"(
[[source]]
use = "given"
date = "2025-05-06"
papers = ["a|A"]
[[source]]
use = "given"
date = "2025-05-05"
origin = "old.xml"
papers = ["b|B"]
)"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors,
              ElementsAre("given-2: old.xml is of 2025-05-05, while this run is of 2025-05-06."));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
}

TEST_F(PipelineRun, ASourceThatFailedDoesNotNameTheDay) {
  const auto result = run(with(R"(
[[source]]
use = "given"
date = "2025-05-01"
fail = "Broken off."
[[source]]
use = "given"
date = "2025-05-06"
papers = ["b|B"]
)"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.date, "2025-05-06");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("b"));
}

TEST_F(PipelineRun, ADateThatIsNoneIsSaid) {
  const auto result = run(with("[[source]]\nuse = \"given\"\ndate = \"7 May\"\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("given: It says its papers are of \"7 May\", which is not a date."));
}

}  // namespace
}  // namespace gleaner::host
