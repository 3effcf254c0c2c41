// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/visible_text.hpp"

#include "plugins/common/encoding.hpp"
#include "plugins/common/html_text.hpp"

namespace gleaner::common {
namespace {

// Unicode Technical Standard 39 lists them as never needed in titles and abstracts.
constexpr bool is_hidden(char32_t code) {
  return code == 0x00AD || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

constexpr bool breaks_a_line(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029;
}

constexpr bool is_noncharacter(char32_t code) {
  return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return 0xFFFD;
  char32_t code = lead & (0x3Fu >> more);
  for (int i = 0; i < more; ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return code;
}

std::string visible_line(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t start = at;
    const char32_t code = next_code_point(valid, at);
    if (is_hidden(code) || is_noncharacter(code)) continue;
    if (breaks_a_line(code))
      out += ' ';
    else
      out.append(valid, start, at - start);
  }
  return plain_line(out);
}

std::string shortened_text(std::string_view text, std::size_t most) {
  std::size_t cut = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    (void)next_code_point(text, at);
    ++count;
    if (count + 1 <= most) cut = at;  // room for the "…" is left
    if (count > most) return std::string(text.substr(0, cut)) + "…";
  }
  return std::string(text);
}

}  // namespace gleaner::common
