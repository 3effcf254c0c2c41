// Trust: against a server of the openssl command with a certificate of its own. Skipped where there is no
// openssl.
#include <array>
#include <cstdlib>
#include <fstream>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Tls : public HttpClient {
 protected:
  void SetUp() override {
    const auto make =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
        "subjectAltName=IP:127.0.0.1 -keyout " +
        (folder_ / "key.pem").string() + " -out " + certificate() + " >/dev/null 2>&1";
    if (std::system(make.c_str()) != 0) GTEST_SKIP() << "openssl cannot make a certificate here";
    start_server();
    if (port_.empty()) GTEST_SKIP() << "openssl s_server did not start";
  }

  ~Tls() override {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  [[nodiscard]] std::string certificate() const { return (folder_ / "cert.pem").string(); }
  [[nodiscard]] std::string url(const std::string& path) const { return "https://127.0.0.1:" + port_ + path; }

  /// A client that trusts what `settings` say.
  Response fetch_with(const ClientSettings& settings, const std::string& path) {
    Client client(settings);
    const auto channel = client.open(quick());
    channel->submit({.url = url(path)});
    auto finished = channel->wait_any(seconds(30));
    EXPECT_EQ(finished.size(), 1U);
    return finished.empty() ? Response{} : std::move(finished[0].response);
  }

  ClientSettings trusting() {
    auto settings = client_settings();
    settings.ca_file = certificate();
    return settings;
  }

 private:
  /// s_server -HTTP sends files as they are, status line included, and prints its port with "ACCEPT".
  void start_server() {
    std::ofstream(folder_ / "page") << "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
    std::ofstream(folder_ / "down") << "HTTP/1.0 302 Found\r\nLocation: " << server_.url() << "\r\n\r\n";
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], 1);
      if (::chdir(folder_.c_str()) == 0) {
        ::execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "cert.pem", "-key",
                 "key.pem", "-HTTP", nullptr);
      }
      ::_exit(127);
    }
    ::close(pipe[1]);
    read_port(pipe[0]);
    ::close(pipe[0]);
  }

  void read_port(int fd) {
    std::string output;
    std::array<char, 256> bytes{};
    for (ssize_t size = 0; (size = ::read(fd, bytes.data(), bytes.size())) > 0;) {
      output.append(bytes.data(), static_cast<std::size_t>(size));
      const auto start = output.find("ACCEPT 127.0.0.1:");
      const auto end = start == std::string::npos ? start : output.find('\n', start);
      if (end == std::string::npos) continue;
      port_ = output.substr(start + 17, end - start - 17);
      return;
    }
  }

  pid_t pid_ = -1;
  std::string port_;
};

TEST_F(Tls, AnUnknownAuthorityIsNotTrusted) {
  const auto response = fetch_with(client_settings(), "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_TRUE(response.error.ends_with(
      ": its certificate could not be verified (SSL_CERT_FILE may name an authority of "
      "your own)."))
      << response.error;
}

TEST_F(Tls, SslCertFileNamesAnAuthority) {
  ::setenv("SSL_CERT_FILE", certificate().c_str(), 1);
  const auto settings = ClientSettings::from_environment();
  ::unsetenv("SSL_CERT_FILE");
  const auto response = fetch_with(settings, "/page");
  EXPECT_EQ(response.outcome, Outcome::ok) << response.error;
  EXPECT_EQ(response.body, "secret");
}

TEST_F(Tls, AMissingSslCertFileIsSaid) {
  auto settings = client_settings();
  settings.ca_file = (folder_ / "missing.pem").string();
  const auto response = fetch_with(settings, "/page");
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_TRUE(response.error.ends_with(
      ": the certificates named by SSL_CERT_FILE or SSL_CERT_DIR could not be read."))
      << response.error;
}

TEST_F(Tls, ARedirectToHttpIsNotFollowed) {
  server_.on("/", text("eavesdropped"));
  const auto response = fetch_with(trusting(), "/down");
  EXPECT_EQ(response.outcome, Outcome::forbidden_redirect) << response.error;
  EXPECT_TRUE(response.error.ends_with(" redirects from https to http, which is not followed."))
      << response.error;
  EXPECT_TRUE(server_.requests().empty());
}

}  // namespace
}  // namespace gleaner::host::http
