// Expected instants are those of GNU date: date -u -d '…' +%s.
#include "plugins/common/dates.hpp"

#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

std::string day(std::string_view text) {
  const auto moment = parse_moment(text);
  return moment ? moment->day : "none";
}

std::int64_t seconds(std::string_view text) {
  const auto moment = parse_moment(text);
  return moment && moment->unix_ms ? *moment->unix_ms / 1000 : -1;
}

TEST(CommonDates, DaysAreThoseOfTheOffsetTheyAreWrittenWith) {
  EXPECT_EQ(day("Tue, 06 May 2025 23:30:00 -0400"), "2025-05-06");
  EXPECT_EQ(day("6 May 25 08:00 GMT"), "2025-05-06");
  EXPECT_EQ(day("Tue, 6 September 2025"), "2025-09-06");
  EXPECT_EQ(day("06-May-2025 10:00:00"), "2025-05-06");
  EXPECT_EQ(day("2025-05-06"), "2025-05-06");
  EXPECT_EQ(day("2025/5/6"), "2025-05-06");
  EXPECT_EQ(day(" 2025-05-06T23:30:00.123-04:00\n"), "2025-05-06");
}

TEST(CommonDates, InstantsCountFromUtc) {
  EXPECT_EQ(seconds("Tue, 06 May 2025 23:30:00 -0400"), 1746588600);
  EXPECT_EQ(seconds("2025-05-07T03:30:00Z"), 1746588600);
  EXPECT_EQ(seconds("2025-05-07T03:30:00.5Z"), 1746588600);
  EXPECT_EQ(seconds("2025-05-07 03:30:00"), 1746588600);
  EXPECT_EQ(seconds("2025-05-07T05:30+0200"), 1746588600);
  EXPECT_EQ(seconds("06 May 2025 23:30 EDT"), 1746588600);
  EXPECT_EQ(parse_moment("2025-05-07T03:30:00.123Z")->unix_ms, 1746588600123);
  EXPECT_FALSE(parse_moment("2025-05-07")->unix_ms);
  EXPECT_FALSE(parse_moment("Wed, 07 May 2025")->unix_ms);
}

TEST(CommonDates, WhatIsNoDateIsNone) {
  for (const char* text : {"", "yesterday", "2025-02-30", "2025-13-01", "32 May 2025", "06 Mai 2025", "2025",
                           "2025-05", "Tue, ", "20250506", "0000000000000000"})
    EXPECT_EQ(day(text), "none") << text;
}

TEST(CommonDates, DaysAddUpOverMonthsAndLeapYears) {
  EXPECT_EQ(add_days("2024-02-28", 1), "2024-02-29");
  EXPECT_EQ(add_days("2025-03-01", -1), "2025-02-28");
  EXPECT_EQ(add_days("2025-12-31", 1), "2026-01-01");
  EXPECT_EQ(days_between("2025-12-25", "2026-01-01"), 7);
  EXPECT_EQ(days_between("2026-01-01", "2025-12-25"), -7);
  EXPECT_EQ(utc_day(1746588600123), "2025-05-07");
  EXPECT_EQ(utc_day(-1), "1969-12-31");
}

TEST(CommonDates, MissingMonthsAndDaysAreTheFirst) {
  EXPECT_EQ(day_of_numbers(2026, 0, 0), "2026-01-01");
  EXPECT_EQ(day_of_numbers(2026, 3, 0), "2026-03-01");
  EXPECT_EQ(day_of_numbers(2026, 2, 29), std::nullopt);
  EXPECT_EQ(day_of_numbers(0, 1, 1), std::nullopt);
  EXPECT_EQ(day_of_numbers(2026, 1, 4294967297), std::nullopt);
  EXPECT_TRUE(is_day("2024-02-29"));
  EXPECT_FALSE(is_day("2025-02-29"));
  EXPECT_FALSE(is_day("2025-2-9"));
  EXPECT_FALSE(is_day("2025-02-09 "));
}

}  // namespace
}  // namespace gleaner::common
