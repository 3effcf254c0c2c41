#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Redirect : public HttpClient {};

TEST_F(Redirect, IsFollowed) {
  server_.on("/old", redirect_to("/new?x=1", 301));
  server_.on("/new", text("here"));
  const auto response = get("/old");
  EXPECT_EQ(response.outcome, Outcome::ok);
  EXPECT_EQ(response.body, "here");
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.effective_url, server_.url("/new?x=1"));
}

TEST_F(Redirect, FiveTimesButNotSix) {
  for (int i = 0; i < 6; ++i)
    server_.on("/" + std::to_string(i), redirect_to("/" + std::to_string(i + 1)));
  server_.on("/6", text("here"));
  EXPECT_EQ(get("/1").outcome, Outcome::ok);
  const auto response = get("/0");
  EXPECT_EQ(response.outcome, Outcome::forbidden_redirect);
  EXPECT_EQ(response.error, host() + " redirects too often; more than 5 times is not followed.");
}

TEST_F(Redirect, ALoopEnds) {
  server_.on("/loop", redirect_to("/loop"));
  const auto response = get("/loop");
  EXPECT_EQ(response.outcome, Outcome::forbidden_redirect);
  EXPECT_EQ(response.http_status, 302);
  EXPECT_EQ(server_.requests().size(), 6U);
  EXPECT_EQ(response.error, host() + " redirects too often; more than 5 times is not followed.");
}

TEST_F(Redirect, NeverToAFile) {
  server_.on("/", redirect_to("file:///etc/passwd"));
  const auto response = get("/");
  EXPECT_EQ(response.outcome, Outcome::forbidden_redirect);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.error,
            host() + " redirects to a file address, which is not followed: only http and https are.");
}

TEST_F(Redirect, NowhereIsAnError) {
  server_.on("/", status(302));
  EXPECT_EQ(get("/").error, host() + " redirects without saying where (HTTP 302).");
}

TEST_F(Redirect, KeysDoNotLeaveTheirOrigin) {
  LoopbackServer other;
  other.on("/", text("x"));
  server_.on("/away", redirect_to(other.url()));
  server_.on("/near", redirect_to("/here"));
  server_.on("/here", text("x"));
  const Headers headers{{"Authorization", "Bearer key"}, {"api-key", "key"}, {"Accept", "text/xml"}};
  fetch({.url = server_.url("/away"), .headers = headers});
  const auto away = other.requests().at(0);
  EXPECT_EQ(away.header("authorization"), std::nullopt);
  EXPECT_EQ(away.header("api-key"), std::nullopt);
  EXPECT_EQ(away.header("accept"), "text/xml");
  fetch({.url = server_.url("/near"), .headers = headers});
  EXPECT_EQ(server_.requests().at(2).header("api-key"), "key");
}

TEST_F(Redirect, IsNotFollowedWhereAPostWouldArriveAsAGet) {
  server_.on("/302", redirect_to("/target", 302));
  server_.on("/307", redirect_to("/target", 307));
  server_.on("/target", text("x"));
  const auto lost =
      fetch({.url = server_.url("/302"), .headers = {{"Content-Type", "text/plain"}}, .body = "hello"});
  EXPECT_EQ(lost.http_status, 302);
  EXPECT_EQ(lost.error, host() +
                            " redirects to another address, where what is sent would not arrive (HTTP 302); "
                            "give the new one.");
  fetch({.url = server_.url("/307"), .headers = {{"Content-Type", "text/plain"}}, .body = "hello"});
  const auto requests = server_.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[2].target, "/target");
  EXPECT_EQ(requests[2].method, "POST");
  EXPECT_EQ(requests[2].body, "hello");
}

TEST_F(Redirect, EachStepWaitsForTheInterval) {
  server_.on("/old", redirect_to("/new"));
  server_.on("/new", text("x"));
  auto settings = quick();
  settings.politeness.group = "arxiv";
  settings.politeness.interval = milliseconds(120);
  EXPECT_EQ(get("/old", settings).outcome, Outcome::ok);
  const auto requests = server_.requests();
  EXPECT_GE(requests.at(1).at - requests.at(0).at, milliseconds(60));
}

TEST_F(Redirect, ARetryBeginsAtTheFirstAddress) {
  server_.on("/old", redirect_to("/new"));
  server_.script("/new", {status(503), text("x")});
  const auto response = get("/old");
  EXPECT_EQ(response.outcome, Outcome::ok);
  EXPECT_EQ(response.attempts, 2U);
  EXPECT_EQ(server_.requests().at(2).target, "/old");
}

}  // namespace
}  // namespace gleaner::host::http
