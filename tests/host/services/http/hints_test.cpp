#include "host/services/http/hints.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// 2025-05-07 06:00:00 UTC, by `date -u -d @1746597600`.
const std::chrono::system_clock::time_point now{seconds(1746597600)};

TEST(GoDuration, ReadsWhatServersSend) {
  EXPECT_EQ(parse_go_duration("12ms"), milliseconds(12));
  EXPECT_EQ(parse_go_duration("1s"), seconds(1));
  EXPECT_EQ(parse_go_duration("1.2s"), milliseconds(1200));
  EXPECT_EQ(parse_go_duration("6m0s"), minutes(6));
  EXPECT_EQ(parse_go_duration("1h2m3.5s"), milliseconds(3723500));
  EXPECT_EQ(parse_go_duration("250us"), milliseconds(1));  // never shorter than asked
  EXPECT_EQ(parse_go_duration("0s"), milliseconds(0));
}

TEST(GoDuration, RefusesTheRest) {
  for (const auto* text : {"", "5", "s", "-1", "-1s", "1.2.3s", "1x", "1s ", "nan", "infs", "1e3s"}) {
    EXPECT_EQ(parse_go_duration(text), std::nullopt) << text;
  }
}

TEST(WaitHint, RetryAfterIsSecondsOrADate) {
  EXPECT_EQ(wait_hint({{"retry-after", "7"}}, now), seconds(7));
  EXPECT_EQ(wait_hint({{"retry-after", "Wed, 07 May 2025 06:00:30 GMT"}}, now), seconds(30));
  EXPECT_EQ(wait_hint({{"retry-after", "Wed, 07 May 2025 05:00:00 GMT"}}, now), seconds(0));
  EXPECT_EQ(wait_hint({{"retry-after", "soon"}}, now), std::nullopt);
  EXPECT_EQ(wait_hint({}, now), std::nullopt);
}

TEST(WaitHint, RetryAfterMsIsMilliseconds) {
  EXPECT_EQ(wait_hint({{"retry-after-ms", "812.5"}}, now), milliseconds(813));
  EXPECT_EQ(wait_hint({{"retry-after-ms", "-1"}}, now), std::nullopt);
}

TEST(WaitHint, TheLongestOneCounts) {
  EXPECT_EQ(wait_hint({{"retry-after", "1"}, {"x-ratelimit-reset-tokens", "6m0s"}}, now), minutes(6));
  EXPECT_EQ(wait_hint({{"x-ratelimit-reset-requests", "1.2s"}, {"x-ratelimit-reset-tokens", "20ms"}}, now),
            milliseconds(1200));
}

TEST(WaitHint, ALimitThatWasNotHitDoesNotCount) {
  EXPECT_EQ(wait_hint({{"x-ratelimit-remaining-tokens", "9000"}, {"x-ratelimit-reset-tokens", "6m0s"}}, now),
            std::nullopt);
  EXPECT_EQ(wait_hint({{"x-ratelimit-remaining-tokens", "0"}, {"x-ratelimit-reset-tokens", "2s"}}, now),
            seconds(2));
  EXPECT_EQ(wait_hint({{"x-ratelimit-remaining-tokens", "-1"}, {"x-ratelimit-reset-tokens", "2s"}}, now),
            seconds(2));
}

TEST(WaitHint, AbsurdNumbersStayInRange) {
  EXPECT_GT(wait_hint({{"retry-after", "99999999999999999999"}}, now), std::chrono::hours(24));
}

TEST(WaitHint, AServerMayForbidARetry) {
  EXPECT_FALSE(server_allows_retry({{"x-should-retry", "false"}}));
  EXPECT_TRUE(server_allows_retry({{"x-should-retry", "true"}}));
  EXPECT_TRUE(server_allows_retry({}));
}

}  // namespace
}  // namespace gleaner::host::http
