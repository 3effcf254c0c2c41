#include "host/services/clock.hpp"

#include <charconv>
#include <stdexcept>

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

namespace gleaner::host {
namespace {

bool read_number(std::string_view text, std::size_t at, std::size_t length, int& out) {
  if (at + length > text.size()) return false;
  const char* first = text.data() + at;
  const auto [end, error] = std::from_chars(first, first + length, out);
  return error == std::errc{} && end == first + length && *first != '-';
}

}  // namespace

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!read_number(text, 0, 4, year) || !read_number(text, 5, 2, month) || !read_number(text, 8, 2, day))
    return std::nullopt;
  const std::chrono::year_month_day out{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!out.ok()) return std::nullopt;
  return out;
}

std::string to_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

// "2025-05-07T06:00:00Z" → milliseconds since 1970.
static std::optional<std::int64_t> parse_time(std::string_view text) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto day = parse_date(text.substr(0, 10));
  const bool shaped =
      text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z';
  if (!day || !shaped) return std::nullopt;
  if (!read_number(text, 11, 2, hour) || !read_number(text, 14, 2, minute) ||
      !read_number(text, 17, 2, second))
    return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const auto at = std::chrono::sys_days{*day} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                  std::chrono::seconds{second};
  return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

Clock::Clock(std::string_view now) {
  if (now.empty()) return;
  fixed_ms_ = parse_time(now);
  if (!fixed_ms_)
    throw std::invalid_argument(
        fmt::format("GLEANER_NOW is \"{}\", which is not a time like 2025-05-07T06:00:00Z.", now));
}

std::int64_t Clock::now_ms() const {
  if (fixed_ms_) return *fixed_ms_;
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t Clock::steady_ms() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::optional<std::string> Clock::date_in(std::int64_t wall_ms, std::string_view zone) const {
  const date::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(wall_ms)};
  if (zone == "UTC" || zone.empty()) return date::format("%F", date::floor<date::days>(at));
  try {
    // The system's zone files are read on first use (a few milliseconds): never for a run that needs no
    // calendar.
    const auto* found = date::locate_zone(std::string(zone));
    return date::format("%F", date::floor<date::days>(found->to_local(at)));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::string Clock::timestamp() const {
  const date::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(now_ms())};
  return date::format("%FT%TZ", date::floor<std::chrono::seconds>(at));
}

}  // namespace gleaner::host
