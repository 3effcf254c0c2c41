#include "plugins/arxiv/core/text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
constexpr std::uint64_t kHighs = 0x8080808080808080ULL;

std::uint64_t load(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Nonzero if a byte of `word` is zero; the lowest bit set is then in the lowest such byte.
constexpr std::uint64_t has_zero(std::uint64_t word) {
  return (word - kOnes) & ~word & kHighs;
}

// Whether 32 of the 33 bytes at `at` are plain: no '&', no control character, no two spaces. A loop without
// an exit, of which compilers make vector instructions.
bool is_plain_block(const char* at) {
  unsigned char special = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const auto byte = static_cast<unsigned char>(at[i]);
    const auto next = static_cast<unsigned char>(at[i + 1]);
    const bool is_pair = (byte == ' ') & (next == ' ');
    special = static_cast<unsigned char>(special | ((byte < 0x20) | (byte == '&') | is_pair));
  }
  return special == 0;
}

// The first byte from `at` on that may not be copied as it is, or one before it from where to look again.
// Many at a time because nearly all of an abstract is plain, and byte by byte this pass would cost as much as
// the XML parser.
char* first_special(char* at, const char* end) {
  while (end - at > 32 && is_plain_block(at))
    at += 32;
  for (; end - at > 8; at += 8) {
    const std::uint64_t word = load(at);
    const std::uint64_t ampersand = has_zero(word ^ (kOnes * '&'));
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
    const std::uint64_t pair = has_zero((word ^ (kOnes * ' ')) | (load(at + 1) ^ (kOnes * ' ')));
    const std::uint64_t special = ampersand | control | pair;
    if (special == 0) continue;
    return std::endian::native == std::endian::little ? at + std::countr_zero(special) / 8 : at;
  }
  return at;
}

struct Range {
  unsigned char low, high;
};

// The allowed second byte after a lead byte, and how many bytes the character has (RFC 3629, section 4).
struct Lead {
  std::size_t length;
  Range second;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, {0x80, 0xBF}};
  if (byte == 0xE0) return {3, {0xA0, 0xBF}};
  if (byte == 0xED) return {3, {0x80, 0x9F}};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, {0x80, 0xBF}};
  if (byte == 0xF0) return {4, {0x90, 0xBF}};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, {0x80, 0xBF}};
  if (byte == 0xF4) return {4, {0x80, 0x8F}};
  return {0, {0, 0}};
}

bool is_xml_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  if (code >= 0xD800 && code <= 0xDFFF) return false;
  return code <= 0x10FFFF && code != 0xFFFE && code != 0xFFFF;
}

std::size_t encode(std::uint32_t code, std::array<char, 4>& bytes) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x80) {
    bytes[0] = byte(code);
    return 1;
  }
  if (code < 0x800) {
    bytes = {byte(0xC0 | (code >> 6)), byte(0x80 | (code & 0x3F))};
    return 2;
  }
  if (code < 0x10000) {
    bytes = {byte(0xE0 | (code >> 12)), byte(0x80 | ((code >> 6) & 0x3F)), byte(0x80 | (code & 0x3F))};
    return 3;
  }
  bytes = {byte(0xF0 | (code >> 18)), byte(0x80 | ((code >> 12) & 0x3F)), byte(0x80 | ((code >> 6) & 0x3F)),
           byte(0x80 | (code & 0x3F))};
  return 4;
}

// The code of `#946` or `#x3B2`; nullopt if it is not written that way, U+FFFD if XML does not allow the
// character.
std::optional<std::uint32_t> reference_code(std::string_view name) {
  const bool hexadecimal = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
  if (digits.empty()) return std::nullopt;
  std::uint32_t code = 0;
  for (char c : digits) {
    const char lower = to_lower(c);
    std::uint32_t digit = 0;
    if (is_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (hexadecimal && lower >= 'a' && lower <= 'f') {
      digit = static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
    if (code <= 0x10FFFF) code = code * (hexadecimal ? 16 : 10) + digit;
  }
  return is_xml_character(code) ? code : 0xFFFD;
}

std::optional<std::uint32_t> entity_code(std::string_view name) {
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "amp") return '&';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (!name.empty() && name[0] == '#') return reference_code(name);
  return std::nullopt;
}

}  // namespace

std::optional<Utf8Fault> find_utf8_fault(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    for (const char* at = text.data() + i; i + 32 <= text.size(); i += 32, at += 32)
      if (((load(at) | load(at + 8) | load(at + 16) | load(at + 24)) & kHighs) != 0) break;
    while (i + 8 <= text.size() && (load(text.data() + i) & kHighs) == 0)
      i += 8;
    if (i >= text.size()) break;
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      ++i;
      continue;
    }
    const Lead lead = lead_of(byte);
    if (lead.length == 0) return Utf8Fault{i, false};
    for (std::size_t k = 1; k < lead.length; ++k) {
      if (i + k >= text.size()) return Utf8Fault{i, true};
      const auto next = static_cast<unsigned char>(text[i + k]);
      const Range allowed = k == 1 ? lead.second : Range{0x80, 0xBF};
      if (next < allowed.low || next > allowed.high) return Utf8Fault{i, false};
    }
    i += lead.length;
  }
  return std::nullopt;
}

void TextJoiner::put(char c) {
  if (is_space(c)) {
    if (out_ == start_ || out_[-1] == ' ') return;
    c = ' ';
  } else if (static_cast<unsigned char>(c) < 0x20) {
    return;  // no other control character is allowed in XML, or of use on a page
  }
  *out_++ = c;
}

void TextJoiner::append_verbatim(char* source, std::size_t size) {
  for (char* at = source; at != source + size; ++at)
    put(*at);
}

// Decodes the entity at `at`, or copies its ampersand. Never writes more bytes than it reads: the shortest
// reference to a character of n bytes is longer than n (U+FFFD for `&#0;` is three bytes for four).
char* TextJoiner::decode(char* at, char* end) {
  constexpr std::size_t kLongest = 32;  // leading zeros are allowed; this many are nobody's intention
  const std::string_view rest(at + 1, std::min(static_cast<std::size_t>(end - at - 1), kLongest));
  const std::size_t semicolon = rest.find(';');
  const auto code =
      semicolon == std::string_view::npos ? std::nullopt : entity_code(rest.substr(0, semicolon));
  if (!code) {
    put('&');
    return at + 1;
  }
  std::array<char, 4> bytes{};
  const std::size_t length = encode(*code, bytes);
  for (std::size_t i = 0; i < length; ++i)
    put(bytes[i]);
  return at + 1 + semicolon + 1;
}

void TextJoiner::append_encoded(char* source, std::size_t size) {
  char* at = source;
  char* const end = source + size;
  while (at != end) {
    if (*at == '&') {
      at = decode(at, end);
      continue;
    }
    put(*at++);  // knows what a space here follows, which is of no concern to what comes after it
    if (at == end || *at == ' ') continue;
    char* const special = first_special(at, end);
    const auto plain = static_cast<std::size_t>(special - at);
    if (out_ != at) std::memmove(out_, at, plain);
    out_ += plain;
    at = special;
  }
}

std::string_view TextJoiner::finish() {
  if (out_ != start_ && out_[-1] == ' ') --out_;
  return {start_, static_cast<std::size_t>(out_ - start_)};
}

}  // namespace gleaner::arxiv
