// A server on 127.0.0.1 that asks a function for every answer and sees what really was at once: one thread,
// events in the order in which the kernel had them. It knows GET without a body and keeps connections.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::test {

struct Asked {
  std::string target;                          ///< path and query
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::chrono::steady_clock::time_point at;    ///< when it had arrived whole
};

struct Answer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< Content-Length is added
  std::string body{};
  std::chrono::milliseconds after{0};  ///< before the first byte
};

/// Any thread. The function is called on the server's own.
class AnsweringServer {
 public:
  explicit AnsweringServer(std::function<Answer(const Asked&)> answer);
  ~AnsweringServer();
  AnsweringServer(const AnsweringServer&) = delete;
  AnsweringServer& operator=(const AnsweringServer&) = delete;

  /// `path` begins with '/', or is empty.
  [[nodiscard]] std::string url(std::string_view path = "") const;

  /// Closes the port: connections are refused until open().
  void close();
  void open();

  [[nodiscard]] std::vector<Asked> asked() const;
  /// Connections so far.
  [[nodiscard]] unsigned accepted() const;
  /// Open connections at once, idle ones included.
  [[nodiscard]] unsigned most_connections() const;
  /// Requests that waited for an answer at once.
  [[nodiscard]] unsigned most_requests() const;
  void forget();
  /// False when that many requests did not arrive in time.
  [[nodiscard]] bool wait_for(std::size_t requests, std::chrono::milliseconds most) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gleaner::test
