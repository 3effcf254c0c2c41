#include "json_text.hpp"

#include <charconv>
#include <optional>

#include "valid_text.hpp"

namespace gleaner::chat {
namespace {

// The four hexadecimal digits of \uXXXX, `at` on the backslash.
std::optional<char32_t> utf16_unit(std::string_view input, std::size_t at) {
  if (at + 6 > input.size() || input[at] != '\\' || input[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const char* const begin = input.data() + at + 2;
  const auto [end, problem] = std::from_chars(begin, begin + 4, unit, 16);
  if (problem != std::errc() || end != begin + 4) return std::nullopt;
  return unit;
}

// Appends what the escape at `at` says; returns its length in bytes.
std::size_t take_escape(std::string_view input, std::size_t at, std::string& out) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const std::size_t which = letters.find(input[at + 1]);
  if (which != std::string_view::npos) {
    out += meanings[which];
    return 2;
  }
  const auto unit = utf16_unit(input, at);
  if (!unit) {
    out += '\\';  // an escape JSON does not know: LaTeX, mostly
    return 1;
  }
  const bool is_high = *unit >= 0xD800 && *unit <= 0xDBFF;
  const auto low = is_high ? utf16_unit(input, at + 6) : std::nullopt;
  if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
    append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
    return 12;
  }
  append_utf8(out, *unit);
  return 6;
}

}  // namespace

TextRead read_text(std::string_view input) {
  TextRead out;
  out.line_end = std::string_view::npos;
  std::size_t at = 1;
  while (at < input.size()) {
    const std::size_t stop = std::min(input.find_first_of("\"\\\n", at), input.size());
    out.words += input.substr(at, stop - at);
    at = stop;
    if (at == input.size()) break;
    if (input[at] == '"') {
      out.closed = true;
      ++at;
      break;
    }
    if (input[at] == '\n') {
      if (out.line_end == std::string_view::npos) out.line_end = at;
      out.words += input[at++];
    } else if (at + 1 < input.size()) {
      at += take_escape(input, at, out.words);
    } else {
      ++at;  // cut off after a backslash
    }
  }
  out.length = at;
  return out;
}

}  // namespace gleaner::chat
