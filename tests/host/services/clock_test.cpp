#include "host/services/clock.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

TEST(Clock, GleanerNowSetsTheWallClock) {
  const Clock clock("2025-05-07T06:00:00Z");
  EXPECT_EQ(clock.now_ms(), 1746597600000);  // date -u -d 2025-05-07T06:00:00Z +%s
  EXPECT_EQ(clock.timestamp(), "2025-05-07T06:00:00Z");
}

TEST(Clock, GleanerNowDoesNotStopTheMonotonicClock) {
  const Clock clock("2025-05-07T06:00:00Z");
  const auto before = clock.steady_ms();
  while (clock.steady_ms() == before) {
  }
  EXPECT_GT(clock.steady_ms(), before);
}

TEST(Clock, WhatIsNoTimeIsSaid) {
  for (const char* wrong : {"yesterday", "2025-05-07", "2025-05-07T06:00:00", "2025-05-07 06:00:00Z",
                            "2025-02-30T06:00:00Z", "2025-05-07T25:00:00Z", "2025-05-07T06:00:00Z+1"}) {
    try {
      const Clock clock(wrong);
      FAIL() << wrong;
    } catch (const std::invalid_argument& error) {
      EXPECT_EQ(std::string(error.what()), "GLEANER_NOW is \"" + std::string(wrong) +
                                               "\", which is not a time like 2025-05-07T06:00:00Z.");
    }
  }
}

TEST(Clock, TheDayDependsOnTheZone) {
  const Clock clock("2025-05-07T03:30:00Z");  // 23:30 of the day before in New York, 12:30 in Tokyo
  EXPECT_EQ(clock.date_in(clock.now_ms(), "America/New_York"), "2025-05-06");
  EXPECT_EQ(clock.date_in(clock.now_ms(), "Asia/Tokyo"), "2025-05-07");
  EXPECT_EQ(clock.date_in(clock.now_ms(), "UTC"), "2025-05-07");
  EXPECT_EQ(clock.date_in(clock.now_ms(), ""), "2025-05-07");
}

// New York is five hours behind in winter, four in summer.
TEST(Clock, SummerTimeMovesMidnight) {
  EXPECT_EQ(Clock("2025-01-15T04:30:00Z").date_in(1736915400000, "America/New_York"), "2025-01-14");
  EXPECT_EQ(Clock("2025-07-15T04:30:00Z").date_in(1752553800000, "America/New_York"), "2025-07-15");
}

TEST(Clock, AnUnknownZoneHasNoDay) {
  const Clock clock("2025-05-07T03:30:00Z");
  EXPECT_EQ(clock.date_in(clock.now_ms(), "Europe/Atlantis"), std::nullopt);
}

TEST(Clock, TimesBefore1970HaveADay) {
  EXPECT_EQ(Clock().date_in(-1, "UTC"), "1969-12-31");
}

TEST(ParseDate, TakesCalendarDaysOnly) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_EQ(to_text(*parse_date("2025-05-07")), "2025-05-07");
  for (const char* wrong :
       {"", "2025-02-29", "2025-13-01", "2025-00-10", "2025-5-7", "20250507", "2025-05-07Z", "2025/05/07",
        "-025-05-07", "2025--5-07", "2025-+5-07", "2025-05- 7"})
    EXPECT_FALSE(parse_date(wrong)) << wrong;
}

}  // namespace
}  // namespace gleaner::host
