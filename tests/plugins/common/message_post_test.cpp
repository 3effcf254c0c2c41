// What an answer says about whether the message is there: over the host's own HTTP client.
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/common/message/post.hpp"
#include "tests/plugins/common/posting_web.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::message {
namespace {

namespace kit = gleaner::testkit;
using test::LoopbackServer;

/// Posts to `url` at every delivery.
struct Poster : Output<> {
  static constexpr auto about = gleaner::about("poster", "Posts").needs_host("127.0.0.1", "tests").remote();
  inline static std::string url;
  inline static std::optional<Fate> fate;
  void deliver(const Digest& digest) const {
    fate.reset();
    const Response response = post_json(host, digest.call(), url, R"({"a":1})", {{"X-Key", "v"}});
    fate = fate_of(response);
    if (fate != Fate::taken) fail(response);
  }
};

struct Posted {
  std::optional<Fate> fate;
  kit::Outcome error;
};

Posted post_to(const std::string& url) {
  kit::FakeHost host;
  const test::PostingWeb web(host, std::chrono::milliseconds(300));
  Poster::url = url;
  auto output = kit::make<Poster>(host);
  const auto error = output.deliver(kit::DigestPage{}).error;
  return {Poster::fate, error};
}

TEST(MessagePost, SendsJsonOnce) {
  LoopbackServer server;
  server.on("/hook", {.body = "ok"});
  const auto posted = post_to(server.url("/hook"));
  EXPECT_EQ(posted.fate, Fate::taken);
  ASSERT_EQ(server.requests().size(), 1U);
  const auto request = server.requests()[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, R"({"a":1})");
  EXPECT_EQ(request.header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(request.header("x-key"), "v");
}

TEST(MessagePost, WhatIsRefusedIsSurelyNotThere) {
  for (const int status : {400, 401, 403, 404, 409, 410, 413, 422, 429, 503}) {
    LoopbackServer server;
    server.on("/hook", {.status = status, .body = "no"});
    const auto posted = post_to(server.url("/hook"));
    EXPECT_EQ(posted.fate, Fate::refused) << status;
    EXPECT_NE(posted.error.message.find("(HTTP " + std::to_string(status) + ")"), std::string::npos)
        << posted.error.message;
    EXPECT_EQ(posted.error.message.find("/hook"), std::string::npos) << posted.error.message;
  }
}

TEST(MessagePost, ErrorsOfTheServersOwnLeaveItOpenAndAreNotTriedTwice) {
  for (const int status : {500, 502, 504}) {
    LoopbackServer server;
    server.on("/hook", {.status = status});
    EXPECT_EQ(post_to(server.url("/hook")).fate, Fate::unknown) << status;
    EXPECT_EQ(server.requests().size(), 1U) << status;
  }
}

TEST(MessagePost, ABrokenConnectionOrSilenceLeavesItOpenAndIsNotTriedTwice) {
  for (const auto ending : {test::Ending::reset_at_once, test::Ending::close_at_once}) {
    LoopbackServer server;
    server.on("/hook", {.ending = ending});
    const auto posted = post_to(server.url("/hook"));
    EXPECT_EQ(posted.fate, Fate::unknown) << posted.error.message;
    EXPECT_EQ(server.requests().size(), 1U);
  }
  LoopbackServer server;
  server.on("/hook", {.delay = std::chrono::milliseconds(1000)});
  const auto posted = post_to(server.url("/hook"));
  EXPECT_EQ(posted.fate, Fate::unknown);
  EXPECT_EQ(posted.error.status, GLEANER_TIMED_OUT);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(MessagePost, WithoutAConnectionNothingWasSent) {
  const auto posted = post_to("http://127.0.0.1:" + std::to_string(test::closed_port()) + "/hook");
  EXPECT_EQ(posted.fate, Fate::refused) << posted.error.message;
  EXPECT_EQ(posted.error.status, GLEANER_UNREACHABLE);
}

TEST(MessagePost, ALimitIsWaitedForAndTheMessageTakenOnce) {
  LoopbackServer server;
  server.script("/hook", {{.status = 429, .headers = {{"Retry-After", "1"}}}, {.body = "ok"}});
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(post_to(server.url("/hook")).fate, Fate::taken);
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(950));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST(MessagePost, ARedirectIsNoDelivery) {
  LoopbackServer server;
  server.on("/hook", {.status = 301, .headers = {{"Location", "/landing"}}});
  server.on("/landing", {.body = "welcome"});
  EXPECT_EQ(post_to(server.url("/hook")).fate, Fate::refused);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(MessagePost, NamesTheServerWithoutTheRest) {
  EXPECT_EQ(server_of("https://user:pw@hooks.example.org:8443/a/b?c"), "hooks.example.org");
  EXPECT_EQ(server_of("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(server_of("no address"), "");
}

}  // namespace
}  // namespace gleaner::message
