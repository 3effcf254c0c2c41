// SPDX-License-Identifier: Apache-2.0
// From tokens to the tree of an expression (expression.hpp).
#pragma once

#include <string_view>

#include "plugins/filters/core/lexer.hpp"

namespace gleaner::filters {

/// Reads one expression. Borrows the text; one thread.
class Parser {
 public:
  using Node = Expression::Node;

  /// `fields`: of a term that names none.
  Parser(std::string_view text, Fields fields) : text_(text), lexer_(text), fields_(fields) {}
  /// Throws BadExpression.
  [[nodiscard]] Node parse();

 private:
  class Depth;

  void advance() { token_ = lexer_.next(); }
  [[nodiscard]] Node disjunction();
  [[nodiscard]] Node conjunction();
  [[nodiscard]] Node factor();
  [[nodiscard]] Node negation();
  [[nodiscard]] Node with_field();
  [[nodiscard]] Node group();
  [[nodiscard]] Node term();
  [[noreturn]] void refuse(std::size_t at, std::string_view sentence) const;
  [[noreturn]] void refuse_missing() const;

  std::string_view text_;
  Lexer lexer_;
  Fields fields_;
  bool has_field_ = false;  // within a field's parentheses
  std::size_t depth_ = 0;
  Token token_{};
};

}  // namespace gleaner::filters
