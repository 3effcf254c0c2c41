// SPDX-License-Identifier: Apache-2.0
// A boolean expression over the words of a paper: ("mixture of experts" OR moe) AND NOT title:survey
//
//   expression = all { OR all }
//   all        = factor { [AND] factor }              two terms side by side are meant both
//   factor     = NOT factor | [FIELD:] ( TERM | "(" expression ")" )
//
// A TERM is a word (up to white space, a parenthesis or a quotation mark) or a phrase in quotation marks,
// either with a
// `*` at its end for any ending. FIELD is title, abstract, author or category (authors and categories mean
// the same).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/filters/core/category_pattern.hpp"

namespace gleaner::filters {

/// Where a term is looked for: bits.
using Fields = std::uint8_t;
inline constexpr Fields kTitle = 1, kAbstract = 2, kAuthors = 4, kCategories = 8;
inline constexpr Fields kEverywhere = kTitle | kAbstract | kAuthors | kCategories;

/// The fields a name means, "title" or "authors"; 0 if there is none of the name. ASCII case does not matter.
[[nodiscard]] Fields fields_named(std::string_view name);

/// Why an expression cannot be read: "column 12: …", counted in characters from 1; in a text of several lines
/// "line 2, column 12: …".
class BadExpression : public std::runtime_error {
 public:
  /// `at` is a byte of `text`, or its end.
  BadExpression(std::string_view text, std::size_t at, const std::string& sentence);
};

/// One thing to look for.
struct Term {
  Fields fields = 0;
  std::string words;  ///< as folded_words gives them, its last space missing before a *; may be empty
  std::optional<CategoryPattern> category;  ///< where `fields` have kCategories
};

/// The texts of one paper as terms are compared with them. Implemented by the caller, who folds only what is
/// asked for.
class Searched {
 public:
  /// folded_words of the title, the abstract or the authors; a text that no phrase spans lies between two
  /// authors.
  [[nodiscard]] virtual std::string_view words(Fields one) = 0;
  [[nodiscard]] virtual bool has_category(const CategoryPattern& pattern) = 0;

 protected:
  ~Searched() = default;
};

/// A parsed expression. Immutable: any thread.
class Expression {
 public:
  /// `fields`: where a term without a field is looked for. Throws BadExpression.
  Expression(std::string_view text, Fields fields);

  /// The first of parts() that does not hold, or nothing when the whole expression does.
  [[nodiscard]] std::optional<std::size_t> first_unmet(Searched& paper) const;

  /// What the outermost ANDs join, as written; one part if nothing is joined.
  [[nodiscard]] const std::vector<std::string>& parts() const { return parts_; }

 private:
  friend class Parser;
  enum class Kind : std::uint8_t { term, any, all, negation };
  struct Node {
    Kind kind = Kind::term;
    std::size_t begin = 0, end = 0;  // bytes of the text
    Term term{};
    std::vector<Node> children{};
  };
  [[nodiscard]] static bool holds(const Node& node, Searched& paper);

  std::vector<Node> conditions_;  // all have to hold
  std::vector<std::string> parts_;
};

}  // namespace gleaner::filters
