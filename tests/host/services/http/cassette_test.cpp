// A run recorded and run again: the same answers, no network, no secrets.
#include <thread>

#include "tests/host/services/http/cassette_fixture.hpp"
#include "tests/host/services/http/memory_book.hpp"

namespace gleaner::host::http {
namespace {

TEST_F(Recording, GivesTheSameAnswersWithoutANetwork) {
  Reply binary = text(std::string("\0\xff\x80 not UTF-8\r\n", 16));
  binary.headers = {{"X-Latin", "caf\xe9"}, {"X-Quote", "a \"b\" \\"}};
  Reply busy = status(429, "slow down");
  busy.headers = {{"Retry-After", "3600"}};
  server_.on("/binary", binary);
  server_.on("/old", redirect_to("/binary"));
  server_.on("/404", status(404, "nothing"));
  server_.on("/429", busy);
  server_.on("/304", status(304));
  server_.on("/html", text("<html>"));
  server_.on("/empty", status(204));
  const std::vector<Request> requests{{.url = server_.url("/binary")},
                                      {.url = server_.url("/old")},
                                      {.url = server_.url("/404")},
                                      {.url = server_.url("/429")},
                                      {.url = server_.url("/304"), .headers = {{"If-None-Match", "1"}}},
                                      {.url = server_.url("/html"), .expect = Expect::xml},
                                      {.url = server_.url("/empty"), .body = "posted"},
                                      {.url = "http://127.0.0.1:" + std::to_string(test::closed_port())}};
  std::vector<Response> recorded;
  {
    const auto client = recorder();
    for (const auto& request : requests)
      recorded.push_back(ask(*client, request));
    EXPECT_EQ(client->record_problem(), "");
  }
  const auto asked = server_.requests().size();
  const auto client = player();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    SCOPED_TRACE(requests[i].url);
    expect_same(recorded[i], ask(*client, requests[i]));
  }
  EXPECT_EQ(server_.requests().size(), asked);
}

TEST_F(Recording, WhatIsNotOnItIsSaid) {
  server_.on("/a", text("x"));
  ask(*recorder(), {.url = server_.url("/a")});
  const auto client = player();
  EXPECT_EQ(ask(*client, {.url = server_.url("/b?api_key=hunter2&page=2")}).error,
            "GET " + server_.url("/b?api_key=***&page=2") + " is not on the cassette " + cassette().string() +
                "; record it again with --record.");
  EXPECT_EQ(ask(*client, {.url = server_.url("/a")}).outcome, Outcome::ok);
  const auto again = ask(*client, {.url = server_.url("/a")});
  EXPECT_EQ(again.outcome, Outcome::bad_request);
  EXPECT_EQ(again.error, "GET " + server_.url("/a") + " (asked 2 times) is not on the cassette " +
                             cassette().string() + "; record it again with --record.");
  EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(Recording, TheSameRequestSeveralTimesKeepsItsOrder) {
  server_.script("/", {text("1"), text("2"), status(404)});
  const auto client = recorder();
  for (int i = 0; i < 3; ++i)
    ask(*client, {.url = server_.url()});
  const auto again = player();
  EXPECT_EQ(ask(*again, {.url = server_.url()}).body, "1");
  EXPECT_EQ(ask(*again, {.url = server_.url()}).body, "2");
  EXPECT_EQ(ask(*again, {.url = server_.url()}).outcome, Outcome::not_found);
}

TEST_F(Recording, ARecordingReplacesAnEarlierOneOfTheSameRequest) {
  server_.script("/", {text("1"), text("2"), text("3")});
  {
    const auto client = recorder();
    ask(*client, {.url = server_.url()});
    ask(*client, {.url = server_.url()});
  }
  ask(*recorder(), {.url = server_.url()});
  EXPECT_EQ(files(), 2U);
  const auto client = player();
  EXPECT_EQ(ask(*client, {.url = server_.url()}).body, "3");
  EXPECT_EQ(ask(*client, {.url = server_.url()}).outcome, Outcome::bad_request);
}

TEST_F(Recording, ThreadsDoNotMatter) {
  constexpr int pages = 64;
  for (int i = 0; i < pages; ++i)
    server_.on("/?page=" + std::to_string(i), text("page " + std::to_string(i)));
  const auto fetch_all = [&](Client& client, int threads) {
    std::vector<std::string> bodies(pages);
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        for (int i = t; i < pages; i += threads)
          bodies[static_cast<std::size_t>(i)] =
              ask(client, {.url = server_.url("/?page=" + std::to_string(i))}).body;
      });
    }
    for (auto& worker : workers)
      worker.join();
    return bodies;
  };
  const auto recorded = fetch_all(*recorder(), 16);
  EXPECT_EQ(recorded[63], "page 63");
  EXPECT_EQ(fetch_all(*player(), 1), recorded);
  EXPECT_EQ(fetch_all(*player(), 16), recorded);
}

