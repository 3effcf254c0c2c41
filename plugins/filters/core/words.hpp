// SPDX-License-Identifier: Apache-2.0
// Text as words that can be compared: UTF-8 read, case and accents folded. Every function here is pure; any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::filters {

/// The code point at `at`, which moves behind it. A byte that is no UTF-8 gives U+FFFD and one step.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at);

void append_utf8(char32_t c, std::string& out);

/// Lower case of the letters of the Latin-1 and Latin Extended-A blocks, of Greek and of Cyrillic; others as
/// they are.
[[nodiscard]] char32_t lower_case(char32_t c);

/// What a character is in a word.
enum class CharacterKind {
  letter,     ///< of a word: a letter or a digit
  ideograph,  ///< a word of its own: Han, kana, and the scripts of South East Asia that put no space between
              ///< words
  separator,  ///< between words
  nothing,    ///< dropped: combining accents, soft hyphens, zero-width characters
};
[[nodiscard]] CharacterKind kind_of(char32_t c);

/// Appends the words of `text`, folded, each with a space behind it; the first with one in front unless `out`
/// ends with one. "K-Means à la Łódź" gives " k means a la lodz ", so that finding " means " is finding the
/// whole word.
///
/// Folded are case (as lower_case), accents and strokes of Latin letters (Latin-1, Extended-A, Extended
/// Additional: "Gödel" is "godel"; æ œ ß þ are ae oe ss th), the accents of Greek vowels, ё as е, ligatures,
/// full-width forms, super- and subscript digits. Nothing else is: no stemming, no transliteration.
void append_words(std::string_view text, std::string& out);

/// append_words to an empty text.
[[nodiscard]] std::string folded_words(std::string_view text);

}  // namespace gleaner::filters
