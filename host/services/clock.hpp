// The time. Wall time may be set with GLEANER_NOW for tests and replays; spacing and time-outs use the
// monotonic one.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::host {

/// A calendar day "YYYY-MM-DD", checked; "" for text that is none.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text);
[[nodiscard]] std::string to_text(std::chrono::year_month_day day);

/// Immutable after construction; any thread.
class Clock {
 public:
  /// `now` as GLEANER_NOW gives it ("2025-05-07T06:00:00Z"), or empty for the system's time. Throws
  /// std::invalid_argument with a sentence when it is neither.
  explicit Clock(std::string_view now = {});

  [[nodiscard]] std::int64_t now_ms() const;
  [[nodiscard]] std::int64_t steady_ms() const;
  /// The calendar day in an IANA time zone ("America/New_York", "UTC"); nothing for an unknown zone.
  [[nodiscard]] std::optional<std::string> date_in(std::int64_t wall_ms, std::string_view zone) const;
  /// "2025-05-07T06:00:00Z"
  [[nodiscard]] std::string timestamp() const;

 private:
  std::optional<std::int64_t> fixed_ms_;
};

}  // namespace gleaner::host
