// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/dates.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "plugins/common/ascii.hpp"

namespace gleaner::common {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDayMs = 86400000;
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

struct Zone {
  std::string_view name;
  int minutes;
};
// RFC 822, section 5.1; its military letters were specified with the wrong sign and mean nothing (RFC
// 2822, 4.3).
constexpr std::array<Zone, 11> kZones = {{{"UTC", 0},
                                          {"GMT", 0},
                                          {"UT", 0},
                                          {"EST", -300},
                                          {"EDT", -240},
                                          {"CST", -360},
                                          {"CDT", -300},
                                          {"MST", -420},
                                          {"MDT", -360},
                                          {"PST", -480},
                                          {"PDT", -420}}};

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

// The number `text` begins with, of `least` to `most` digits, taken off it.
std::optional<Number> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  Number number;
  while (number.digits < text.size() && is_digit(text[number.digits])) {
    if (number.digits == most) return std::nullopt;
    number.value = number.value * 10 + (text[number.digits] - '0');
    ++number.digits;
  }
  if (number.digits < least) return std::nullopt;
  text.remove_prefix(number.digits);
  return number;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<sys_days> valid_day(int year, int month, int day) {
  if (month < 1 || day < 1) return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date};
}

std::string written_day(sys_days day) {
  const year_month_day date{day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return std::string(text.data(), 10);
}

std::int64_t day_ms(sys_days day) {
  return day.time_since_epoch().count() * kDayMs;
}

// hh:mm[:ss[.fff]] in milliseconds
std::optional<std::int64_t> take_time(std::string_view& text) {
  const auto hour = take_number(text, 1, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || hour->value > 24 || minute->value > 59) return std::nullopt;
  std::int64_t ms = (std::int64_t{hour->value} * 60 + minute->value) * 60000;
  if (!take(text, ':')) return ms;
  const auto second = take_number(text, 2, 2);
  if (!second || second->value > 60) return std::nullopt;  // 60: a leap second
  ms += std::int64_t{second->value} * 1000;
  if (!take(text, '.') && !take(text, ',')) return ms;
  for (std::int64_t unit = 100; !text.empty() && is_digit(text.front()); unit /= 10) {
    ms += (text.front() - '0') * unit;
    text.remove_prefix(1);
  }
  return ms;
}

// Minutes east of UTC; what nobody knows counts as UTC, as RFC 2822, section 4.3, has it.
int zone_minutes(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return 0;
  if (text.front() == '+' || text.front() == '-') {
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    std::string digits;
    for (const char c : text)
      if (is_digit(c)) digits += c;
    if (digits.size() == 2) digits += "00";
    if (digits.size() != 4) return 0;
    std::string_view hours = std::string_view(digits).substr(0, 2);
    std::string_view minutes = std::string_view(digits).substr(2);
    return sign * (take_number(hours, 2, 2)->value * 60 + take_number(minutes, 2, 2)->value);
  }
  for (const Zone& zone : kZones)
    if (starts_ignoring_case(text, zone.name)) return zone.minutes;
  return 0;
}

Moment moment(sys_days day, std::string_view rest) {
  Moment out{written_day(day), std::nullopt};
  rest = trimmed(rest);
  if (!take(rest, 'T')) (void)take(rest, 't');
  rest = trimmed(rest);
  if (const auto time = take_time(rest))
    out.unix_ms = day_ms(day) + *time - std::int64_t{zone_minutes(rest)} * 60000;
  return out;
}

// 2025-08-20T00:00:00-04:00
std::optional<Moment> parse_iso(std::string_view text) {
  const char separator = text[4];
  const auto year = take_number(text, 4, 4);
  if (!year || !take(text, separator)) return std::nullopt;
  const auto month = take_number(text, 1, 2);
  if (!month || !take(text, separator)) return std::nullopt;
  const auto day = take_number(text, 1, 2);
  const auto date = day ? valid_day(year->value, month->value, day->value) : std::nullopt;
  if (!date) return std::nullopt;
  return moment(*date, text);
}

int full_year(const Number& year) {
  if (year.digits >= 4) return year.value;
  if (year.digits == 3) return 1900 + year.value;  // RFC 2822, section 4.3, as the next line
  return year.value < 50 ? 2000 + year.value : 1900 + year.value;
}

int take_month(std::string_view& text) {
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (!starts_ignoring_case(text, kMonths[i])) continue;
    while (!text.empty() && is_letter(text.front()))
      text.remove_prefix(1);  // "September" and "Sept."
    (void)take(text, '.');
    return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string_view after_gap(std::string_view text) {
  while (!text.empty() && (is_space(text.front()) || text.front() == '-' || text.front() == ','))
    text.remove_prefix(1);
  return text;
}

// Tue, 06 May 2025 00:00:00 -0400; the day's name may be missing
std::optional<Moment> parse_rfc822(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma != kNone && !is_digit(text[0])) text = trimmed(text.substr(comma + 1));
  const auto day = take_number(text, 1, 2);
  if (!day) return std::nullopt;
  text = after_gap(text);
  const int month = take_month(text);
  text = after_gap(text);
  const auto year = take_number(text, 2, 4);
  if (month == 0 || !year) return std::nullopt;
  const auto date = valid_day(full_year(*year), month, day->value);
  if (!date) return std::nullopt;
  return moment(*date, text);
}

std::optional<sys_days> exact_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = take_number(text, 4, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2, 2);
  if (!day) return std::nullopt;
  return valid_day(year->value, month->value, day->value);
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 8) return std::nullopt;
  const bool is_iso = is_digit(text[3]) && (text[4] == '-' || text[4] == '/');
  return is_iso ? parse_iso(text) : parse_rfc822(text);
}

std::string utc_day(std::int64_t unix_ms) {
  const std::int64_t days = unix_ms >= 0 ? unix_ms / kDayMs : (unix_ms - (kDayMs - 1)) / kDayMs;
  return written_day(sys_days{std::chrono::days{days}});
}

bool is_day(std::string_view text) {
  return exact_day(text).has_value();
}

std::optional<std::string> day_of_numbers(std::int64_t year, std::int64_t month, std::int64_t day) {
  const auto is_small = [](std::int64_t value, std::int64_t most) { return value >= 0 && value <= most; };
  if (year < 1 || !is_small(year, 9999) || !is_small(month, 12) || !is_small(day, 31)) return std::nullopt;
  const auto date = valid_day(static_cast<int>(year), static_cast<int>(month == 0 ? 1 : month),
                              static_cast<int>(day == 0 ? 1 : day));
  if (!date) return std::nullopt;
  return written_day(*date);
}

std::string add_days(std::string_view day, int step) {
  return written_day(exact_day(day).value() + std::chrono::days{step});
}

int days_between(std::string_view from, std::string_view to) {
  return static_cast<int>((exact_day(to).value() - exact_day(from).value()).count());
}

}  // namespace gleaner::common
