#include "tests/year/dates.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace gleaner::year {
namespace {

using std::chrono::sys_days;

constexpr std::array kDays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

sys_days parsed(const std::string& date) {
  return sys_days(
      std::chrono::year_month_day(std::chrono::year(std::stoi(date.substr(0, 4))),
                                  std::chrono::month(static_cast<unsigned>(std::stoul(date.substr(5, 2)))),
                                  std::chrono::day(static_cast<unsigned>(std::stoul(date.substr(8, 2))))));
}

std::string label(sys_days day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string month_of(const std::string& date) {
  return kMonths.at(std::stoul(date.substr(5, 2)) - 1);
}

}  // namespace

std::string days_after(const std::string& date, int days) {
  return label(parsed(date) + std::chrono::days(days));
}

unsigned weekday(const std::string& date) {
  return std::chrono::weekday(parsed(date)).iso_encoding() - 1;
}

std::string short_form(const std::string& date) {
  return std::string(kDays.at(weekday(date))).substr(0, 3) + ", " + date.substr(8) + " " +
         month_of(date).substr(0, 3) + " " + date.substr(0, 4);
}

std::string long_form(const std::string& date) {
  return std::string(kDays.at(weekday(date))) + ", " + std::to_string(std::stoi(date.substr(8))) + " " +
         month_of(date) + " " + date.substr(0, 4);
}

std::string morning_of(const std::string& date) {
  return date + "T09:00:00Z";
}

}  // namespace gleaner::year
