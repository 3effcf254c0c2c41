// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/encoding.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include <iconv.h>

#include "plugins/arxiv/core/text.hpp"
#include "plugins/common/answer_checks.hpp"
#include "plugins/common/ascii.hpp"

namespace gleaner::common {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard, index-windows-1252); the five it leaves open
// stand for themselves there.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

bool is_utf8_text(std::string_view text) {
  return !arxiv::find_utf8_fault(text);
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : char32_t{byte});
  }
  return out;
}

char16_t unit_at(std::string_view bytes, std::size_t at, bool is_big_endian) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<char16_t>(is_big_endian ? first << 8 | second : second << 8 | first);
}

std::string from_utf16(std::string_view bytes, bool is_big_endian) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t code = unit_at(bytes, i, is_big_endian);
    if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = unit_at(bytes, i + 2, is_big_endian);
      if (low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(out, code);  // a lone surrogate becomes U+FFFD there
  }
  if (bytes.size() % 2 != 0) out += kReplacement;
  return out;
}

// The UTF-16 that the first bytes show; nothing if it is none. The order is that of a byte order mark or of
// '<' and
// '{', with which XML and JSON begin.
std::optional<std::string> utf16_text(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const std::string_view first = bytes.substr(0, 2);
  if (first == "\xFE\xFF") return from_utf16(bytes.substr(2), true);
  if (first == "\xFF\xFE") return from_utf16(bytes.substr(2), false);
  for (const char opener : {'<', '{', '['}) {
    if (first[0] == '\0' && first[1] == opener) return from_utf16(bytes, true);
    if (first[0] == opener && first[1] == '\0') return from_utf16(bytes, false);
  }
  return std::nullopt;
}

// encoding="…" of the XML declaration, in lower case.
std::string declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == kNone || declaration.size() > 512) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == kNone) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == kNone) return {};
  return lower_case(trimmed(declaration.substr(at + 1, end - at - 1)));
}

bool is_utf8_name(std::string_view name) {
  return name.empty() || name == "utf-8" || name == "utf8";
}

// The WHATWG Encoding Standard takes all of these for windows-1252, since that is what is meant.
bool is_western_name(std::string_view name) {
  for (const std::string_view known : {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1",
                                       "us-ascii", "ascii", "windows-1252", "cp1252", "x-cp1252"})
    if (name == known) return true;
  return false;
}

// Encodings whose text is all 7-bit bytes and so always looks like UTF-8.
bool is_seven_bit_name(std::string_view name) {
  return name.starts_with("iso-2022") || name.starts_with("hz") || name.starts_with("utf-7");
}

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(::iconv_open("UTF-8", from.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_known()) ::iconv_close(handle_);
  }
  // iconv_open(3) says "unknown" with the pointer (iconv_t)-1.
  [[nodiscard]] bool is_known() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  // Bytes that mean nothing become U+FFFD.
  std::string convert(std::string bytes) const {
    std::string out;
    char* in = bytes.data();
    std::size_t left = bytes.size();
    std::array<char, 4096> block{};
    while (left > 0) {
      char* to = block.data();
      std::size_t room = block.size();
      const std::size_t result = ::iconv(handle_, &in, &left, &to, &room);
      const int error = result == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(block.data(), block.size() - room);
      if (error == 0 || error == E2BIG) continue;
      out += kReplacement;
      ++in;
      --left;
    }
    return out;
  }

 private:
  iconv_t handle_;
};

std::string stray_bytes_note(std::string_view origin, std::string_view name) {
  return std::string(origin) + " says it is " + std::string(name.empty() ? "UTF-8" : name) +
         " and is not; it was read as windows-1252.";
}

Utf8Text convert_named(std::string bytes, const std::string& name, std::string_view origin) {
  if (is_western_name(name)) return {from_windows_1252(bytes), {}};
  if (is_utf8_name(name)) return {from_windows_1252(bytes), stray_bytes_note(origin, name)};
  // UTF-16 would have shown by its zero bytes.
  if (name.starts_with("utf-16") || name.starts_with("ucs-2"))
    return {from_windows_1252(bytes), stray_bytes_note(origin, name)};
  const Converter converter(name);
  if (!converter.is_known())
    throw malformed(origin, "is in the encoding \"" + beginning_of(name) + "\", which is not known here.");
  return {valid_utf8(converter.convert(std::move(bytes))), {}};
}

}  // namespace

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  while (const auto fault = arxiv::find_utf8_fault(text)) {
    out.append(text.substr(0, fault->offset)).append(kReplacement);
    text.remove_prefix(fault->cut_short ? text.size() : fault->offset + 1);
  }
  return out.empty() ? std::string(text) : out.append(text);
}

std::string charset_of(std::string_view content_type) {
  const std::string lower = lower_case(content_type);
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(lower).substr(at + 8);
  value = trimmed(value.substr(0, value.find(';')));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\''))
    value = value.substr(1, value.find(value.front(), 1) - 1);
  return std::string(value);
}

Utf8Text to_utf8(std::string bytes, std::string_view charset, std::string_view origin) {
  if (auto text = utf16_text(bytes)) return {std::move(*text), {}};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  const std::string name = charset.empty() ? declared_encoding(bytes) : lower_case(charset);
  if (!is_seven_bit_name(name) && is_utf8_text(bytes)) return {std::move(bytes), {}};
  // A download that breaks off within a character is UTF-8 all the same.
  const auto fault = arxiv::find_utf8_fault(bytes);
  if (is_utf8_name(name) && fault && fault->cut_short) return {valid_utf8(bytes), {}};
  return convert_named(std::move(bytes), name, origin);
}

}  // namespace gleaner::common
