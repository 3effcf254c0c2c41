// SPDX-License-Identifier: Apache-2.0
// Which language a text is in, by its script and its commonest words.
//
// First the script decides: kana is Japanese, Han without them Chinese, Hangul Korean. In Latin and Cyrillic
// letters each language collects points:
//
//   1 / n       for a word of its list of common words (language_words.cpp) that n languages have
//   0.5 / n     for the ending of a longer word, such as -ung or -ción
//   0.3 / n     for a letter few languages have, such as ß or ł
//
// and the one with the most wins if it has 1 at least and 1.3 times as many as the next. A word counts every
// time, so that an abstract is sure, and a short title often is not enough. Not looked at: TeX between $ and
// after a backslash, and single ASCII letters, because formulas are full of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gleaner::filters {

/// By ISO 639-1. The second row is told apart so that it is not taken for a neighbour of the first.
enum class Tongue : std::uint8_t {
  en,
  de,
  fr,
  es,
  pt,
  it,
  nl,
  sv,
  pl,
  tr,
  ru,
  uk,
  da,
  fi,
  cs,
  hu,
  ro,
  ca,
  id,
  bg,
  sr,
  zh,
  ja,
  ko,
  ar,
  another_script,  ///< letters, but of none of these languages
  unknown,         ///< too little to tell, or as much of one as of another
};

/// "en"; empty for another_script and unknown.
[[nodiscard]] std::string_view code_of(Tongue tongue);

/// A set of languages with points: bit 1 << Tongue. Only those before zh have any.
using Tongues = std::uint32_t;

struct TongueMarks {
  Tongue tongue;
  std::string_view words;    ///< common ones in lower case, separated by spaces
  std::string_view endings;  ///< likewise; of one to five letters
  std::string_view letters;  ///< likewise; of one letter each
};
/// The lists, one a language.
[[nodiscard]] std::span<const TongueMarks> tongue_marks();

/// Immutable after construction: any thread.
class LanguageGuess {
 public:
  LanguageGuess();
  [[nodiscard]] Tongue guess(std::string_view title, std::string_view abstract) const;

 private:
  class Count;
  enum class Script : std::uint8_t;
  [[nodiscard]] static Script script_of(char32_t c);

  std::unordered_map<std::string, Tongues> words_, endings_;
  std::unordered_map<char32_t, Tongues> letters_;
};

}  // namespace gleaner::filters
