// SPDX-License-Identifier: Apache-2.0
// The component `language`: keeps papers written in the reader's languages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/filters/core/language_guess.hpp"

namespace gleaner::filters {

struct LanguageOptions {
  std::vector<std::string> languages;
  std::string unknown = "keep";
};

inline constexpr std::string_view kLanguageDocumentation =
    R"(Keeps papers whose title and abstract are in one of your languages and drops others with what they are in: "language fr".

    [[stage]]
    use       = "language"
    languages = ["en", "de"]

The language is guessed from the text, without a network: by the script, and in Latin and Cyrillic letters by the commonest little
words, word endings and accented letters. An abstract is decided with confidence. A title alone often has too few such words: the
paper's language is then unknown, and so it is of texts that are half in one language and half in another. `unknown` says what
becomes of these: `keep`, or `drop` with the reason "language unknown".

Papers in languages that cannot be chosen are dropped as well where they are recognised: Catalan, Danish and Norwegian (both as "language da"), Finnish,
Czech, Hungarian, Romanian, Indonesian, Bulgarian, Serbian, and whatever is in a script of its own, Persian and Greek for instance
("language of another script").
)";

/// CONCURRENT: judge() only reads what start() made.
class Language : public Filter<LanguageOptions> {
 public:
  static constexpr auto about =
      gleaner::about(
          "language", "Keeps papers written in your languages",
          field("languages", &LanguageOptions::languages, "Languages to keep, by ISO 639-1")
              .choices("en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "tr", "ru", "uk", "zh", "ja",
                       "ko", "ar")
              .fallback("[\"en\"]"),
          field("unknown", &LanguageOptions::unknown, "What becomes of papers whose language cannot be told")
              .choices("keep", "drop")
              .fallback("keep"))
          .concurrent()
          .documentation(kLanguageDocumentation);

  void start();
  [[nodiscard]] Verdict judge(const Paper& paper) const;

 private:
  std::optional<LanguageGuess> guess_;
};

}  // namespace gleaner::filters
