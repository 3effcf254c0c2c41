#include "host/pipeline/calendar.hpp"

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

const CalendarInfo workdays{"America/New_York", {"2026-11-26"}, 0b0011111};

TEST(Calendar, WeekendsAndHolidaysHaveNoAnnouncement) {
  EXPECT_TRUE(announces_on(workdays, {}, "2026-11-20"));   // a Friday
  EXPECT_FALSE(announces_on(workdays, {}, "2026-11-21"));  // a Saturday
  EXPECT_FALSE(announces_on(workdays, {}, "2026-11-26"));  // a holiday of the source
}

TEST(Calendar, TheOwnerAddsHolidays) {
  EXPECT_FALSE(announces_on(workdays, {"2026-11-20"}, "2026-11-20"));
}

TEST(Calendar, TextThatIsNoDateIsNoQuietDay) {
  EXPECT_TRUE(announces_on(workdays, {}, "2026-02-30"));
  EXPECT_EQ(day_in_words("2026-02-30"), "2026-02-30");
}

TEST(Calendar, CountsDaysOverTheEndOfAMonthAndALeapDay) {
  EXPECT_EQ(days_after("2024-03-01", -1), "2024-02-29");
  EXPECT_EQ(days_after("2026-12-31", 1), "2027-01-01");
  EXPECT_EQ(day_in_words("2026-11-22"), "Sunday 2026-11-22");
}

}  // namespace
}  // namespace gleaner::host
