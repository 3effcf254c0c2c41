// A language model of no language: it reads the papers out of the request, scores them by their ids, and
// keeps a ledger of what it was asked and what it was paid. It speaks all four protocols.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/plugins/chat/protocol.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::chat_test {

/// What goes wrong.
enum class Fault {
  throttled_with_hint,  ///< 429 that says how long to wait
  throttled,
  server_error,
  overloaded,
  reset,
  hang,
  slow_drip,
  truncated_body,
  truncated_answer,  ///< the model's own JSON ends early
  prose,
  id_missing,
  id_invented,
  score_in_words,
  empty_choices,
  content_filter,
  refusal,
  length_cut,
  wrong_key,
  quota,
};

[[nodiscard]] std::string_view name_of(Fault fault);

// For GoogleTest.
inline void PrintTo(Fault fault, std::ostream* out) {
  *out << name_of(fault);
}
inline void PrintTo(Protocol protocol, std::ostream* out) {
  *out << name_of(protocol);
}

/// Dollars per million tokens; the same in price_table().
struct Prices {
  double input = 2, cached = 1, written = 2.5, output = 8;
};

/// The scores of an id, 1 to 10 each: no two axes alike.
[[nodiscard]] double score_of(std::string_view id, std::string_view axis);
/// Whether triage drops it: every third of the ids that end in a number.
[[nodiscard]] bool is_dropped(std::string_view id);

/// One request and what became of it.
struct Exchange {
  std::chrono::steady_clock::time_point at{};
  Question question;
  Usage usage;                      ///< all zero where no answer was delivered
  std::vector<std::string> scored;  ///< ids whose scores, whole and valid, were in the answer
};

class FakeModel {
 public:
  static constexpr std::string_view key = "sk-made-for-tests-0123456789";
  static constexpr std::string_view name = "invented";

  explicit FakeModel(Protocol protocol);

  [[nodiscard]] Protocol protocol() const { return protocol_; }
  /// Without a path.
  [[nodiscard]] std::string url() const { return server_.url(""); }

  /// Goes wrong in its first answer. The faults of an answer's words then hit the last paper of the request.
  void fails_once(Fault fault);
  /// Goes wrong in every answer; faults of the words in every answer about that paper.
  void fails_always(Fault fault, std::string poisoned);
  void is_well();
  /// Says something else than an answer where this does. Called on the server's threads, one at a time.
  void objects(std::function<std::optional<test::Reply>(const Question&)> objection);

  [[nodiscard]] std::vector<Exchange> exchanges() const;
  /// Requests that the provider would not have understood.
  [[nodiscard]] std::vector<std::string> complaints() const;
  /// Of the answers delivered.
  [[nodiscard]] Usage used() const;
  [[nodiscard]] std::size_t answers() const;
  [[nodiscard]] double cost() const;
  /// How often each id came back with usable scores.
  [[nodiscard]] std::size_t times_scored(std::string_view id) const;
  void forget();

 private:
  struct Speech {
    std::string text;
    std::vector<std::pair<std::string, std::string>> entries;  // id, its words in the text
  };
  test::Reply reply(const test::Recorded& request);
  test::Reply reply_to(Exchange& exchange);
  [[nodiscard]] std::optional<Fault> fault_for(const Question& question, std::string& poisoned);
  [[nodiscard]] static Speech speech(const Question& question, std::optional<Fault> fault,
                                     std::string_view poisoned);
  [[nodiscard]] Usage usage_of(const Question& question, std::string_view text);
  [[nodiscard]] test::Reply broken(Fault fault, test::Reply whole) const;

  Protocol protocol_;
  mutable std::mutex mutex_;
  std::optional<Fault> fault_;
  std::string poisoned_;
  bool once_ = false;
  std::function<std::optional<test::Reply>(const Question&)> objection_;
  std::vector<std::string> cached_;
  std::vector<Exchange> exchanges_;
  std::vector<std::string> complaints_;
  test::LoopbackServer server_;  // last: its threads use the rest
};

}  // namespace gleaner::chat_test
