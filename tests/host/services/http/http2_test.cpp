// HTTP/2 by ALPN: against a server of Node.js. Skipped where there is no node, no openssl, or a libcurl
// without HTTP/2.
#include <array>
#include <fstream>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/services/http/curl_api.hpp"
#include "tests/host/services/http/client_fixture.hpp"
#include "tests/support/tls_server.hpp"

namespace gleaner::host::http {
namespace {

/// Answers each request 100 ms later with "VERSION of CONNECTIONS".
constexpr const char* node_server = R"(
const fs = require('fs');
let connections = 0;
const server = require('http2').createSecureServer(
  {key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem'), allowHTTP1: true},
  (request, response) => setTimeout(() => response.end(request.httpVersion + ' of ' + connections), 100));
server.on('secureConnection', () => ++connections);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
)";

class Http2 : public HttpClient {
 protected:
  Http2() {
    if (!tls_.make_certificate(test::Certificate::good)) return;
    std::ofstream(folder_ / "server.js") << node_server;
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], 1);
      ::close(2);
      if (::chdir(folder_.c_str()) == 0) ::execlp("node", "node", "server.js", nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';)
      port_ += c;
    ::close(pipe[0]);
  }

  ~Http2() override {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  test::TlsServer tls_{folder_};
  pid_t pid_ = -1;
  std::string port_;
};

TEST_F(Http2, ManyRequestsShareOneConnection) {
  if ((curl()->version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0)
    GTEST_SKIP() << "this libcurl has no HTTP/2";
  if (port_.empty()) GTEST_SKIP() << "there is no node or no openssl command here";
  auto settings = client_settings();
  settings.ca_file = tls_.authority();
  Client trusting(settings);
  const auto channel = trusting.open(quick());
  const auto start = Clock::now();
  for (int i = 0; i < 20; ++i)
    channel->submit({.url = "https://127.0.0.1:" + port_ + "/"});
  while (channel->in_flight() > 0) {
    for (const auto& done : channel->wait_any(seconds(30)))
      EXPECT_EQ(done.response.body, "2.0 of 1") << done.response.error;
  }
  EXPECT_LT(since(start), milliseconds(1500));  // one after the other they take two seconds
}

}  // namespace
}  // namespace gleaner::host::http
