// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/core/expression.hpp"

#include <algorithm>

#include "plugins/filters/core/parser.hpp"

namespace gleaner::filters {
namespace {

struct NamedFields {
  std::string_view name;
  Fields fields;
};
constexpr NamedFields kNames[] = {{"title", kTitle},         {"abstract", kAbstract},
                                  {"author", kAuthors},      {"authors", kAuthors},
                                  {"category", kCategories}, {"categories", kCategories}};

constexpr bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

std::string position(std::string_view text, std::size_t at) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (const char c : text.substr(0, at)) {
    if (c == '\n') {
      ++line;
      column = 1;
    } else if (!is_continuation(c)) {
      ++column;
    }
  }
  const std::string out = "column " + std::to_string(column);
  return text.find('\n') == std::string_view::npos ? out : "line " + std::to_string(line) + ", " + out;
}

/// One line of at most so many bytes, as a reason wants it.
std::string excerpt(std::string_view written) {
  constexpr std::size_t kLongest = 80;
  std::string out;
  for (const char c : written) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.size() <= kLongest) return out;
  std::size_t end = kLongest;
  while (is_continuation(out[end]))
    --end;
  return out.substr(0, end) + "…";
}

}  // namespace

Fields fields_named(std::string_view name) {
  const auto is_same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 0x20 : a) == b; };
  for (const auto& known : kNames)
    if (std::ranges::equal(name, known.name, is_same)) return known.fields;
  return 0;
}

BadExpression::BadExpression(std::string_view text, std::size_t at, const std::string& sentence)
    : std::runtime_error(position(text, at) + ": " + sentence) {}

Expression::Expression(std::string_view text, Fields fields) {
  Node root = Parser(text, fields).parse();
  if (root.kind == Kind::all)
    conditions_ = std::move(root.children);
  else
    conditions_.push_back(std::move(root));
  for (const Node& condition : conditions_)
    parts_.push_back(excerpt(text.substr(condition.begin, condition.end - condition.begin)));
}

std::optional<std::size_t> Expression::first_unmet(Searched& paper) const {
  for (std::size_t i = 0; i < conditions_.size(); ++i)
    if (!holds(conditions_[i], paper)) return i;
  return std::nullopt;
}

bool Expression::holds(const Node& node, Searched& paper) {
  const auto child_holds = [&paper](const Node& child) { return holds(child, paper); };
  switch (node.kind) {
    case Kind::any:
      return std::ranges::any_of(node.children, child_holds);
    case Kind::all:
      return std::ranges::all_of(node.children, child_holds);
    case Kind::negation:
      return !holds(node.children.front(), paper);
    case Kind::term:
      break;
  }
  const Term& term = node.term;
  for (const Fields one : {kTitle, kAbstract, kAuthors})
    if ((term.fields & one) != 0 && paper.words(one).find(term.words) != std::string_view::npos) return true;
  return (term.fields & kCategories) != 0 && paper.has_category(*term.category);
}

}  // namespace gleaner::filters
