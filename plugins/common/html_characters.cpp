// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/html_characters.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/html_entities.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::common {
namespace {

constexpr std::size_t kLongestEntity = 12;  // "&thetasym;" and numbers of six digits

// 0 to 9 and what stands beside them in formulas.
constexpr std::string_view kScriptable = "0123456789+-=()n";
constexpr std::array<char32_t, 16> kRaised = {0x2070, 0xB9,   0xB2,   0xB3,   0x2074, 0x2075, 0x2076, 0x2077,
                                              0x2078, 0x2079, 0x207A, 0x207B, 0x207C, 0x207D, 0x207E, 0x207F};
constexpr std::array<char32_t, 16> kLowered = {0x2080, 0x2081, 0x2082, 0x2083, 0x2084, 0x2085,
                                               0x2086, 0x2087, 0x2088, 0x2089, 0x208A, 0x208B,
                                               0x208C, 0x208D, 0x208E, 0x2099};

std::string with_minus_sign(std::string_view text) {
  std::string out(text);
  for (const std::string_view minus :
       {"\xE2\x88\x92", "\xE2\x80\x93"})  // U+2212 and an en dash, which is meant so
    for (std::size_t at = out.find(minus); at != std::string::npos; at = out.find(minus, at))
      out.replace(at, minus.size(), "-");
  return out;
}

std::string scripted(std::string_view text, const std::array<char32_t, 16>& forms) {
  std::string out;
  for (const char c : with_minus_sign(trimmed(text))) {
    const std::size_t at = kScriptable.find(c);
    if (at == kNone) return std::string(text);
    append_utf8(out, forms[at]);
  }
  return out;
}

std::optional<char32_t> numbered(std::string_view digits) {
  const bool is_hex = !digits.empty() && to_lower(digits.front()) == 'x';
  if (is_hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  char32_t code = 0;
  for (const char c : digits) {
    const char lower = to_lower(c);
    if (is_digit(c))
      code = code * (is_hex ? 16 : 10) + static_cast<char32_t>(c - '0');
    else if (is_hex && lower >= 'a' && lower <= 'f')
      code = code * 16 + static_cast<char32_t>(lower - 'a' + 10);
    else
      return std::nullopt;
    if (code > 0x10FFFF) return 0xFFFD;
  }
  return code == 0 ? 0xFFFD : code;
}

std::optional<char32_t> named(std::string_view name) {
  const auto at =
      std::lower_bound(kHtmlEntities.begin(), kHtmlEntities.end(), name,
                       [](const HtmlEntity& entity, std::string_view key) { return entity.name < key; });
  if (at == kHtmlEntities.end() || at->name != name) return std::nullopt;
  return at->code;
}

// Numbers 128 to 159 name windows-1252's characters (HTML Standard, "numeric character reference end state").
void append_character(std::string& out, char32_t code) {
  if (code >= 0x80 && code < 0xA0) {
    out += to_utf8(std::string(1, static_cast<char>(code)), "windows-1252", {}).text;
    return;
  }
  append_utf8(out, code);
}

}  // namespace

std::size_t decode_entity(std::string_view text, std::string& out) {
  const std::size_t end = text.substr(0, kLongestEntity).find(';');
  if (end == kNone || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  const auto code = name.front() == '#' ? numbered(name.substr(1)) : named(name);
  if (!code) return 0;
  append_character(out, *code);
  return end + 1;
}

std::string raised(std::string_view text) {
  return scripted(text, kRaised);
}

std::string lowered(std::string_view text) {
  return scripted(text, kLowered);
}

}  // namespace gleaner::common
