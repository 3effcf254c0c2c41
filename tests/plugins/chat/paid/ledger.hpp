// A server of chat completions that takes its time and writes down what it was asked, when and at once with
// what else: for claims about money.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/desk.hpp"
#include "tests/plugins/chat/chat_desk.hpp"
#include "tests/plugins/chat/protocol.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::chat_test {

/// One request.
struct Asking {
  Question question;
  Usage usage;  ///< what it is said to have cost; nothing for an answer of the test's own
  std::chrono::steady_clock::time_point at;
};

/// Scores by score_of(), drops by is_dropped(), sums up every paper in a sentence.
class Ledger {
 public:
  using Answers = std::function<std::optional<test::Reply>(const Asking& asking, std::size_t number)>;

  /// Every answer comes `pace` after its request.
  explicit Ledger(std::chrono::milliseconds pace = std::chrono::milliseconds(0));

  [[nodiscard]] std::string url() const { return server_.url(""); }
  /// What is to be said instead; the first request is number 0. Called on the server's threads, one at a
  /// time.
  void answers(Answers answers);
  void forget();

  [[nodiscard]] std::vector<Asking> askings() const;
  [[nodiscard]] std::size_t requests() const { return askings().size(); }
  /// All ids asked about, a repeated one as often as it was asked about.
  [[nodiscard]] std::vector<std::string> asked_about() const;
  [[nodiscard]] Usage used() const;
  [[nodiscard]] std::vector<std::string> complaints() const;
  /// Since it was made.
  [[nodiscard]] unsigned most_at_once() const { return server_.most_at_once(); }
  [[nodiscard]] bool wait_for(std::size_t requests) const {
    return server_.wait_for_requests(requests, std::chrono::seconds(30));
  }

  /// `use = "openai"`, `suffix` behind it, this server, a price of 2 and 8 dollars, then these lines.
  [[nodiscard]] std::string table(std::string_view lines, std::string_view suffix = "") const;

 private:
  test::Reply reply(const test::Recorded& request);

  std::chrono::milliseconds pace_;
  mutable std::mutex mutex_;
  Answers answers_;
  std::vector<Asking> askings_;
  std::vector<std::string> complaints_;
  test::LoopbackServer server_;  // last: its threads use the rest
};

/// An answer with these scores for these ids: what an obedient model would say.
[[nodiscard]] test::Reply scores_of(const std::vector<std::string>& ids, const Usage& usage);
/// The same in the words of the test.
[[nodiscard]] test::Reply words(std::string_view text, const Usage& usage);

/// A digest without what a rerun changes: the table of tokens.
[[nodiscard]] std::string without_usage(const std::string& digest);

}  // namespace gleaner::chat_test
