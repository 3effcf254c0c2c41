// A component is held to the servers it declares: by request and by redirect, and nothing arrives at others.
#include "host/services/http/reach.hpp"
#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Declared : public HttpClient {
 protected:
  /// Settings of a component called `news` in its pipeline, that may ask `server`.
  static ChannelSettings may_ask(std::string_view server) {
    ChannelSettings settings = quick();
    settings.component = "news";
    settings.reach = std::make_shared<Reach>("words");
    settings.reach->allow(server);
    return settings;
  }
  LoopbackServer other_;
};

TEST_F(Declared, AServerIsAsked) {
  server_.on("/", text("here"));
  EXPECT_EQ(get("/", may_ask("127.0.0.1")).body, "here");
}

TEST_F(Declared, AnotherIsRefusedAndHearsNothing) {
  const auto response = get("/private?key=hunter2", may_ask("example.org"));
  EXPECT_EQ(response.outcome, Outcome::denied);
  EXPECT_EQ(response.http_status, 0);
  EXPECT_EQ(response.attempts, 0U);
  EXPECT_EQ(response.error,
            "news asked for " + server_.url("/private?key=…") +
                ", which it does not declare; gleaner describe words lists the servers it may ask.");
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(Declared, ARedirectToAnotherIsRefusedAndItHearsNothing) {
  server_.on("/", redirect_to(other_.url("/there")));
  const auto response = get("/", may_ask(host()));
  EXPECT_EQ(response.outcome, Outcome::denied);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.error,
            host() + " redirects news to " + other_.url("/there") +
                ", which it does not declare; gleaner describe words lists the servers it may ask.");
  EXPECT_EQ(server_.requests().size(), 1U) << "it is not tried again either";
  EXPECT_TRUE(other_.requests().empty());
}

TEST_F(Declared, EachOfSeveralRedirectsIsLookedAt) {
  server_.on("/", redirect_to("/two"));
  server_.on("/two", redirect_to(other_.url("/")));
  EXPECT_EQ(get("/", may_ask(host())).outcome, Outcome::denied);
  EXPECT_TRUE(other_.requests().empty());
}

TEST_F(Declared, ARedirectToADeclaredOneIsFollowed) {
  other_.on("/there", text("there"));
  server_.on("/", redirect_to(other_.url("/there")));
  EXPECT_EQ(get("/", may_ask("127.0.0.1")).body, "there");
}

TEST_F(Declared, AReplayRefusesTheSame) {
  auto settings = client_settings();
  settings.replay = folder_ / "cassette";
  std::filesystem::create_directories(settings.replay);
  Client player(std::move(settings));
  const auto channel = player.open(may_ask("example.org"));
  channel->submit({.url = server_.url("/")});
  const auto finished = channel->wait_any(seconds(30));
  ASSERT_EQ(finished.size(), 1U);
  EXPECT_EQ(finished[0].response.outcome, Outcome::denied);
}

}  // namespace
}  // namespace gleaner::host::http
