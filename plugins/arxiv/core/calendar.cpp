#include "plugins/arxiv/core/calendar.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using Minute = std::chrono::sys_time<minutes>;

constexpr hours kCutOff{14};
constexpr int kLongestPause = 14;  // days between two announcements; the end of a year has had six

int number_in(std::string_view text) {
  int value = 0;
  for (const char c : text)
    value = value * 10 + (c - '0');
  return value;
}

std::optional<sys_days> parsed(std::string_view day) {
  if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (!is_digit(day[at])) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year{number_in(day.substr(0, 4))},
      std::chrono::month{static_cast<unsigned>(number_in(day.substr(5, 2)))},
      std::chrono::day{static_cast<unsigned>(number_in(day.substr(8, 2)))}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date};
}

void append(std::string& out, unsigned value, int digits) {
  std::string text = std::to_string(value);
  out.append(static_cast<std::size_t>(std::max(0, digits - static_cast<int>(text.size()))), '0').append(text);
}

std::string label_of(sys_days day) {
  const std::chrono::year_month_day date{day};
  std::string out;
  append(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += '-';
  append(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append(out, static_cast<unsigned>(date.day()), 2);
  return out;
}

std::string stamp_of(Minute time) {
  const sys_days day = std::chrono::floor<days>(time);
  const auto in_day = time - day;
  std::string out = label_of(day);
  std::erase(out, '-');
  append(out, static_cast<unsigned>(in_day / hours(1)), 2);
  append(out, static_cast<unsigned>(in_day % hours(1) / minutes(1)), 2);
  return out;
}

Minute time_of(const std::string& stamp) {
  const std::string day = stamp.substr(0, 4) + "-" + stamp.substr(4, 2) + "-" + stamp.substr(6, 2);
  return parsed(day).value_or(sys_days{}) + hours(number_in(std::string_view(stamp).substr(8, 2))) +
         minutes(number_in(std::string_view(stamp).substr(10, 2)));
}

// 15 U.S.C. 260a: from the second Sunday of March to the first of November New York is four hours behind,
// else five. Changes are at night, so that 14:00 is always on the same side as its day.
hours behind_gmt(sys_days day) {
  using namespace std::chrono;
  const auto year = year_month_day(day).year();
  const bool is_summer =
      day >= sys_days(year / March / Sunday[2]) && day < sys_days(year / November / Sunday[1]);
  return hours(is_summer ? 4 : 5);
}

bool announces(sys_days day, const Holidays& more) {
  const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
  if (weekday > 5) return false;
  const std::string label = label_of(day);
  return std::find(kQuietLabels.begin(), kQuietLabels.end(), label) == kQuietLabels.end() &&
         std::find(more.begin(), more.end(), label) == more.end();
}

// The last minute of submission for the announcement labelled `day`.
Minute cut_off(sys_days day) {
  const bool is_monday = std::chrono::weekday{day} == std::chrono::Monday;
  const sys_days last = day - days(is_monday ? 3 : 1);
  return last + kCutOff + behind_gmt(last);
}

}  // namespace

bool announces_on(std::string_view day, const Holidays& more) {
  const auto date = parsed(day);
  return date && announces(*date, more);
}

SubmissionWindow submission_window(std::string_view day, const Holidays& more) {
  const sys_days date = parsed(day).value_or(sys_days{});
  sys_days before = date - days(1);
  for (int i = 0; i < kLongestPause && !announces(before, more); ++i)
    before -= days(1);
  // The minute of a cut-off belongs to the announcement it closes.
  return {stamp_of(cut_off(before)), stamp_of(cut_off(date) - minutes(1))};
}

std::array<SubmissionWindow, 2> halves(const SubmissionWindow& window) {
  const Minute from = time_of(window.from);
  const Minute to = time_of(window.to);
  if (to <= from) return {window, {}};
  const Minute middle = from + (to - from) / 2;
  return {SubmissionWindow{window.from, stamp_of(middle)}, {stamp_of(middle + minutes(1)), window.to}};
}

}  // namespace gleaner::arxiv
