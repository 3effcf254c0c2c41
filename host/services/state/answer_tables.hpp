// Answers of servers in the state file: those of the run under way, and those a server can confirm.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "host/services/clock.hpp"
#include "host/services/http/answers.hpp"
#include "host/services/log.hpp"
#include "host/services/state/connection.hpp"

namespace gleaner::host::state {

/// Answers with a validator are kept up to so much in all, the oldest go first, and so long.
inline constexpr std::int64_t validators_max_bytes = std::int64_t{64} << 20;
inline constexpr std::int64_t validators_max_age_ms = std::int64_t{30} * 24 * 3600 * 1000;
/// So long a killed run's answers wait for another try of its date.
inline constexpr std::int64_t answers_max_age_ms = std::int64_t{7} * 24 * 3600 * 1000;

/// Throws nothing but std::bad_alloc: what cannot be kept or read is said in the log, once, and passed over.
/// The answer at hand is worth more than its copy.
class AnswerTables final : public http::AnswerBook {
 public:
  AnswerTables(Connection& connection, const Clock& clock, const Log& log)
      : connection_(connection), clock_(clock), log_(log) {}

  /// Without a run under way received() finds nothing and keep_received() keeps nothing.
  [[nodiscard]] std::optional<http::KeptAnswer> received(std::string_view key) override;
  void keep_received(std::string_view key, const http::KeptAnswer& answer) override;
  [[nodiscard]] std::optional<http::KeptAnswer> validated(std::string_view key) override;
  void keep_validated(std::string_view key, const http::KeptAnswer& answer) override;

  // Inside a transaction of the connection:
  /// The run of this date is under way; empty: none is.
  void set_run(std::string_view date) {
    run_ = date;
    own_.clear();
  }
  [[nodiscard]] const std::string& run() const { return run_; }
  void forget_received(std::string_view date);
  /// What is too old, other than the answers of `date`.
  void prune(std::string_view date);

 private:
  template <class Find>
  std::optional<http::KeptAnswer> look_up(Find&& find);
  void say_once(std::string_view what, std::string_view why);

  Connection& connection_;
  const Clock& clock_;
  const Log& log_;
  std::string run_;                         // guarded by the connection
  std::set<std::string, std::less<>> own_;  // keys of this try, which only a later one may be served; as run_
  bool said_ = false;                       // guarded by the connection
};

}  // namespace gleaner::host::state
