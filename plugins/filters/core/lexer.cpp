// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/core/lexer.hpp"

#include <algorithm>
#include <string>

namespace gleaner::filters {
namespace {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Bytes of the quotation mark at `at`, the straight or a curved one, as word processors make them; 0 if
/// there is none.
std::size_t quotation_mark(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('"')) return 1;
  for (const std::string_view curved : {"\u201C", "\u201D", "\u201E"})
    if (rest.starts_with(curved)) return curved.size();
  return 0;
}

std::string upper_case(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
  return out;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

}  // namespace

Token Lexer::next() {
  while (at_ < text_.size() && is_blank(text_[at_]))
    ++at_;
  if (at_ == text_.size()) return {Token::Kind::end, at_, at_};
  if (text_[at_] == '(') return single(Token::Kind::open);
  if (text_[at_] == ')') return single(Token::Kind::close);
  const std::size_t mark = quotation_mark(text_, at_);
  return mark > 0 ? phrase(mark) : word();
}

Token Lexer::single(Token::Kind kind) {
  const std::size_t begin = at_++;
  return {kind, begin, at_};
}

Token Lexer::phrase(std::size_t mark_size) {
  const std::size_t begin = at_;
  const std::size_t first = begin + mark_size;
  std::size_t last = first;
  while (last < text_.size() && quotation_mark(text_, last) == 0)
    ++last;
  if (last == text_.size()) throw BadExpression(text_, begin, "this quotation mark is never closed.");
  at_ = last + quotation_mark(text_, last);
  if (at_ < text_.size() && text_[at_] == '*')
    throw BadExpression(text_, at_, "the * of a phrase belongs inside the quotation marks.");
  return {Token::Kind::term, begin, at_, text_.substr(first, last - first), first};
}

Token Lexer::word() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '(' && text_[at_] != ')' &&
         quotation_mark(text_, at_) == 0) {
    if (text_[at_] == ':') return prefix(begin, text_.substr(begin, at_ - begin));
    ++at_;
  }
  const std::string_view found = text_.substr(begin, at_ - begin);
  if (found == "AND") return {Token::Kind::conjunction, begin, at_};
  if (found == "OR") return {Token::Kind::disjunction, begin, at_};
  if (found == "NOT") return {Token::Kind::negation, begin, at_};
  refuse_other_languages(begin, found);
  return {Token::Kind::term, begin, at_, found, begin};
}

Token Lexer::prefix(std::size_t begin, std::string_view name) {
  const Fields fields = is_name(name) ? fields_named(name) : Fields{0};
  if (fields == 0)
    throw BadExpression(text_, begin,
                        "there is no field \"" + std::string(name) +
                            "\"; the fields are title, abstract, author and category. What has a colon in it "
                            "is put in quotation marks.");
  ++at_;
  Token out{Token::Kind::field, begin, at_};
  out.fields = fields;
  return out;
}

/// What means an operator elsewhere would be looked for as a word here, or, worse, taken for its opposite.
void Lexer::refuse_other_languages(std::size_t begin, std::string_view word) const {
  const std::string upper = upper_case(word);
  if (upper == "AND" || upper == "OR" || upper == "NOT")
    throw BadExpression(text_, begin,
                        "write " + upper + " in capitals, or the word \"" + std::string(word) +
                            "\" in quotation marks if it is to be looked for.");
  if (word == "&" || word == "&&")
    throw BadExpression(text_, begin, "write AND for " + std::string(word) + ".");
  if (word == "|" || word == "||")
    throw BadExpression(text_, begin, "write OR for " + std::string(word) + ".");
  if (word.front() == '!' || word.front() == '-')
    throw BadExpression(text_, begin, "write NOT for a leading " + std::string(1, word.front()) + ".");
  if (word.front() == '\'')
    throw BadExpression(text_, begin, "phrases are put in double quotation marks, \"like this\".");
}

}  // namespace gleaner::filters
