// arXiv's calendar. Expected windows are worked out by hand from its published table of cut-offs.
#include "plugins/arxiv/core/calendar.hpp"

#include <gtest/gtest.h>

namespace gleaner::arxiv {
namespace {

void expect_window(const char* day, const char* from, const char* to) {
  const SubmissionWindow window = submission_window(day);
  EXPECT_EQ(window.from, from) << day;
  EXPECT_EQ(window.to, to) << day;
}

TEST(Calendar, AnnouncesOnWeekdaysThatFollowAMailing) {
  EXPECT_TRUE(announces_on("2026-08-12"));
  EXPECT_FALSE(announces_on("2026-08-15"));  // Saturday
  EXPECT_FALSE(announces_on("2026-08-16"));
  EXPECT_FALSE(announces_on("2026-09-08"));  // the evening of Labor Day, the 7th, has no mailing
  EXPECT_TRUE(announces_on("2026-09-07"));   // Sunday evening's
  EXPECT_FALSE(announces_on("2025-12-31"));
  EXPECT_FALSE(announces_on("2026-02-30"));
  EXPECT_FALSE(announces_on("today"));
}

TEST(Calendar, AnOrdinaryDayIsFromCutOffToCutOff) {
  expect_window("2026-08-12", "202608101800",
                "202608111759");  // Wednesday: Monday 14:00 to Tuesday 14:00 EDT
  expect_window("2026-02-04", "202602021900", "202602031859");  // the same in winter: EST
}

TEST(Calendar, MondayHasWhatCameInUntilFriday) {
  expect_window("2026-08-10", "202608061800", "202608071759");
}

TEST(Calendar, TuesdayHasTheWeekend) {
  expect_window("2026-08-11", "202608071800", "202608101759");
}

TEST(Calendar, TheDayAfterAHolidayHasTwoDays) {
  expect_window("2026-01-21", "202601161900", "202601201859");  // Friday 14:00 to Tuesday 14:00, over MLK Day
}

TEST(Calendar, TheClocksChangeWithinAWindow) {
  expect_window("2026-03-10", "202603061900", "202603091759");  // Friday in EST, Monday in EDT
}

TEST(Calendar, AWindowFallsIntoTwoThatMeet) {
  const auto parts = halves({"202608101800", "202608111759"});
  EXPECT_EQ(parts[0].from, "202608101800");
  EXPECT_EQ(parts[0].to, "202608110559");
  EXPECT_EQ(parts[1].from, "202608110600");
  EXPECT_EQ(parts[1].to, "202608111759");
  EXPECT_TRUE(halves({"202608101800", "202608101800"})[1].from.empty());
}

}  // namespace
}  // namespace gleaner::arxiv
