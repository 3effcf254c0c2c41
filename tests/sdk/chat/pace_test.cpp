#include "pace.hpp"

#include <gtest/gtest.h>

namespace gleaner::chat {
namespace {

TEST(Pace, WithoutLimitsNothingWaits) {
  Pace pace(0, 0);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(pace.wait_ms(5, 1'000'000), 0);
    pace.started(5, 1'000'000);
  }
}

TEST(Pace, TheThirdOfTwoAMinuteWaitsForTheFirstToBeAMinuteOld) {
  Pace pace(2, 0);
  pace.started(1'000, 10);
  pace.started(21'000, 10);
  EXPECT_EQ(pace.wait_ms(31'000, 10), 30'000);  // until 61,000
  EXPECT_EQ(pace.wait_ms(60'999, 10), 1);
  EXPECT_EQ(pace.wait_ms(61'000, 10), 0);
}

TEST(Pace, TokensOfTheLastMinuteCountTogether) {
  Pace pace(0, 1'000);
  pace.started(0, 600);
  pace.started(10'000, 300);
  EXPECT_EQ(pace.wait_ms(20'000, 100), 0);
  EXPECT_EQ(pace.wait_ms(20'000, 101), 40'000);  // the 600 must be over
  EXPECT_EQ(pace.wait_ms(20'000, 700), 40'000);
  EXPECT_EQ(pace.wait_ms(20'000, 900), 50'000);  // the 300, too
}

TEST(Pace, ARequestLargerThanAMinutesTokensGoesWhenTheMinuteIsEmpty) {
  Pace pace(0, 1'000);
  EXPECT_EQ(pace.wait_ms(0, 5'000), 0);
  pace.started(0, 5'000);
  EXPECT_EQ(pace.wait_ms(1, 1), 59'999);
  EXPECT_EQ(pace.wait_ms(60'000, 5'000), 0);
}

}  // namespace
}  // namespace gleaner::chat
