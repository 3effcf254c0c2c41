#include "number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <locale>
#include <sstream>
#include <system_error>

#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

// Longer ones are no answer to any question here; a double has 17 digits.
constexpr std::size_t longest_number = 400;

std::size_t digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9')
    ++end;
  return end - at;
}

std::size_t exponent_length(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return 0;
  std::size_t end = at + 1;
  if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
  const std::size_t count = digits(text, end);
  return count == 0 ? 0 : end + count - at;
}

}  // namespace

std::size_t number_length(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t whole = digits(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return 0;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits(text, at + 1);
    if (fraction == 0) return 0;
    at += 1 + fraction;
  }
  return at + exponent_length(text, at);
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > longest_number || number_length(text) != text.size()) return std::nullopt;
  double out = 0;
#ifdef __cpp_lib_to_chars
  if (std::from_chars(text.data(), text.data() + text.size(), out).ec != std::errc()) return std::nullopt;
#else
  // libc++ 14 has no from_chars for double, and strtod would read by the locale of the process.
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  if (!(in >> out)) return std::nullopt;
#endif
  return out;
}

std::string number_text(double number) {
  if (!std::isfinite(number)) return "null";
  std::array<char, 1100> room{};  // the smallest number has 1,075 places
  const auto end = std::to_chars(room.data(), room.data() + room.size(), number, std::chars_format::fixed);
  return {room.data(), end.ptr};
}

}  // namespace gleaner::chat
