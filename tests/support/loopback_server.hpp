// A web server on 127.0.0.1 for tests: real sockets, scripted answers, and a record of what was asked.
//
//   LoopbackServer server;
//   server.on("/rss", {.headers = {{"Content-Type", "application/rss+xml"}}, .body = feed});
//   server.script("/flaky", {{.status = 503}, {.body = "fine now"}});   // one after the other; the last one
//   stays … fetch server.url("/rss") … EXPECT_EQ(server.requests().at(0).header("user-agent"),
//   "gleaner/0.1.0");
//
// A path is looked up with its query first, then without; an unknown one gets a 404. Every connection has its
// own thread, so slow answers do not hold up others; connections are kept alive. The destructor cuts
// everything off.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gleaner::test {

/// How an answer ends.
enum class Ending {
  whole,           ///< as announced
  reset_mid_body,  ///< half of the body, then a TCP reset
  close_mid_body,  ///< half of the body, then an orderly close: shorter than its Content-Length
  reset_at_once,   ///< a TCP reset instead of an answer
  close_at_once,   ///< an orderly close instead of an answer
  stall_mid_body,  ///< half of the body, then silence until the server ends
};

struct Reply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< Content-Length is added
  std::string body{};
  std::chrono::milliseconds delay{0};       ///< before the first byte
  std::size_t drip_bytes = 0;               ///< above 0: the body in pieces of this size, …
  std::chrono::milliseconds drip_every{0};  ///< … with this pause before each
  bool gzip = false;                        ///< compressed, with Content-Encoding
  Ending ending = Ending::whole;
  std::string raw{};  ///< not empty: sent instead of an answer, byte for byte, and the connection closed
};

/// A redirect to `location`, which is sent as it is.
[[nodiscard]] Reply redirect_to(std::string location, int status = 302);

/// `text` as a gzip file.
[[nodiscard]] std::string gzip(std::string_view text);

/// A request as it arrived.
struct Recorded {
  std::string method;
  std::string target;                                        ///< path and query, as sent
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::chrono::steady_clock::time_point at;
  unsigned connection = 0;  ///< 1 for the first connection of the server

  /// Nothing when there is no such header. `name` in lower case.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// All functions may be called from any thread.
class LoopbackServer {
 public:
  /// Listens on a free port. Throws std::system_error.
  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:PORT" and `path`, which begins with '/'.
  [[nodiscard]] std::string url(std::string_view path = "/") const;

  /// Always this answer.
  void on(std::string path, Reply reply);
  /// These answers in turn; the last one for ever. `replies` is not empty.
  void script(std::string path, std::vector<Reply> replies);
  /// What is asked of any other path, instead of a 404. Called on the threads of the connections, several at
  /// once.
  void otherwise(std::function<Reply(const Recorded&)> reply);

  [[nodiscard]] std::vector<Recorded> requests() const;
  /// How many requests had arrived and not got a first byte yet, at most.
  [[nodiscard]] unsigned most_at_once() const;
  /// Waits until `count` requests have arrived; false when they do not within `timeout`.
  [[nodiscard]] bool wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// A port of 127.0.0.1 on which nobody listens (at the time of the call).
[[nodiscard]] std::uint16_t closed_port();

}  // namespace gleaner::test
