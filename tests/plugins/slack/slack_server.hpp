// Slack on 127.0.0.1 as far as messages go: an incoming webhook and the methods chat.postMessage and
// auth.test, with the limits of Slack's reference, which it enforces.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "tests/support/loopback_server.hpp"

namespace gleaner::test {

/// A message that was taken.
struct Posted {
  boost::json::object body;
  std::string ts;
  std::string thread;  ///< the ts of the message it answers
};

/// What Slack says of the message in `body`: a word, or "" when nothing is wrong with it.
[[nodiscard]] std::string fault_of(const boost::json::object& body);

/// Every text that a reader sees: of rich_text, plain_text and links, in order.
[[nodiscard]] std::string shown_text(const boost::json::value& blocks);

/// Any thread.
class SlackServer {
 public:
  SlackServer();

  static constexpr std::string_view token = "xoxb-1-2-testing";
  [[nodiscard]] std::string base_url() const { return server_.url("/api"); }
  [[nodiscard]] std::string webhook() const { return server_.url("/services/T0/B0/xyzzy"); }

  /// What message `number`, from 1 and counted over all requests that carry one, gets in place of an answer.
  void answer(std::size_t number, Reply reply);
  [[nodiscard]] std::vector<Posted> posted() const;
  [[nodiscard]] std::size_t asked() const;

 private:
  Reply reply_to(const Recorded& request);
  Reply post(const boost::json::object& body, bool is_api);

  mutable std::mutex mutex_;
  std::map<std::size_t, Reply> answers_;
  std::vector<Posted> posted_;
  std::size_t asked_ = 0;
  LoopbackServer server_;
};

}  // namespace gleaner::test
