#include "plugins/common/digest/dates.hpp"

#include <charconv>
#include <ctime>
#include <system_error>

namespace gleaner::digest {
namespace {

std::optional<int> digits(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::tm calendar(const Date& date) {
  const std::chrono::sys_days day{date};
  const std::chrono::sys_days new_year{date.year() / std::chrono::January / 1};
  std::tm fields{};
  fields.tm_year = static_cast<int>(date.year()) - 1900;
  fields.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  fields.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  fields.tm_wday = static_cast<int>(std::chrono::weekday{day}.c_encoding());
  fields.tm_yday = static_cast<int>((day - new_year).count());
  return fields;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string format_date(const Date& date, const std::string& format) {
  const std::tm fields = calendar(date);
  // strftime answers 0 both for "does not fit" and for "nothing to print"; a last character tells them apart.
  const std::string marked = format + ".";
  constexpr std::size_t kLongest = std::size_t{1} << 16;
  for (std::string text(64 + 4 * marked.size(), '\0'); text.size() <= kLongest;
       text.resize(text.size() * 2)) {
    const std::size_t length = std::strftime(text.data(), text.size(), marked.c_str(), &fields);
    if (length == 0) continue;
    text.resize(length - 1);
    return text;
  }
  return format;
}

}  // namespace gleaner::digest
