// SPDX-License-Identifier: Apache-2.0
// Dates as feeds and interfaces write them, and sums with days. Every function here is pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::common {

struct Moment {
  std::string day;  ///< "YYYY-MM-DD" in the offset it was written with
  /// Milliseconds since 1970 UTC, where a time of day was written; one without an offset counts as UTC.
  std::optional<std::int64_t> unix_ms;
};

/// Reads RFC 822 ("Tue, 6 May 2025 08:00:00 GMT", also with two-digit years, EST and +0200), RFC 3339 and its
/// ISO 8601 kin ("2025-05-06", "2025-05-06T08:00:00.123Z", a space for the T, +02:00 or +0200, "2025/05/06").
/// Nothing if it is no date or the day does not exist.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// The day of an instant in UTC.
[[nodiscard]] std::string utc_day(std::int64_t unix_ms);

/// "YYYY-MM-DD", and the day exists.
[[nodiscard]] bool is_day(std::string_view text);
/// From year, month and day as numbers; month or day 0 count as 1 (journals name only a month, or a year).
/// Nothing if there is no such day.
[[nodiscard]] std::optional<std::string> day_of_numbers(std::int64_t year, std::int64_t month,
                                                        std::int64_t day);
/// `day` must be one (is_day). Negative steps go back.
[[nodiscard]] std::string add_days(std::string_view day, int step);
/// `to` - `from` in days; both must be days.
[[nodiscard]] int days_between(std::string_view from, std::string_view to);

}  // namespace gleaner::common
