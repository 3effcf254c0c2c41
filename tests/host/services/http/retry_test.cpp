#include "host/services/http/retry.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

using std::chrono::milliseconds;

const Politeness plain;

TEST(Retry, TransientStatusesAreTriedAgain) {
  std::vector<int> statuses{408, 425, 429, 500, 502, 503, 504};
  for (int status = 520; status <= 529; ++status)
    statuses.push_back(status);
  for (const int status : statuses) {
    EXPECT_TRUE(may_retry(judge_status(status, plain).retry, "GET", Repeat::by_method)) << status;
  }
}

TEST(Retry, FinalStatusesAreNeverTriedAgain) {
  for (const int status : {400, 401, 402, 403, 404, 405, 406, 410, 413, 414, 422, 451, 501, 505}) {
    EXPECT_FALSE(may_retry(judge_status(status, plain).retry, "GET", Repeat::safe)) << status;
    EXPECT_FALSE(may_retry(judge_status(status, plain).retry, "POST", Repeat::safe)) << status;
  }
}

TEST(Retry, EachStatusHasItsOutcome) {
  EXPECT_EQ(judge_status(200, plain).outcome, Outcome::ok);
  EXPECT_EQ(judge_status(204, plain).outcome, Outcome::ok);
  EXPECT_EQ(judge_status(304, plain).outcome, Outcome::unchanged);
  EXPECT_EQ(judge_status(400, plain).outcome, Outcome::bad_request);
  EXPECT_EQ(judge_status(401, plain).outcome, Outcome::denied);
  EXPECT_EQ(judge_status(402, plain).outcome, Outcome::quota);
  EXPECT_EQ(judge_status(403, plain).outcome, Outcome::denied);
  EXPECT_EQ(judge_status(404, plain).outcome, Outcome::not_found);
  EXPECT_EQ(judge_status(413, plain).outcome, Outcome::too_long);
  EXPECT_EQ(judge_status(422, plain).outcome, Outcome::too_long);
  EXPECT_EQ(judge_status(429, plain).outcome, Outcome::throttled);
  EXPECT_EQ(judge_status(503, plain).outcome, Outcome::server_error);
  EXPECT_EQ(judge_status(599, plain).outcome, Outcome::server_error);
  EXPECT_EQ(judge_status(300, plain).outcome, Outcome::forbidden_redirect);
}

TEST(Retry, AComponentsOwnStatusIsThrottling) {
  Politeness politeness;
  politeness.throttle_statuses = {406};
  EXPECT_EQ(judge_status(406, politeness), (Judgement{Outcome::throttled, Retry::harmless}));
  EXPECT_EQ(judge_status(406, plain).outcome, Outcome::bad_request);
}

TEST(Retry, AServerThatIsNotDeclaredIsDeniedForGood) {
  for (const Cause cause : {Cause::undeclared, Cause::redirect_undeclared})
    EXPECT_EQ(judge_cause(cause), (Judgement{Outcome::denied, Retry::never}));
}

TEST(Retry, AConflictIsTriedAgainForASafePostOnly) {
  const auto retry = judge_status(409, plain).retry;
  EXPECT_TRUE(may_retry(retry, "POST", Repeat::safe));
  EXPECT_FALSE(may_retry(retry, "POST", Repeat::by_method));
  EXPECT_FALSE(may_retry(retry, "GET", Repeat::by_method));
}

TEST(Retry, APostThatMayHaveHadAnEffectIsNotSentTwice) {
  for (const auto cause :
       {Cause::timeout, Cause::broken_off, Cause::truncated, Cause::no_answer, Cause::idle}) {
    EXPECT_FALSE(may_retry(judge_cause(cause).retry, "POST", Repeat::by_method));
    EXPECT_TRUE(may_retry(judge_cause(cause).retry, "POST", Repeat::safe));
    EXPECT_TRUE(may_retry(judge_cause(cause).retry, "GET", Repeat::by_method));
  }
  EXPECT_FALSE(may_retry(judge_status(500, plain).retry, "POST", Repeat::by_method));
}

TEST(Retry, APostThatNeverArrivedIsSentAgain) {
  for (const auto cause : {Cause::lookup, Cause::refused, Cause::no_route, Cause::connect_timeout}) {
    EXPECT_TRUE(may_retry(judge_cause(cause).retry, "POST", Repeat::by_method));
  }
  EXPECT_TRUE(may_retry(judge_status(429, plain).retry, "POST", Repeat::by_method));
}

TEST(Retry, NeverMeansNever) {
  EXPECT_FALSE(may_retry(Retry::harmless, "GET", Repeat::never));
  EXPECT_FALSE(may_retry(Retry::if_safe, "GET", Repeat::never));
}

TEST(Retry, NoTrustAndForbiddenRedirectsAreFinal) {
  for (const auto cause :
       {Cause::tls_untrusted, Cause::tls_expired, Cause::tls_not_yet, Cause::tls_other_name,
        Cause::tls_handshake, Cause::ca_file, Cause::redirect_scheme, Cause::redirect_many, Cause::too_large,
        Cause::bad_url, Cause::cancelled}) {
    EXPECT_EQ(judge_cause(cause).retry, Retry::never);
  }
}

TEST(Retry, AMaintenancePageIsTriedTwiceMore) {
  EXPECT_EQ(judge_cause(Cause::html_body).retries, 2U);
}

TEST(Backoff, DoublesUpToTheCap) {
  RetryPolicy policy;
  policy.base = milliseconds(100);
  policy.cap = milliseconds(1000);
  const double nearly_all = 0.999999;
  EXPECT_EQ(backoff(policy, 0, nearly_all), milliseconds(99));
  EXPECT_EQ(backoff(policy, 1, nearly_all), milliseconds(199));
  EXPECT_EQ(backoff(policy, 3, nearly_all), milliseconds(799));
  EXPECT_EQ(backoff(policy, 4, nearly_all), milliseconds(999));
  EXPECT_EQ(backoff(policy, 4'000'000'000U, nearly_all), milliseconds(999));
}

TEST(Backoff, IsJitteredOverTheWholeRange) {
  RetryPolicy policy;
  policy.base = milliseconds(1000);
  EXPECT_EQ(backoff(policy, 0, 0.0), milliseconds(0));
  EXPECT_EQ(backoff(policy, 0, 0.5), milliseconds(500));
  EXPECT_EQ(backoff(policy, 1, 0.25), milliseconds(500));
}

TEST(Backoff, OddSettingsGiveNoNegativeWait) {
  RetryPolicy policy;
  policy.base = milliseconds(-5);
  policy.cap = milliseconds(-5);
  EXPECT_EQ(backoff(policy, 3, 0.9), milliseconds(0));
}

}  // namespace
}  // namespace gleaner::host::http
