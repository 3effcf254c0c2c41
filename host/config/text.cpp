#include "host/config/text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace gleaner::host {
namespace {

constexpr std::size_t longest_quote = 60;  // code points; a message stays readable whatever the file holds

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool out_of_range(char32_t value, std::size_t length) {
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return overlong || surrogate || value > 0x10FFFF;
}

std::string escape_sequence(char32_t code_point) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += digits[(code_point >> shift) & 0xFU];
  return out;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  constexpr CodePoint invalid{U'\uFFFD', 1, false};
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = sequence_length(lead);
  if (length == 0 || at + length > text.size()) return invalid;
  if (length == 1) return {lead, 1, true};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80U) return invalid;
    value = (value << 6U) | (byte & 0x3FU);
  }
  return out_of_range(value, length) ? invalid : CodePoint{value, length, true};
}

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (!point.valid) return at;
    at += point.length;
  }
  return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).length)
    ++count;
  return count;
}

std::optional<std::string_view> line_of(std::string_view text, int number) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  for (int line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  std::string_view found = text.substr(0, text.find('\n'));
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

std::string_view before_column(std::string_view line, int column) {
  std::size_t at = 0;
  for (int each = 1; each < column && at < line.size(); ++each)
    at += decode(line, at).length;
  return line.substr(0, at);
}

bool is_control(char32_t c) {
  const bool bidirectional = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || bidirectional;
}

bool has_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (is_control(point.value)) return true;
    at += point.length;
  }
  return false;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == longest_quote) {
      out += "…";
      break;
    }
    const CodePoint point = decode(text, at);
    if (!point.valid || is_control(point.value))
      out += escape_sequence(point.value);
    else
      out += text.substr(at, point.length);
    at += point.length;
  }
  return out += '"';
}

std::string quote_all(std::span<const std::string> words, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < most; ++i) {
    if (i > 0) out += ", ";
    out += quote(words[i]);
  }
  if (words.size() > most) out += concat({" and ", std::to_string(words.size() - most), " more"});
  return out;
}

std::string concat(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces)
    size += piece.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view piece : pieces)
    out += piece;
  return out;
}

std::string with_article(std::string_view word) {
  constexpr std::string_view vowels = "aeiou";
  const bool vowel = !word.empty() && vowels.find(word.front()) != std::string_view::npos;
  return concat({vowel ? "an " : "a ", word});
}

std::string number_text(double number) {
  constexpr double largest = 1e21;  // where JavaScript begins to write exponents, too
  if (number == 0) return "0";      // not "-0"
  const double size = std::abs(number);
  const bool is_plain = size < largest && size > 1 / largest;
  std::array<char, 48> buffer{};  // a sign, a point, 20 zeros and 17 digits
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 is_plain ? std::chars_format::fixed : std::chars_format::scientific);
  return {buffer.data(), end.ptr};
}

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (c == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7F)
      out += escape_sequence(byte);
    else
      out += c;
  }
  return out += '"';
}

}  // namespace gleaner::host
