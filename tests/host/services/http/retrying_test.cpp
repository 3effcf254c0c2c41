#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Retrying : public HttpClient {};

TEST_F(Retrying, ATransientErrorIsOvercome) {
  server_.script("/", {status(503), status(502), text("fine")});
  const auto response = get("/");
  EXPECT_EQ(response.outcome, Outcome::ok);
  EXPECT_EQ(response.body, "fine");
  EXPECT_EQ(response.attempts, 3U);
  EXPECT_NE(log().find("arxiv: " + host() +
                       " had an error of its own (HTTP 503); try again later. Trying again in"),
            std::string::npos)
      << log();
}

TEST_F(Retrying, EndsAfterTheAttempts) {
  server_.on("/", status(503));
  const auto response = get("/");
  EXPECT_EQ(response.outcome, Outcome::server_error);
  EXPECT_EQ(response.attempts, 4U);
  EXPECT_EQ(server_.requests().size(), 4U);
  EXPECT_EQ(response.error, host() + " had an error of its own in 4 attempts (HTTP 503); try again later.");
}

TEST_F(Retrying, ABrokenConnectionIsOvercome) {
  Reply broken = text("0123456789");
  broken.ending = Ending::reset_mid_body;
  server_.script("/", {broken, text("0123456789")});
  const auto response = get("/");
  EXPECT_EQ(response.body, "0123456789");
  EXPECT_EQ(response.attempts, 2U);
}

TEST_F(Retrying, FinalErrorsAreNotRepeated) {
  for (const int code : {400, 401, 402, 403, 404, 413, 422}) {
    server_.on("/" + std::to_string(code), status(code));
    EXPECT_EQ(get("/" + std::to_string(code)).attempts, 1U) << code;
  }
}

TEST_F(Retrying, APostThatMayHaveWorkedIsSentOnce) {
  server_.on("/", status(500));
  EXPECT_EQ(fetch({.url = server_.url(), .body = "news"}).attempts, 1U);
  EXPECT_EQ(fetch({.url = server_.url(), .body = "prompt", .repeat = Repeat::safe}).attempts, 4U);
}

TEST_F(Retrying, OnceMeansOnce) {
  server_.on("/", status(503));
  EXPECT_EQ(fetch({.url = server_.url(), .repeat = Repeat::never}).attempts, 1U);
}

TEST_F(Retrying, RetryAfterIsWaitedFor) {
  Reply busy = status(429);
  busy.headers = {{"Retry-After-Ms", "200"}};
  server_.script("/", {busy, text("fine")});
  EXPECT_EQ(get("/").attempts, 2U);
  const auto requests = server_.requests();
  EXPECT_GE(requests.at(1).at - requests.at(0).at, milliseconds(190));
}

TEST_F(Retrying, WithoutRetryAfterTheBackoffIsShort) {
  server_.script("/", {status(429), text("fine")});
  const auto response = get("/");
  EXPECT_EQ(response.attempts, 2U);
  EXPECT_LT(response.elapsed, seconds(5));
}

TEST_F(Retrying, ALongRetryAfterIsNotWaitedFor) {
  Reply busy = status(429, "Rate exceeded.");
  busy.headers = {{"Retry-After", "300"}};
  server_.on("/", busy);
  const auto response = get("/");
  EXPECT_EQ(response.outcome, Outcome::throttled);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.retry_after, seconds(300));
  EXPECT_EQ(response.error, host() + " limits how often it may be asked (HTTP 429); it asks to wait 5 min.");
}

TEST_F(Retrying, AComponentsOwnStatusIsThrottling) {
  server_.script("/", {status(406), text("fine")});
  EXPECT_EQ(get("/").outcome, Outcome::bad_request);
  auto settings = quick();
  settings.politeness.throttle_statuses = {406};
  server_.script("/", {status(406), text("fine")});
  const auto response = get("/", settings);
  EXPECT_EQ(response.outcome, Outcome::ok);
  EXPECT_EQ(response.attempts, 2U);
}

TEST_F(Retrying, RateExceededUnderStatus200IsThrottling) {
  auto settings = quick();
  settings.politeness.wrong_bodies = {"Rate exceeded"};
  server_.script("/", {text("Rate exceeded."), text("<rss/>")});
  EXPECT_EQ(fetch({.url = server_.url(), .expect = Expect::xml}, settings).body, "<rss/>");
  server_.on("/", text("Rate exceeded."));
  const auto response = fetch({.url = server_.url(), .expect = Expect::xml}, settings);
  EXPECT_EQ(response.outcome, Outcome::throttled);
  EXPECT_EQ(response.http_status, 200);
  EXPECT_EQ(response.attempts, 4U);
  EXPECT_EQ(response.body, "Rate exceeded.");
}

TEST_F(Retrying, HtmlForXmlIsTriedTwiceMore) {
  server_.on("/", text("<!DOCTYPE html><html>Down for maintenance</html>"));
  auto settings = quick();
  settings.retry.attempts = 10;
  const auto response = fetch({.url = server_.url(), .expect = Expect::xml}, settings);
  EXPECT_EQ(response.outcome, Outcome::wrong_body);
  EXPECT_EQ(response.attempts, 3U);
  EXPECT_EQ(response.error,
            host() +
                " sent an HTML page where XML was expected in 3 attempts (maintenance, or a check "
                "for robots?).");
}

TEST_F(Retrying, AnEmptyAnswerIsTriedAgain) {
  server_.script("/", {text(""), text("{}")});
  EXPECT_EQ(fetch({.url = server_.url(), .expect = Expect::json}).body, "{}");
}

TEST_F(Retrying, AUsedUpAccountIsFinal) {
  server_.on("/", status(429, R"({"error":{"code":"insufficient_quota"}})"));
  auto settings = quick();
  settings.politeness.final_markers = {"insufficient_quota"};
  const auto response = get("/", settings);
  EXPECT_EQ(response.outcome, Outcome::quota);
  EXPECT_EQ(response.attempts, 1U);
}

TEST_F(Retrying, TheServerMayForbidIt) {
  Reply reply = status(500);
  reply.headers = {{"x-should-retry", "false"}};
  server_.on("/", reply);
  EXPECT_EQ(get("/").attempts, 1U);
}

TEST_F(Retrying, TheWallTimeEndsIt) {
  server_.on("/", status(503));
  auto settings = quick();
  settings.retry.attempts = 1'000'000;
  settings.retry.wall = milliseconds(100);
  const auto start = Clock::now();
  EXPECT_EQ(get("/", settings).outcome, Outcome::server_error);
  EXPECT_LT(since(start), seconds(5));
}

TEST_F(Retrying, AWaitDoesNotHoldUpOthers) {
  Reply busy = status(503);
  busy.headers = {{"Retry-After", "60"}};
  server_.on("/busy", busy);
  server_.on("/", text("x"));
  const auto channel = client().open(quick());
  channel->submit({.url = server_.url("/busy")});
  ASSERT_TRUE(server_.wait_for_requests(1, seconds(20)));
  const auto other = channel->submit({.url = server_.url()});
  const auto finished = channel->wait_any(seconds(20));
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].ticket, other);
}

}  // namespace
}  // namespace gleaner::host::http
