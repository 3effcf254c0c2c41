// SPDX-License-Identifier: Apache-2.0
// People's names as sources, catalogues and readers write them, made comparable. Every function here is pure;
// any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::authors {

/// A name's words in lower case without accents, given names first: "Erdős, Pál" is {"pal", "erdos"}. Full
/// stops, hyphens and spaces part words, apostrophes vanish, "Jr." and the like at the end go. Scripts other
/// than Latin keep their letters.
struct Name {
  std::vector<std::string> words;

  [[nodiscard]] bool empty() const { return words.empty(); }
  /// The words with spaces between: for keys and sets. parse_name() of it is the same name.
  [[nodiscard]] std::string text() const;
};

/// UTF-8; bytes that are not are left out.
[[nodiscard]] Name parse_name(std::string_view written);

/// The words of any text in the same form, in their order, with spaces between.
[[nodiscard]] std::string plain_words(std::string_view written);

/// Two names are the same person's exactly when these texts are equal. Spaces and hyphens inside do not
/// matter ("Jean-Luc", "Jeanluc"), initials do: "J. Smith" is not "John Smith", nor is "John A. Smith".
[[nodiscard]] std::string same_key(const Name& name);
[[nodiscard]] bool same_name(const Name& left, const Name& right);

/// Whether they could be the same person's: equal surnames, and first given names that are equal or of which
/// one is the other's initial. True for far too many people to decide anything alone.
[[nodiscard]] bool may_be_same(const Name& left, const Name& right);

/// At least one given name is written out.
[[nodiscard]] bool has_given_name(const Name& name);

}  // namespace gleaner::authors
