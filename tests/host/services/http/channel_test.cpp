// Many requests from one thread, and giving them up.
#include <atomic>
#include <set>
#include <thread>

#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class ChannelOf : public HttpClient {
 protected:
  ChannelOf() {
    Reply slow = text("slow");
    slow.delay = seconds(60);
    server_.on("/slow", slow);
    server_.on("/", text("x"));
  }
};

TEST_F(ChannelOf, ThirtyTwoRequestsTakeOneLatency) {
  constexpr milliseconds latency(400);
  Reply reply = text("x");
  reply.delay = latency;
  server_.on("/llm", reply);
  const auto channel = client().open(quick());
  const auto start = Clock::now();
  std::set<Ticket> tickets;
  for (int i = 0; i < 32; ++i)
    tickets.insert(channel->submit({.url = server_.url("/llm"), .body = "{}"}));
  EXPECT_EQ(tickets.size(), 32U);
  EXPECT_EQ(channel->in_flight(), 32U);
  while (channel->in_flight() > 0) {
    for (const auto& [ticket, response] : channel->wait_any(seconds(30))) {
      EXPECT_EQ(response.outcome, Outcome::ok);
      EXPECT_EQ(tickets.erase(ticket), 1U);
    }
  }
  EXPECT_TRUE(tickets.empty());
  EXPECT_LT(since(start), 4 * latency);
  EXPECT_EQ(server_.most_at_once(), 32U);
}

TEST_F(ChannelOf, NothingInFlightReturnsAtOnce) {
  const auto channel = client().open(quick());
  const auto start = Clock::now();
  EXPECT_TRUE(channel->wait_any(seconds(60)).empty());
  EXPECT_LT(since(start), seconds(5));
}

TEST_F(ChannelOf, WaitingEndsAfterTheTimeout) {
  const auto channel = client().open(quick());
  channel->submit({.url = server_.url("/slow")});
  EXPECT_TRUE(channel->wait_any(milliseconds(30)).empty());
  EXPECT_EQ(channel->in_flight(), 1U);
}

TEST_F(ChannelOf, ACancelledTicketDoesNotComeBack) {
  const auto channel = client().open(quick());
  const auto slow = channel->submit({.url = server_.url("/slow")});
  const auto quick_one = channel->submit({.url = server_.url("/")});
  channel->cancel(slow);
  channel->cancel(Ticket{123456});
  const auto finished = channel->wait_any(seconds(30));
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].ticket, quick_one);
  EXPECT_EQ(channel->in_flight(), 0U);
  EXPECT_TRUE(channel->wait_any(seconds(30)).empty());
}

TEST_F(ChannelOf, AFinishedTicketCanStillBeCancelled) {
  const auto channel = client().open(quick());
  const auto invalid = channel->submit({.url = "nonsense"});  // comes back without the network
  channel->cancel(invalid);
  EXPECT_TRUE(channel->wait_any(seconds(30)).empty());
}

TEST_F(ChannelOf, TheFlagGivesEverythingUp) {
  const auto channel = client().open(quick());
  for (int i = 0; i < 3; ++i)
    channel->submit({.url = server_.url("/slow")});
  std::atomic<bool> stop = false;
  std::thread interrupt([&] {
    EXPECT_TRUE(server_.wait_for_requests(3, seconds(20)));
    stop = true;
  });
  const auto start = Clock::now();
  std::size_t cancelled = 0;
  while (channel->in_flight() > 0) {
    for (const auto& [ticket, response] : channel->wait_any(seconds(60), [&stop] { return stop.load(); })) {
      EXPECT_EQ(response.outcome, Outcome::cancelled);
      EXPECT_EQ(response.error, "The request to " + host() + " was cancelled.");
      ++cancelled;
    }
  }
  interrupt.join();
  EXPECT_EQ(cancelled, 3U);
  EXPECT_LT(since(start), seconds(10));
}

TEST_F(ChannelOf, ARequestThatWaitsItsTurnIsGivenUpToo) {
  auto settings = quick();
  settings.politeness.group = "arxiv";
  settings.politeness.interval = seconds(60);
  EXPECT_EQ(get("/", settings).outcome, Outcome::ok);
  const auto channel = client().open(settings);
  channel->submit({.url = server_.url()});
  const auto finished = channel->wait_any(seconds(60), [] { return true; });
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].response.outcome, Outcome::cancelled);
  EXPECT_EQ(finished[0].response.attempts, 0U);
}

TEST_F(ChannelOf, LeavingWithRequestsInFlightIsClean) {
  const auto start = Clock::now();
  {
    Client short_lived(client_settings());
    const auto one = short_lived.open(quick());
    const auto two = short_lived.open(quick());
    for (int i = 0; i < 8; ++i) {
      one->submit({.url = server_.url("/slow")});
      two->submit({.url = server_.url("/")});
    }
  }
  EXPECT_LT(since(start), seconds(10));
}

TEST_F(ChannelOf, ChannelsOfSeveralThreadsAreIndependent) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  auto& shared = client();
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      const auto channel = shared.open(quick());
      for (int i = 0; i < 10; ++i)
        channel->submit({.url = server_.url()});
      while (channel->in_flight() > 0) {
        for (const auto& done : channel->wait_any(seconds(30)))
          good += done.response.outcome == Outcome::ok ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(good, 40);
}

TEST_F(ChannelOf, ALookUpThatHangsDoesNotHoldUpTheEnd) {
  const auto start = Clock::now();
  {
    Client short_lived(client_settings());
    const auto channel = short_lived.open(quick());
    channel->submit({.url = "http://rss.arxiv.invalid/"});
  }
  EXPECT_LT(since(start), seconds(10));
}

}  // namespace
}  // namespace gleaner::host::http
