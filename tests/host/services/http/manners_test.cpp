// Spacing and connections of a politeness group: inside a process and between processes.
#include <algorithm>
#include <array>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

/// A second process that fetches with the same limits; killed and reaped at the end.
class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), GLEANER_BINARY_DIR "/tests/http_client_child");
    std::vector<char*> argv;
    for (auto& argument : arguments)
      argv.push_back(argument.data());
    argv.push_back(nullptr);
    if (::posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) pid_ = -1;
  }
  ~Child() { kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  /// The exit code; -1 when it ended otherwise.
  int wait() {
    int status = -1;
    if (pid_ <= 0 || ::waitpid(pid_, &status, 0) != pid_) return -1;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
};

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

  [[nodiscard]] std::vector<std::string> child_arguments(milliseconds spacing, int connections, int count,
                                                         const std::string& path) const {
    return {(folder_ / "limits").string(), std::to_string(spacing.count()), std::to_string(connections),
            std::to_string(count), server_.url(path)};
  }

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
  Child child(child_arguments(interval, 0, 3, "/"));
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
  Child child(child_arguments(milliseconds(0), 1, 4, "/"));
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
  Child child(child_arguments(milliseconds(0), 1, 1, "/slow"));
  ASSERT_TRUE(server_.wait_for_requests(1, seconds(30)));
  const auto channel = client().open(polite(milliseconds(0), 1));
  channel->submit({.url = server_.url()});
  EXPECT_TRUE(channel->wait_any(milliseconds(200)).empty());
  child.kill();
  const auto finished = channel->wait_any(seconds(30));
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].response.outcome, Outcome::ok);
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
