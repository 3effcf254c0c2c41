// Spacing and connections of a politeness group: inside a process and between processes.
#include <algorithm>
#include <list>

#include "tests/host/services/http/client_fixture.hpp"
#include "tests/host/services/http/other_process.hpp"
#include "tests/host/services/http/strict_server.hpp"

namespace gleaner::host::http {
namespace {

using test::OtherProcess;
using test::StrictServer;

class Manners : public HttpClient {
 protected:
  static constexpr milliseconds interval{120};
  // A start is noted a moment before its bytes arrive at the server, so arrivals may lie a little closer.
  static constexpr milliseconds least = interval / 2;

  static ChannelSettings polite(milliseconds spacing, unsigned connections) {
    auto settings = quick();
    settings.politeness.group = "arxiv";
    settings.politeness.interval = spacing;
    settings.politeness.connections = connections;
    return settings;
  }

  [[nodiscard]] std::filesystem::path limits() const { return folder_ / "limits"; }

  void fetch_all(ChannelSettings settings, int count, const std::string& path) {
    const auto channel = client().open(std::move(settings));
    for (int i = 0; i < count; ++i)
      channel->submit({.url = server_.url(path)});
    while (channel->in_flight() > 0) {
      for (const auto& done : channel->wait_any(seconds(60)))
        EXPECT_EQ(done.response.outcome, Outcome::ok);
    }
  }

  void expect_spacing(std::size_t count) const {
    auto requests = server_.requests();
    ASSERT_EQ(requests.size(), count);
    std::ranges::sort(requests, {}, &test::Recorded::at);
    for (std::size_t i = 1; i < count; ++i)
      EXPECT_GE(requests[i].at - requests[i - 1].at, least) << i;
    EXPECT_GE(requests.back().at - requests.front().at, (count - 1) * interval - least);
  }
};

TEST_F(Manners, RequestsOfAGroupKeepTheInterval) {
  server_.on("/", text("x"));
  fetch_all(polite(interval, 0), 4, "/");
  expect_spacing(4);
}

TEST_F(Manners, TwoChannelsOfAGroupKeepItTogether) {
  server_.on("/", text("x"));
  const auto one = client().open(polite(interval, 0));
  const auto two = client().open(polite(interval, 0));
  for (int i = 0; i < 2; ++i) {
    one->submit({.url = server_.url()});
    two->submit({.url = server_.url()});
  }
  for (const auto* channel : {one.get(), two.get()}) {
    while (channel->in_flight() > 0)
      (void)const_cast<Channel*>(channel)->wait_any(seconds(60));
  }
  expect_spacing(4);
}

TEST_F(Manners, TwoProcessesOfAGroupKeepItTogether) {
  server_.on("/", text("x"));
  OtherProcess child(limits(), interval, 0, 3, server_.url("/"));
  fetch_all(polite(interval, 0), 3, "/");
  EXPECT_EQ(child.wait(), 0);
  expect_spacing(6);
}

TEST_F(Manners, NoMoreConnectionsThanDeclared) {
  Reply reply = text("x");
  reply.delay = milliseconds(40);
  server_.on("/", reply);
  fetch_all(polite(milliseconds(0), 2), 6, "/");
  EXPECT_EQ(server_.most_at_once(), 2U);
}

TEST_F(Manners, TwoProcessesShareTheConnections) {
  Reply reply = text("x");
  reply.delay = milliseconds(40);
  server_.on("/", reply);
  OtherProcess child(limits(), milliseconds(0), 1, 4, server_.url("/"));
  fetch_all(polite(milliseconds(0), 1), 4, "/");
  EXPECT_EQ(child.wait(), 0);
  EXPECT_EQ(server_.requests().size(), 8U);
  EXPECT_EQ(server_.most_at_once(), 1U);
}

TEST_F(Manners, AKilledProcessLeavesNoLimitBehind) {
  Reply slow = text("x");
  slow.delay = seconds(60);
  server_.on("/slow", slow);
  server_.on("/", text("x"));
  OtherProcess child(limits(), milliseconds(0), 1, 1, server_.url("/slow"));
  ASSERT_TRUE(server_.wait_for_requests(1, seconds(30)));
  const auto channel = client().open(polite(milliseconds(0), 1));
  channel->submit({.url = server_.url()});
  EXPECT_TRUE(channel->wait_any(milliseconds(200)).empty());
  child.kill();
  const auto finished = channel->wait_any(seconds(30));
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].response.outcome, Outcome::ok);
}

