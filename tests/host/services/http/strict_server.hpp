// A server that sees what really was at once: one thread, events in the order in which the kernel had them.
// It knows GET without a body, keeps connections and answers each request after a while with "x".
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gleaner::test {

class StrictServer {
 public:
  explicit StrictServer(std::chrono::milliseconds thinks);
  ~StrictServer();
  StrictServer(const StrictServer&) = delete;
  StrictServer& operator=(const StrictServer&) = delete;

  [[nodiscard]] std::string url() const;

  struct Seen {
    std::vector<std::chrono::steady_clock::time_point> arrivals;  ///< of whole requests
    unsigned accepted = 0;
    unsigned most_connections = 0;  ///< open at once, idle ones included
    unsigned most_requests = 0;     ///< unanswered at once
  };
  [[nodiscard]] Seen seen() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gleaner::test
