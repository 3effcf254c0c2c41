// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/output/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/dates.hpp"

namespace gleaner::feed::output {
namespace {

using common::is_digit;
using common::is_letter;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 0;  // bytes; 0: no character begins there
};

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

// RFC 3629, section 3: shortest form only, no surrogates, nothing above U+10FFFF.
Character character_at(std::string_view text, std::size_t at) {
  const std::uint32_t first = byte_at(text, at);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return {};
  std::uint32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const std::uint32_t next = byte_at(text, at + i);
    if ((next & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (is_overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, size};
}

// XML 1.0, section 2.2, with its note on what to avoid; Unicode's embeddings, overrides and isolates; the
// byte order mark, which within a text is a character without a width.
bool is_unwelcome(std::uint32_t code) {
  if (code < 0x20) return code != '\t' && code != '\n';
  const bool is_control = code >= 0x7F && code <= 0x9F;
  const bool is_noncharacter = (code & 0xFFFEU) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
  const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return is_control || is_noncharacter || turns || code == 0xFEFF;
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void append_percent(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

bool stays_in_address(std::string_view url, std::size_t at) {
  constexpr std::string_view kPunctuation = "-._~:/?#@!$&'()*+,;=";
  if (url[at] == '%') return at + 2 < url.size() && is_hex(url[at + 1]) && is_hex(url[at + 2]);
  return is_letter(url[at]) || is_digit(url[at]) || kPunctuation.find(url[at]) != common::kNone;
}

}  // namespace

std::string clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    if (character.size == 0) {
      out += kReplacement;
      ++at;
      continue;
    }
    // A lone CR ends a line too (XML 1.0, section 2.11); so do U+0085, U+2028 and U+2029 where they occur.
    const bool is_return = character.code == '\r' && byte_at(text, at + 1) != '\n';
    if (is_return || character.code == 0x85 || character.code == 0x2028 || character.code == 0x2029)
      out += '\n';
    else if (!is_unwelcome(character.code))
      out += text.substr(at, character.size);
    at += character.size;
  }
  return out;
}

std::string clean_line(std::string_view text) {
  const std::string cleaned = clean(text);
  std::string out;
  out.reserve(cleaned.size());
  for (const char c : common::trimmed(cleaned)) {
    if (!common::is_space(c))
      out += c;
    else if (out.back() != ' ')  // the first is no space, and none begins before it
      out += ' ';
  }
  return out;
}

std::string xml(std::string_view clean_text) {
  std::string out;
  out.reserve(clean_text.size() + clean_text.size() / 16);
  for (const char c : clean_text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string web_address(std::string_view url) {
  url = common::trimmed(url);
  std::string_view rest = url;
  if (!common::drop_prefix(rest, "https://") && !common::drop_prefix(rest, "http://")) return {};
  const std::string_view server = rest.substr(0, rest.find_first_of("/?#"));
  if (server.empty() || !(is_letter(server.front()) || is_digit(server.front()))) return {};
  std::string out;
  out.reserve(url.size());
  bool has_fragment = false;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool is_second = url[i] == '#' && has_fragment;
    has_fragment = has_fragment || url[i] == '#';
    if (stays_in_address(url, i) && !is_second)
      out += url[i];
    else
      append_percent(out, url[i]);
  }
  return out;
}

std::string id_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view kPunctuation = "-._~:/";
    if (is_letter(c) || is_digit(c) || kPunctuation.find(c) != common::kNone)
      out += c;
    else
      append_percent(out, c);
  }
  return out;
}

std::string rfc3339(std::string_view day) {
  return std::string(day) + "T00:00:00Z";
}

// Names of its own: a process's language must not reach the file.
std::string rfc822(std::string_view day) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto date = digest::parse_date(day);
  if (!date) return {};
  const std::chrono::weekday weekday{std::chrono::sys_days{*date}};
  std::string out(kDays[weekday.c_encoding()]);
  out.append(", ").append(day.substr(8, 2)).append(" ");
  out.append(kMonths[static_cast<unsigned>(date->month()) - 1]).append(" ").append(day.substr(0, 4));
  return out + " 00:00:00 GMT";
}

}  // namespace gleaner::feed::output
