// The proxy of the environment: which variable holds for what, and what is said when it does not work.
#include <map>

#include "tests/host/services/http/client_fixture.hpp"
#include "tests/host/services/http/tunnel.hpp"
#include "tests/support/tls_server.hpp"

namespace gleaner::host::http {
namespace {

class Proxy : public HttpClient {
 protected:
  Proxy() {
    for (const auto* name : {"no_proxy", "http_proxy", "https_proxy", "all_proxy"})
      ::unsetenv(name);
  }
  ~Proxy() override {
    for (const auto* name : {"http_proxy", "https_proxy", "all_proxy"})
      ::unsetenv(name);
  }

  static ChannelSettings once() {
    auto settings = quick();
    settings.retry.attempts = 1;
    return settings;
  }

  static void use(const char* variable, const std::string& value) { ::setenv(variable, value.c_str(), 1); }
  static std::string nobody() { return "http://127.0.0.1:" + std::to_string(test::closed_port()); }
};

TEST_F(Proxy, HttpGoesThroughHttpProxy) {
  use("http_proxy", server_.url(""));
  server_.on("http://feeds.invalid/rss", text("by proxy"));
  EXPECT_EQ(fetch({.url = "http://feeds.invalid/rss"}).body, "by proxy");
}

TEST_F(Proxy, AllProxyHoldsForWhatHasNoneOfItsOwn) {
  use("all_proxy", server_.url(""));
  server_.on("http://feeds.invalid/rss", text("by proxy"));
  EXPECT_EQ(fetch({.url = "http://feeds.invalid/rss"}).body, "by proxy");
}

TEST_F(Proxy, NoProxyNamesExceptions) {
  use("http_proxy", nobody());
  use("no_proxy", "localhost,127.0.0.1");
  server_.on("/", text("directly"));
  EXPECT_EQ(get("/").body, "directly");
}

TEST_F(Proxy, HttpsGoesThroughATunnelAndIsVerifiedAllTheSame) {
  test::TlsServer tls(folder_);
  tls.put("page", "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
  if (!tls.start()) GTEST_SKIP() << "there is no openssl command here";
  const test::Tunnel tunnel(static_cast<std::uint16_t>(std::stoi(tls.port())));
  use("https_proxy", tunnel.url());
  auto settings = client_settings();
  settings.ca_file = tls.authority();
  Client trusting(settings);
  const auto channel = trusting.open(once());
  const auto ask = [&channel](const std::string& url) {
    channel->submit({.url = url});
    return channel->wait_any(seconds(30)).at(0).response;
  };
  EXPECT_EQ(ask(tls.url("/page")).body, "secret");
  EXPECT_EQ(ask("https://feeds.invalid/page").error,
            "Could not reach feeds.invalid: its certificate is for another name.");
  EXPECT_EQ(tunnel.asked(), (std::vector<std::string>{"CONNECT " + tls.host() + " HTTP/1.1",
                                                      "CONNECT feeds.invalid:443 HTTP/1.1"}));
}

TEST_F(Proxy, ARefusedTunnelIsSaid) {
  const test::Tunnel tunnel(0, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  use("https_proxy", tunnel.url());
  const auto response = fetch({.url = "https://feeds.invalid/rss"});
  EXPECT_EQ(response.outcome, Outcome::unreachable);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.error,
            "Could not reach feeds.invalid: the proxy refused to connect (check the variables http_proxy and "
            "https_proxy).");
}

TEST_F(Proxy, MissingCredentialsAreARefusalToo) {
  server_.on("http://feeds.invalid/rss", status(407));
  use("http_proxy", server_.url(""));
  EXPECT_EQ(fetch({.url = "http://feeds.invalid/rss"}).error,
            "Could not reach feeds.invalid: the proxy refused to connect (check the variables http_proxy and "
            "https_proxy).");
}

TEST_F(Proxy, NobodyAtTheProxysAddress) {
  use("http_proxy", nobody());
  use("https_proxy", nobody());
  for (const auto* url : {"http://feeds.invalid/rss", "https://feeds.invalid/rss"}) {
    const auto response = fetch({.url = url}, once());
    EXPECT_EQ(response.outcome, Outcome::unreachable);
    EXPECT_EQ(
        response.error,
        "Could not reach feeds.invalid: nothing answers at the address of the proxy (check the variables "
        "http_proxy and https_proxy).");
  }
}

TEST_F(Proxy, ARefusalThatIsNotTheProxysIsNotBlamedOnIt) {
  use("http_proxy", server_.url(""));
  use("no_proxy", "127.0.0.1");
  const auto url = nobody();
  EXPECT_EQ(fetch({.url = url}, once()).error,
            "Could not reach " + url.substr(7) + ": the connection was refused (is the server running?).");
}

TEST_F(Proxy, AProxyWithoutAnAddress) {
  use("http_proxy", "http://proxy.invalid:8080");
  EXPECT_EQ(
      fetch({.url = server_.url()}, once()).error,
      "Could not reach " + host() +
          ": the name of the proxy could not be looked up (check the variables http_proxy and https_proxy).");
}

}  // namespace
}  // namespace gleaner::host::http
