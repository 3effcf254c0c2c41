// SPDX-License-Identifier: Apache-2.0
// The tokens of an expression (expression.hpp).
#pragma once

#include <cstddef>
#include <string_view>

#include "plugins/filters/core/expression.hpp"

namespace gleaner::filters {

struct Token {
  enum class Kind { term, field, open, close, conjunction, disjunction, negation, end };
  Kind kind = Kind::end;
  std::size_t begin = 0, end = 0;  ///< bytes of the expression
  std::string_view text{};         ///< of a term: without quotation marks; borrowed from the expression
  std::size_t text_begin = 0;      ///< where `text` begins in the expression
  Fields fields = 0;               ///< of a field
};

/// Cuts an expression into tokens, one at a time. Borrows the text; one thread.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  /// The next token; at the end Kind::end as often as asked. Throws BadExpression.
  [[nodiscard]] Token next();

 private:
  [[nodiscard]] Token single(Token::Kind kind);
  [[nodiscard]] Token phrase(std::size_t mark_size);
  [[nodiscard]] Token word();
  [[nodiscard]] Token prefix(std::size_t begin, std::string_view name);
  void refuse_other_languages(std::size_t begin, std::string_view word) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace gleaner::filters
