// SPDX-License-Identifier: Apache-2.0
// Latin letters with their marks taken apart. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gleaner::common {

struct LatinLetter {
  char base;               ///< ASCII
  std::string_view marks;  ///< TeX's accents, the innermost first: "'" acute, "^'" circumflex and acute
};

/// A precomposed letter of Latin-1, Latin Extended-A, -B or Additional that is an ASCII letter with marks TeX
/// has an accent for; nothing for any other code point.
[[nodiscard]] std::optional<LatinLetter> latin_letter(char32_t code);

/// TeX's accent for a combining mark (U+0301 is '\''), or 0.
[[nodiscard]] char tex_accent(char32_t combining_mark);

/// Valid UTF-8 as ASCII: marks taken off, ß as ss, ø as o and so on, dashes and quotation marks as typed
/// ones. What has no such form is left out.
[[nodiscard]] std::string ascii_form(std::string_view text);

}  // namespace gleaner::common
