#include "plugins/arxiv/core/dates.hpp"

#include <array>
#include <chrono>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

// The number `text` begins with, of `least` to `most` digits, taken off it.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t digits = 0;
  int value = 0;
  while (digits < text.size() && is_digit(text[digits])) {
    if (digits == most) return std::nullopt;
    value = value * 10 + (text[digits] - '0');
    ++digits;
  }
  if (digits < least) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<year_month_day> valid(int year, int month, int day) {
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

// 2025-08-20T00:00:00-04:00
std::optional<year_month_day> rfc3339_day(std::string_view& text) {
  const auto year = take_number(text, 4, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2, 2);
  if (!day) return std::nullopt;
  return valid(*year, *month, *day);
}

// Tue, 06 May 2025 00:00:00 -0400; the day's name may be missing
std::optional<year_month_day> rfc822_day(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma != std::string_view::npos) text = trimmed(text.substr(comma + 1));
  const auto day = take_number(text, 1, 2);
  text = trimmed(text);
  if (!day || text.size() < 3) return std::nullopt;
  int month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (starts_ignoring_case(text, kMonths[i])) month = static_cast<int>(i) + 1;
  }
  if (month == 0) return std::nullopt;
  text = trimmed(text.substr(3));
  const auto year = take_number(text, 4, 4);
  if (!year) return std::nullopt;
  return valid(*year, month, *day);
}

std::string written(const year_month_day& date) {
  const int year = static_cast<int>(date.year());
  const unsigned month = static_cast<unsigned>(date.month());
  const unsigned day = static_cast<unsigned>(date.day());
  std::string text = "0000-00-00";
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  text[0] = digit(year / 1000);
  text[1] = digit(year / 100);
  text[2] = digit(year / 10);
  text[3] = digit(year);
  text[5] = digit(static_cast<int>(month) / 10);
  text[6] = digit(static_cast<int>(month));
  text[8] = digit(static_cast<int>(day) / 10);
  text[9] = digit(static_cast<int>(day));
  return text;
}

bool is_rfc3339(std::string_view text) {
  return text.size() >= 10 && text[4] == '-';
}

}  // namespace

std::optional<std::string> day_of(std::string_view text) {
  text = trimmed(text);
  const auto date = is_rfc3339(text) ? rfc3339_day(text) : rfc822_day(text);
  if (!date) return std::nullopt;
  return written(*date);
}

std::optional<std::string> new_york_day_of_utc(std::string_view text) {
  text = trimmed(text);
  if (!is_rfc3339(text)) return std::nullopt;
  const auto date = rfc3339_day(text);
  if (!date || !take(text, 'T')) return std::nullopt;
  const auto hour = take_number(text, 2, 2);
  if (!hour) return std::nullopt;
  if (*hour >= 4) return written(*date);
  return written(year_month_day{std::chrono::sys_days{*date} - std::chrono::days{1}});
}

}  // namespace gleaner::arxiv
