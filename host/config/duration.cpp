#include "host/config/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr double longest = 10'000.0 * 86'400'000.0;

bool is_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view rest = point == std::string_view::npos ? "0" : text.substr(point + 1);
  constexpr std::string_view digits = "0123456789";
  return !whole.empty() && !rest.empty() && whole.find_first_not_of(digits) == std::string_view::npos &&
         rest.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const std::size_t unit_at = text.find_first_not_of("0123456789.");
  if (unit_at == std::string_view::npos) return std::nullopt;
  const std::string_view amount_text = text.substr(0, unit_at);
  if (!is_decimal(amount_text)) return std::nullopt;
  for (const Unit& unit : units) {
    if (text.substr(unit_at) != unit.name) continue;
    double amount = 0;
    const auto [end, error] =
        std::from_chars(amount_text.data(), amount_text.data() + amount_text.size(), amount);
    if (error != std::errc{}) return std::nullopt;
    const double milliseconds = amount * static_cast<double>(unit.milliseconds);
    if (!(milliseconds <= longest)) return std::nullopt;
    return std::chrono::milliseconds(std::llround(milliseconds));
  }
  return std::nullopt;
}

std::string duration_text(std::chrono::milliseconds duration) {
  const std::int64_t count = duration.count();
  if (count == 0) return "0s";
  for (const Unit& unit : units)
    if (count % unit.milliseconds == 0) return concat({std::to_string(count / unit.milliseconds), unit.name});
  return concat({std::to_string(count), "ms"});
}

}  // namespace gleaner::host