TEST_F(Recording, HoldsNoSecret) {
  Reply reply = text("you are hunter2");
  reply.headers = {{"Set-Cookie", "id=cookie7"},
                   {"X-Api-Key", "given77"},
                   {"X-Echo", "hunter2"},
                   {"X-RateLimit-Remaining-Tokens", "12"}};
  server_.on("/", reply);
  server_.on("/login", text(R"({"user":"me","token":"fresh-token-77"})"));
  const auto client = recorder();
  const auto url = "http://user:pass77@" + host() + "/?api_key=query77&q=hunter2";
  const Headers headers{{"Authorization", "Bearer bearer77"},
                        {"Cookie", "c=cookie8"},
                        {"X-Secret", "header77"},
                        {"Accept", "text/plain"}};
  const auto live = ask(*client, {.url = url, .headers = headers});
  EXPECT_EQ(live.body, "you are hunter2");  // the run itself gets everything
  ask(*client, {.url = server_.url("/login"), .body = R"({"password":"hunter2"})"});

  const auto all = everything();
  for (const auto* secret : {"hunter2", "pass77", "query77", "bearer77", "cookie7", "cookie8", "header77",
                             "given77", "fresh-token-77"})
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  EXPECT_NE(all.find(R"("accept":"text/plain")"), std::string::npos);
  EXPECT_NE(all.find("x-ratelimit-remaining-tokens"), std::string::npos);

  // Another key asks the same questions.
  const auto again = player();
  const auto other = "http://user:other@" + host() + "/?api_key=other&q=hunter2";
  const auto replayed = ask(*again, {.url = other,
                                     .headers = {{"Authorization", "other"},
                                                 {"Cookie", "other"},
                                                 {"X-Secret", "other"},
                                                 {"Accept", "text/plain"}}});
  EXPECT_EQ(replayed.body, "you are ***");
  EXPECT_EQ(replayed.effective_url, other);
}

TEST_F(Recording, AnswersFromTheStoreAreOnItToo) {
  MemoryBook book;
  auto settings = quick();
  settings.answers = &book;
  Reply tagged = text("whole");
  tagged.headers = {{"ETag", "1"}};
  server_.script("/confirmed", {tagged, status(304)});
  server_.on("/received", text("received"));
  ask(client(), {.url = server_.url("/confirmed")}, settings);
  book.next_run();
  ask(client(), {.url = server_.url("/received")}, settings);
  book.next_try();
  {
    const auto client = recorder();
    EXPECT_TRUE(ask(*client, {.url = server_.url("/confirmed")}, settings).from_cache);
    EXPECT_TRUE(ask(*client, {.url = server_.url("/received")}, settings).from_cache);
  }
  // Whoever plays it may have another state or none.
  const auto client = player();
  EXPECT_EQ(ask(*client, {.url = server_.url("/confirmed")}).body, "whole");
  EXPECT_EQ(ask(*client, {.url = server_.url("/received")}).body, "received");
}

TEST_F(Recording, AReplayNeitherAsksNorFillsTheStore) {
  server_.on("/", text("recorded"));
  ask(*recorder(), {.url = server_.url()});
  MemoryBook book;
  auto settings = quick();
  settings.answers = &book;
  EXPECT_EQ(ask(*player(), {.url = server_.url()}, settings).body, "recorded");
  EXPECT_TRUE(book.kept_received().empty());
}

TEST_F(Recording, WhatWasCancelledIsNoAnswer) {
  Reply slow = text("late");
  slow.delay = seconds(60);
  server_.on("/", slow);
  {
    const auto client = recorder();
    const auto channel = client->open(quick());
    channel->submit({.url = server_.url()});
    EXPECT_TRUE(channel->wait_any(milliseconds(20)).empty());
  }
  EXPECT_EQ(files(), 0U);
}

}  // namespace
}  // namespace gleaner::host::http
