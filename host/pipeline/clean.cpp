#include "host/pipeline/clean.hpp"

#include <cstdint>
#include <cstring>

namespace gleaner::host {
namespace {

// One character at `at`: its code point and length, or length 0 when the bytes are no valid UTF-8.
struct Decoded {
  char32_t point;
  std::size_t length;
};

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  std::size_t length = 0;
  char32_t point = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
    point = first & 0x1Fu;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    point = first & 0x0Fu;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    point = first & 0x07u;
  } else {
    return {0, 0};
  }
  if (at + length > text.size()) return {0, 0};
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {0, 0};
    point = (point << 6) | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) return {0, 0};
  return {point, length};
}

bool is_hidden(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

// Whether 32 bytes are all printable ASCII. A loop without an exit, of which compilers make vector
// instructions.
bool is_plain_block(const char* at) {
  unsigned char other = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto byte = static_cast<unsigned char>(at[i]);
    other = static_cast<unsigned char>(other | ((byte < 0x20) | (byte > 0x7E)));
  }
  return other == 0;
}

// Many bytes at once: all printable ASCII, newline or tab handled by the slow path. Bytes below 0x20 or from
// 0x7F on stop it.
std::size_t plain_prefix(std::string_view text, std::size_t at) {
  while (at + 32 <= text.size() && is_plain_block(text.data() + at))
    at += 32;
  while (at + 8 <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    constexpr std::uint64_t high = 0x8080808080808080ULL;
    const std::uint64_t below_space = (word - 0x2020202020202020ULL) & ~word & high;  // some byte < 0x20
    const std::uint64_t is_delete =
        ((word ^ 0x7F7F7F7F7F7F7F7FULL) - 0x0101010101010101ULL) & ~(word ^ 0x7F7F7F7F7F7F7F7FULL) & high;
    if (((word & high) | below_space | is_delete) != 0) break;
    at += 8;
  }
  return at;
}

}  // namespace

bool is_clean(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at = plain_prefix(text, at);
    if (at >= text.size()) break;
    const auto [point, length] = decode(text, at);
    if (length == 0 || is_hidden(point) || is_control(point)) return false;
    at += length;
  }
  return true;
}

std::string cleaned(std::string_view text, std::size_t& removed) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = decode(text, at);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++removed;
      ++at;
    } else if (is_hidden(point)) {
      ++removed;
      at += length;
    } else if (is_control(point)) {
      out += ' ';
      ++removed;
      at += length;
    } else {
      out.append(text, at, length);
      at += length;
    }
  }
  return out;
}

std::size_t hidden_characters(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = decode(text, at);
    if (length > 0 && is_hidden(point)) ++out;
    at += length > 0 ? length : 1;
  }
  return out;
}

std::string_view shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0u) == 0x80u)
    --limit;
  return text.substr(0, limit);
}

}  // namespace gleaner::host
