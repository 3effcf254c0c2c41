// A server that sees what really was at once, and answers each request after a while with "x".
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/answering_server.hpp"

namespace gleaner::test {

class StrictServer {
 public:
  explicit StrictServer(std::chrono::milliseconds thinks)
      : server_([thinks](const Asked&) { return Answer{.body = "x", .after = thinks}; }) {}

  [[nodiscard]] std::string url() const { return server_.url("/"); }

  struct Seen {
    std::vector<std::chrono::steady_clock::time_point> arrivals;  ///< of whole requests
    unsigned accepted = 0;
    unsigned most_connections = 0;  ///< open at once, idle ones included
    unsigned most_requests = 0;     ///< unanswered at once
  };
  [[nodiscard]] Seen seen() const {
    Seen out{{}, server_.accepted(), server_.most_connections(), server_.most_requests()};
    for (const Asked& asked : server_.asked())
      out.arrivals.push_back(asked.at);
    return out;
  }

 private:
  AnsweringServer server_;
};

}  // namespace gleaner::test
