// The component `age`.
#include "plugins/filters/age.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/filters/refusal.hpp"

namespace gleaner::filters {
namespace {

namespace kit = gleaner::testkit;

NewPaper paper_of(std::string day) {
  NewPaper out = kit::paper("2603.00001", "A title");
  out.published = std::move(day);
  return out;
}

/// Why a paper of that day is dropped on 2025-05-07; empty when it stays.
std::string of_day(const kit::Settings& settings, std::string day) {
  kit::FakeHost host;
  host.clock().set("2025-05-07T23:59:59Z");
  auto filter = kit::make<Age>(host, settings);
  const auto judged = filter.judge({paper_of(std::move(day))});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, ::testing::IsEmpty());
  return judged.papers.at(0).reason;
}

TEST(Age, KeepsUpToTheGreatestAge) {  // 30 days before 2025-05-07 is 2025-04-07
  EXPECT_EQ(of_day({{"max", "30d"}}, "2025-05-07"), "");
  EXPECT_EQ(of_day({{"max", "30d"}}, "2025-04-07"), "");
  EXPECT_EQ(of_day({{"max", "30d"}}, "2025-04-06"), "older than 30 days");
  EXPECT_EQ(of_day({{"max", "30d"}}, "1999-12-31"), "older than 30 days");
}

TEST(Age, ZeroDaysKeepsOnlyToday) {
  EXPECT_EQ(of_day({{"max", "0d"}}, "2025-05-07"), "");
  EXPECT_EQ(of_day({{"max", "0d"}}, "2025-05-06"), "older than 0 days");
}

TEST(Age, HoursAreRoundedDownToDays) {
  EXPECT_EQ(of_day({{"max", "47h"}}, "2025-05-06"), "");
  EXPECT_EQ(of_day({{"max", "47h"}}, "2025-05-05"), "older than 1 day");
}

TEST(Age, TheFutureIsNotOld) {
  EXPECT_EQ(of_day({{"max", "1d"}}, "2025-12-01"), "");
}

TEST(Age, CountsAcrossALeapDay) {
  const kit::Settings leap = {{"max", "2d"}, {"as_of", "2024-03-01"}};
  EXPECT_EQ(of_day(leap, "2024-02-28"), "");
  EXPECT_EQ(of_day(leap, "2024-02-27"), "older than 2 days");
}

TEST(Age, AsOfStandsForToday) {
  const kit::Settings past = {{"max", "30d"}, {"as_of", "2020-01-31"}};
  EXPECT_EQ(of_day(past, "2020-01-01"), "");
  EXPECT_EQ(of_day(past, "2019-12-31"), "older than 30 days");
}

/// The same in a run of 2020-01-31, while the clock says 2025-05-07.
std::string in_past_run(const kit::Settings& settings, std::string day) {
  kit::FakeHost host;
  host.clock().set("2025-05-07T12:00:00Z");
  host.set_date("2020-01-31");
  return kit::make<Age>(host, settings).judge({paper_of(std::move(day))}).papers.at(0).reason;
}

TEST(Age, CountsFromTheDayTheRunIsOf) {
  EXPECT_EQ(in_past_run({{"max", "30d"}}, "2020-01-01"), "");
  EXPECT_EQ(in_past_run({{"max", "30d"}}, "2019-12-31"), "older than 30 days");
  EXPECT_EQ(in_past_run({{"max", "0d"}}, "2020-01-30"), "older than 0 days");
}

TEST(Age, AsOfOutranksTheDayOfTheRun) {
  EXPECT_EQ(in_past_run({{"max", "1d"}, {"as_of", "2025-05-07"}}, "2020-01-31"), "older than 1 day");
  EXPECT_EQ(in_past_run({{"max", "1d"}, {"as_of", "2019-06-01"}}, "2019-06-01"), "");
}

TEST(Age, ARunPastMidnightStaysOnItsDay) {
  kit::FakeHost host;
  host.clock().set("2025-05-07T23:59:59Z");
  auto filter = kit::make<Age>(host, {{"max", "0d"}});
  host.clock().advance(10'000);
  EXPECT_TRUE(filter.judge({paper_of("2025-05-07")}).papers.at(0).passed());
}

TEST(Age, WhatHasNoDateIsKeptUnlessToldOtherwise) {
  for (const char* none : {"", "2025", "2025-05", "2025-02-30", "2025-13-01", "2025-05-0x", "05/07/2025"}) {
    EXPECT_EQ(of_day({{"max", "30d"}}, none), "") << none;
    EXPECT_EQ(of_day({{"max", "30d"}, {"unknown", "drop"}}, none), "age unknown") << none;
  }
}

TEST(AgeOptions, AsOfIsADayThatExists) {
  const Error error = refusal<Age>({{"max", "30d"}, {"as_of", "2025-02-29"}});
  EXPECT_EQ(error.option(), "/as_of");
  EXPECT_STREQ(error.what(), "\"2025-02-29\" is not a day of the calendar, written like 2025-05-07.");
}

TEST(AgeOptions, MaxIsNeededAndHasBounds) {
  EXPECT_THROW(refusal<Age>({}), kit::BadSettings);
  EXPECT_THROW(refusal<Age>({{"max", "3651d"}}), kit::BadSettings);
  EXPECT_EQ(refusal<Age>({{"max", "3650d"}}).status(), GLEANER_OK);
}

TEST(AgeDescriptor, SaysThatItMayRunOnSeveralThreads) {
  EXPECT_NE(kit::descriptor<Age>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::filters
