// SPDX-License-Identifier: Apache-2.0
// A clock that moves only when told to. Safe from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gleaner/testkit/check.hpp>

namespace gleaner::testkit {

/// Wall time starts at 2025-05-07T06:00:00Z, the monotonic clock at 1000 ms.
class FakeClock {
 public:
  /// "2025-05-07T06:00:00Z". The monotonic clock does not move.
  void set(std::string_view utc) {
    if (utc.size() != 20 || !is_date(utc.substr(0, 10)) || utc[10] != 'T' || utc[19] != 'Z')
      throw std::invalid_argument("A time is written like 2025-05-07T06:00:00Z.");
    const auto two = [utc](std::size_t at) { return (utc[at] - '0') * 10 + (utc[at + 1] - '0'); };
    wall_ = days_of(utc.substr(0, 10)) * day_ms + (two(11) * 3600 + two(14) * 60 + two(17)) * 1000LL;
  }
  /// Both clocks go on by so many milliseconds.
  void advance(std::int64_t ms) {
    wall_ += ms;
    steady_ += ms;
  }
  /// Both clocks go on until the monotonic one shows at least this.
  void advance_to(std::int64_t steady) {
    std::int64_t now = steady_;
    while (now < steady && !steady_.compare_exchange_weak(now, steady)) {
    }
    if (now < steady) wall_ += steady - now;
  }
  [[nodiscard]] std::int64_t now_ms() const { return wall_; }
  [[nodiscard]] std::int64_t steady_ms() const { return steady_; }

  /// The day "YYYY-MM-DD" in a zone. Known: UTC, GMT, Etc/UTC, Etc/GMT, Etc/GMT-14 … Etc/GMT+12 (POSIX sign:
  /// Etc/GMT+5 is west of Greenwich), Asia/Tokyo, Asia/Shanghai, Asia/Kolkata, and America/New_York by the
  /// rule in force since 2007. Nothing for others: a header without dependencies has no time zone database.
  [[nodiscard]] static std::optional<std::string> date_in(std::int64_t wall_ms, std::string_view zone) {
    const auto minutes = offset_minutes(wall_ms, zone);
    if (!minutes) return std::nullopt;
    const auto local = std::chrono::floor<std::chrono::days>(at(wall_ms + *minutes * 60'000LL));
    const std::chrono::year_month_day day(local);
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return std::string(out);
  }

 private:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;
  static constexpr std::int64_t day_ms = 86'400'000;

  static Time at(std::int64_t ms) { return Time(std::chrono::milliseconds(ms)); }
  static std::int64_t days_of(std::string_view date) {
    const auto number = [date](std::size_t from, std::size_t count) {
      int value = 0;
      for (const char digit : date.substr(from, count))
        value = value * 10 + (digit - '0');
      return value;
    };
    const std::chrono::sys_days day = std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
    return day.time_since_epoch().count();
  }
  static std::optional<int> offset_minutes(std::int64_t wall_ms, std::string_view zone) {
    if (zone == "UTC" || zone == "GMT" || zone == "Etc/UTC" || zone == "Etc/GMT") return 0;
    if (zone == "Asia/Tokyo") return 9 * 60;
    if (zone == "Asia/Shanghai") return 8 * 60;
    if (zone == "Asia/Kolkata") return 5 * 60 + 30;
    if (zone == "America/New_York") return new_york_minutes(wall_ms);
    return posix_minutes(zone);
  }
  static std::optional<int> posix_minutes(std::string_view zone) {
    constexpr std::string_view prefix = "Etc/GMT";
    if (zone.substr(0, prefix.size()) != prefix || zone.size() < prefix.size() + 2) return std::nullopt;
    const char sign = zone[prefix.size()];
    const auto digits = zone.substr(prefix.size() + 1);
    if ((sign != '+' && sign != '-') || !is_digits(digits) || digits.size() > 2) return std::nullopt;
    int hours = 0;
    for (const char digit : digits)
      hours = hours * 10 + (digit - '0');
    if (hours > (sign == '+' ? 12 : 14)) return std::nullopt;
    return sign == '+' ? -hours * 60 : hours * 60;
  }
  /// 15 U.S.C. 260a: from the second Sunday of March to the first of November, 2 o'clock local time.
  static int new_york_minutes(std::int64_t wall_ms) {
    using namespace std::chrono;
    const auto now = at(wall_ms);
    const auto year = year_month_day(floor<days>(now)).year();
    const auto begin = sys_days(year / March / Sunday[2]) + hours(7);
    const auto end = sys_days(year / November / Sunday[1]) + hours(6);
    return now >= begin && now < end ? -4 * 60 : -5 * 60;
  }

  std::atomic<std::int64_t> wall_{1'746'597'600'000};
  std::atomic<std::int64_t> steady_{1000};
};

}  // namespace gleaner::testkit
