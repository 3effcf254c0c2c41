// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/core/parser.hpp"

#include <string>
#include <utility>

#include "plugins/filters/core/words.hpp"

namespace gleaner::filters {
namespace {

constexpr std::size_t kDeepest = 100;  // parentheses and NOTs in each other: the parser and the tree recurse

bool ends_in_word(std::string_view text) {
  CharacterKind last = CharacterKind::separator;
  for (std::size_t at = 0; at < text.size();) {
    const CharacterKind kind = kind_of(next_character(text, at));
    if (kind != CharacterKind::nothing) last = kind;
  }
  return last != CharacterKind::separator;
}

}  // namespace

class Parser::Depth {
 public:
  explicit Depth(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > kDeepest)
      parser_.refuse(parser_.token_.begin, "there are too many parentheses within each other.");
  }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --parser_.depth_; }

 private:
  Parser& parser_;
};

Parser::Node Parser::parse() {
  advance();
  if (token_.kind == Token::Kind::end) refuse(0, "there is nothing to look for.");
  Node out = disjunction();
  if (token_.kind == Token::Kind::close) refuse(token_.begin, "this ) has no ( before it.");
  return out;
}

Parser::Node Parser::disjunction() {
  Node first = conjunction();
  if (token_.kind != Token::Kind::disjunction) return first;
  Node out{Expression::Kind::any, first.begin, first.end};
  out.children.push_back(std::move(first));
  while (token_.kind == Token::Kind::disjunction) {
    advance();
    out.children.push_back(conjunction());
  }
  out.end = out.children.back().end;
  return out;
}

Parser::Node Parser::conjunction() {
  Node first = factor();
  Node out{Expression::Kind::all, first.begin, first.end};
  out.children.push_back(std::move(first));
  for (;;) {
    if (token_.kind == Token::Kind::conjunction)
      advance();
    else if (token_.kind == Token::Kind::end || token_.kind == Token::Kind::close ||
             token_.kind == Token::Kind::disjunction)
      break;
    out.children.push_back(factor());
  }
  if (out.children.size() == 1) return Node(std::move(out.children.front()));
  out.end = out.children.back().end;
  return out;
}

Parser::Node Parser::factor() {
  switch (token_.kind) {
    case Token::Kind::negation:
      return negation();
    case Token::Kind::field:
      return with_field();
    case Token::Kind::open:
      return group();
    case Token::Kind::term:
      return term();
    default:
      refuse_missing();
  }
}

Parser::Node Parser::negation() {
  const Depth deeper(*this);
  Node out{Expression::Kind::negation, token_.begin, token_.end};
  advance();
  out.children.push_back(factor());
  out.end = out.children.back().end;
  return out;
}

Parser::Node Parser::with_field() {
  const Token field = token_;
  if (has_field_) refuse(field.begin, "the field of these parentheses is given before them already.");
  advance();
  if (token_.kind != Token::Kind::term && token_.kind != Token::Kind::open)
    refuse(field.begin, "after a field comes a word, a phrase or a parenthesis.");
  const Fields outer = std::exchange(fields_, field.fields);
  has_field_ = true;
  Node out = factor();
  has_field_ = false;
  fields_ = outer;
  out.begin = field.begin;
  return out;
}

Parser::Node Parser::group() {
  const Depth deeper(*this);
  const std::size_t begin = token_.begin;
  advance();
  Node out = disjunction();
  if (token_.kind != Token::Kind::close) refuse(begin, "this ( is never closed.");
  out.begin = begin;
  out.end = token_.end;
  advance();
  return out;
}

Parser::Node Parser::term() {
  std::string_view written = token_.text;
  const std::size_t star = written.find('*');
  if (star != std::string_view::npos && star + 1 < written.size())
    refuse(token_.text_begin + star, "a * stands at the end of a word or phrase only.");
  const bool is_prefix = star != std::string_view::npos;
  Node out{Expression::Kind::term, token_.begin, token_.end};
  out.term.fields = fields_;
  if ((fields_ & kCategories) != 0) out.term.category.emplace(written);
  if (is_prefix) written.remove_suffix(1);
  out.term.words = folded_words(written);
  if (out.term.words.empty()) refuse(token_.begin, "there is no letter or digit to look for.");
  if (is_prefix && ends_in_word(written)) out.term.words.pop_back();  // the space that ends the word
  if (is_prefix && !ends_in_word(written)) {                          // "cs.*" can be nothing but categories
    if ((fields_ & kCategories) == 0) refuse(token_.begin, "a * follows a letter or a digit.");
    out.term.fields = kCategories;
  }
  advance();
  return out;
}

void Parser::refuse(std::size_t at, std::string_view sentence) const {
  throw BadExpression(text_, at, std::string(sentence));
}

void Parser::refuse_missing() const {
  if (token_.kind == Token::Kind::end)
    refuse(token_.begin, "the expression ends where a term has to follow.");
  if (token_.kind == Token::Kind::close) refuse(token_.begin, "a term has to stand before this ).");
  refuse(token_.begin, "a term has to stand before " +
                           std::string(text_.substr(token_.begin, token_.end - token_.begin)) + ".");
}

}  // namespace gleaner::filters