TEST_F(Manners, ThreeProcessesAreOneGuest) {
  constexpr int processes = 3;
  constexpr int each = 4;
  const StrictServer server(milliseconds(10));
  std::list<OtherProcess> others;
  for (int i = 0; i < processes; ++i)
    others.emplace_back(limits(), milliseconds(60), 1, each, server.url());
  for (auto& other : others)
    EXPECT_EQ(other.wait(), 0);
  const auto seen = server.seen();
  ASSERT_EQ(seen.arrivals.size(), std::size_t{processes * each});
  EXPECT_EQ(seen.most_connections, 1U);
  EXPECT_EQ(seen.most_requests, 1U);
  for (std::size_t i = 1; i < seen.arrivals.size(); ++i)
    EXPECT_GE(seen.arrivals[i] - seen.arrivals[i - 1], milliseconds(45)) << i;
  EXPECT_GE(seen.arrivals.back() - seen.arrivals.front(), (processes * each - 1) * milliseconds(59));
}

TEST_F(Manners, OneConnectionMeansNoIdleOneBesideIt) {
  const StrictServer server(milliseconds(0));
  for (int i = 0; i < 2; ++i) {
    const auto channel = client().open(polite(milliseconds(0), 1));
    channel->submit({.url = server.url()});
    ASSERT_EQ(channel->wait_any(seconds(30)).size(), 1U);
    OtherProcess other(limits(), milliseconds(0), 1, 2, server.url());
    EXPECT_EQ(other.wait(), 0);
  }
  EXPECT_EQ(server.seen().arrivals.size(), 6U);
  EXPECT_EQ(server.seen().most_connections, 1U);
}

TEST_F(Manners, WithoutALimitOneConnectionServesAll) {
  const StrictServer server(milliseconds(0));
  const auto channel = client().open(quick());
  for (int i = 0; i < 5; ++i) {
    channel->submit({.url = server.url()});
    ASSERT_EQ(channel->wait_any(seconds(30)).size(), 1U);
  }
  EXPECT_EQ(server.seen().arrivals.size(), 5U);
  EXPECT_EQ(server.seen().accepted, 1U);
}

TEST_F(Manners, SeveralConnectionsAreKept) {
  const StrictServer server(milliseconds(20));
  for (int round = 0; round < 3; ++round) {
    const auto channel = client().open(polite(milliseconds(0), 3));
    for (int i = 0; i < 6; ++i)
      channel->submit({.url = server.url()});
    while (channel->in_flight() > 0)
      (void)channel->wait_any(seconds(30));
  }
  EXPECT_EQ(server.seen().arrivals.size(), 18U);
  EXPECT_LE(server.seen().accepted, 3U);
}

TEST_F(Manners, AThrottledGroupRestsAsAWhole) {
  Reply busy = status(429);
  busy.headers = {{"Retry-After-Ms", "400"}};
  server_.script("/busy", {busy, text("x")});
  server_.on("/", text("x"));
  const auto channel = client().open(polite(milliseconds(1), 1));
  channel->submit({.url = server_.url("/busy")});
  channel->submit({.url = server_.url("/")});
  while (channel->in_flight() > 0)
    (void)channel->wait_any(seconds(30));
  const auto requests = server_.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_GE(requests[1].at - requests[0].at, milliseconds(390));
}

TEST_F(Manners, AnotherGroupIsNotHeldUp) {
  server_.on("/", text("x"));
  EXPECT_EQ(get("/", polite(seconds(60), 0)).outcome, Outcome::ok);
  auto other = polite(seconds(60), 0);
  other.politeness.group = "crossref";
  const auto start = Clock::now();
  EXPECT_EQ(get("/", other).outcome, Outcome::ok);
  EXPECT_LT(since(start), seconds(20));
}

}  // namespace
}  // namespace gleaner::host::http
