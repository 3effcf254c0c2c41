// Trust: against a server of the openssl command with a certificate of its own. Skipped where there is no
// openssl.
#include "tests/host/services/http/client_fixture.hpp"
#include "tests/support/tls_server.hpp"

namespace gleaner::host::http {
namespace {

using test::Certificate;

class Tls : public HttpClient {
 protected:
  void start(Certificate certificate = Certificate::good) {
    tls_.put("page", "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
    tls_.put("down", "HTTP/1.0 302 Found\r\nLocation: " + server_.url() + "\r\n\r\n");
    started_ = tls_.start(certificate);
  }

  /// A client that trusts what `settings` say.
  Response fetch_with(const ClientSettings& settings, const std::string& path) {
    Client client(settings);
    const auto channel = client.open(quick());
    channel->submit({.url = tls_.url(path)});
    auto finished = channel->wait_any(seconds(30));
    EXPECT_EQ(finished.size(), 1U);
    return finished.empty() ? Response{} : std::move(finished[0].response);
  }

  ClientSettings trusting() {
    auto settings = client_settings();
    settings.ca_file = tls_.authority();
    return settings;
  }

  [[nodiscard]] std::string unreachable(const std::string& why) const {
    return "Could not reach " + tls_.host() + ": " + why + ".";
  }

  test::TlsServer tls_{folder_};
  bool started_ = false;
};

#define START_OR_SKIP(...) \
  start(__VA_ARGS__);      \
  if (!started_) GTEST_SKIP() << "there is no openssl command here"

TEST_F(Tls, AnUnknownAuthorityIsNotTrusted) {
  START_OR_SKIP();
  const auto response = fetch_with(client_settings(), "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(
      response.error,
      unreachable("its certificate could not be verified (SSL_CERT_FILE may name an authority of your own)"));
}

TEST_F(Tls, ACertificateThatHasExpired) {
  START_OR_SKIP(Certificate::expired);
  const auto response = fetch_with(trusting(), "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.error, unreachable("its certificate has expired (is the clock of this machine right?)"));
}

TEST_F(Tls, ACertificateOfTheFuture) {
  START_OR_SKIP(Certificate::not_yet);
  const auto response = fetch_with(trusting(), "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.error,
            unreachable("its certificate is not valid yet (is the clock of this machine right?)"));
}

TEST_F(Tls, ACertificateForAnotherName) {
  START_OR_SKIP(Certificate::other_name);
  const auto response = fetch_with(trusting(), "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.error, unreachable("its certificate is for another name"));
}

TEST_F(Tls, SslCertFileNamesAnAuthority) {
  START_OR_SKIP();
  ::setenv("SSL_CERT_FILE", tls_.authority().c_str(), 1);
  const auto settings = ClientSettings::from_environment();
  ::unsetenv("SSL_CERT_FILE");
  const auto response = fetch_with(settings, "/page");
  EXPECT_EQ(response.outcome, Outcome::ok) << response.error;
  EXPECT_EQ(response.body, "secret");
}

TEST_F(Tls, AMissingSslCertFileIsSaid) {
  START_OR_SKIP();
  auto settings = client_settings();
  settings.ca_file = (folder_ / "missing.pem").string();
  const auto response = fetch_with(settings, "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.error,
            unreachable("the certificates named by SSL_CERT_FILE or SSL_CERT_DIR could not be read"));
}

TEST_F(Tls, ARedirectToHttpIsNotFollowed) {
  START_OR_SKIP();
  server_.on("/", text("eavesdropped"));
  const auto response = fetch_with(trusting(), "/down");
  EXPECT_EQ(response.outcome, Outcome::forbidden_redirect);
  EXPECT_EQ(response.error, tls_.host() + " redirects from https to http, which is not followed.");
  EXPECT_TRUE(server_.requests().empty());
}

}  // namespace
}  // namespace gleaner::host::http
