#include "host/pipeline/calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "host/services/clock.hpp"

namespace gleaner::host {
namespace {

std::optional<std::chrono::sys_days> day_of(const std::string& date) {
  const auto day = parse_date(date);
  if (!day) return std::nullopt;
  return std::chrono::sys_days{*day};
}

const char* weekday_name(std::chrono::weekday day) {
  constexpr std::array<const char*, 7> names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                "Thursday", "Friday", "Saturday"};
  return names[day.c_encoding()];
}

bool holds(const std::vector<std::string>& dates, const std::string& date) {
  return std::find(dates.begin(), dates.end(), date) != dates.end();
}

}  // namespace

bool announces_on(const CalendarInfo& calendar, const std::vector<std::string>& more_holidays,
                  const std::string& date) {
  const auto day = day_of(date);
  if (!day) return true;
  const auto bit = std::chrono::weekday{*day}.iso_encoding() - 1;
  if (((calendar.weekdays >> bit) & 1u) == 0) return false;
  return !holds(calendar.holidays, date) && !holds(more_holidays, date);
}

std::string day_in_words(const std::string& date) {
  const auto day = day_of(date);
  return day ? fmt::format("{} {}", weekday_name(std::chrono::weekday{*day}), date) : date;
}

std::string days_after(const std::string& date, int days) {
  const auto day = day_of(date);
  return day ? to_text(std::chrono::year_month_day(*day + std::chrono::days(days))) : date;
}

}  // namespace gleaner::host
