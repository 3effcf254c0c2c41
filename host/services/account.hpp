// What was announced, skipped, asked and spent in one run. Components say single facts; all sums are made
// here.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/services/clock.hpp"

namespace gleaner::host {

/// Tokens and dollars of one model. A cost is unknown when any of its requests had an unknown price.
struct UsageRow {
  std::string model;
  std::uint64_t requests = 0;
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;
  std::uint64_t completion_tokens = 0;
  std::optional<double> prompt_cost = 0.0;      ///< dollars
  std::optional<double> completion_cost = 0.0;  ///< dollars
  /// Dollars; NaN when a part is unknown.
  [[nodiscard]] double total_cost() const;
};

/// Any thread.
class Account {
 public:
  Account(BudgetConfig budget, const Clock& clock)
      : budget_(std::move(budget)), clock_(clock), started_ms_(clock.steady_ms()) {}

  void count(std::string_view component, std::string_view category, std::string_view key, std::uint64_t n);
  void add_usage(const UsageRow& row);
  void set_prompt(std::string_view component, std::string_view text);
  /// What [budget] says to a request. `unpriced`: it has `usd`, and what the request costs is not known.
  enum class Answer { yes, used_up, unpriced };
  /// Whether [budget] allows `component` a request of about this size (dollars: NaN when the price is
  /// unknown) on top of what was spent. Nothing is set aside: a request counts when its usage is added, so
  /// that what is in flight is all that can go beyond. Once the answer was no, budget_spent() is true.
  [[nodiscard]] Answer may_spend(std::string_view component, std::uint64_t tokens, double dollars);

  struct Counts {
    std::map<std::string, std::uint64_t> by_key;  ///< key → n
    bool said = false;                            ///< the component spoke of this category at all
    [[nodiscard]] std::uint64_t sum() const;
  };
  [[nodiscard]] Counts counts(std::string_view component, std::string_view category) const;
  /// By model name: in which order models were asked depends on the threads.
  [[nodiscard]] std::vector<UsageRow> usage() const;
  /// What the component said last, or "".
  [[nodiscard]] std::string prompt(std::string_view component) const;
  [[nodiscard]] bool budget_spent() const;
  /// Whether this component got another answer than yes.
  [[nodiscard]] bool was_refused(std::string_view component) const;
  /// "The budget of $0.50 is used up: …", a sentence for each limit that stood in the way, with what was
  /// spent by now.
  [[nodiscard]] std::vector<std::string> budget_words() const;

 private:
  BudgetConfig budget_;
  const Clock& clock_;
  std::int64_t started_ms_;
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, std::map<std::string, std::uint64_t>>> counts_;
  // Dollars in whole picodollars, since a sum of doubles depends on the order in which threads add to it. Up
  // to 9 million dollars.
  struct Sums {
    UsageRow row;
    std::int64_t prompt_pico = 0, completion_pico = 0;
  };
  [[nodiscard]] static UsageRow summed(const Sums& sums);
  std::map<std::string, Sums> usage_;
  std::map<std::string, std::string, std::less<>> prompts_;
  struct Spent {
    std::uint64_t requests = 0, tokens = 0;
    std::int64_t pico = 0;
  };
  [[nodiscard]] Spent spent() const;
  std::set<std::string, std::less<>> refused_;
  // The size of the first request that each limit stood in the way of.
  std::optional<double> dollars_too_many_;
  std::optional<std::uint64_t> tokens_too_many_;
  bool time_is_up_ = false;
};

}  // namespace gleaner::host
