// SPDX-License-Identifier: Apache-2.0
#include "plugins/obsidian/markdown_text.hpp"

#include <cstddef>

#include "plugins/common/ascii.hpp"
#include "plugins/common/visible_text.hpp"
#include "plugins/markdown/escape.hpp"

namespace gleaner::obsidian {
namespace {

using common::kNone;

constexpr std::size_t kLongestLink = 200;

bool is_punctuation(char c) {
  return c > ' ' && c < 0x7F && !common::is_letter(c) && !common::is_digit(c);
}

// A "%%" begins and ends a comment anywhere in a note, in a formula too.
bool stays_math(std::string_view span) {
  return span.find("%%") == kNone && span.find("[[") == kNone;
}

// At the head of a paragraph these begin a list, a quotation or, as "12.", a numbered list.
std::size_t block_marker(std::string_view line) {
  if (line.empty()) return kNone;
  if (std::string_view("-+>").find(line[0]) != kNone) return 0;
  std::size_t digits = 0;
  while (digits < line.size() && common::is_digit(line[digits]))
    ++digits;
  const bool is_number = digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')');
  return is_number ? digits : kNone;
}

// Whether a backslash keeps a comment from beginning is nowhere written: two are never beside each other.
std::string_view percent(std::string_view line, std::size_t at, const std::string& before) {
  const bool is_doubled = line.substr(at, 2) == "%%" || before.ends_with('%');
  return is_doubled ? "&#37;" : "%";
}

// Some characters mean something only beside others; escaped for nothing they are in the way of who reads the
// source.
bool opens_something(std::string_view line, std::size_t at) {
  const char next = at + 1 < line.size() ? line[at + 1] : ' ';
  const char before = at > 0 ? line[at - 1] : ' ';
  switch (line[at]) {
    case '&':
      return common::is_letter(next) || next == '#';
    case '=':
      return next == '=' || before == '=';
    case '^':
      return before == ' ';  // " ^name" at the end of a line names the block
    default:
      return std::string_view("\\`*_[]<>#|~$").find(line[at]) != kNone;
  }
}

// The line with its formulas rewritten as markdown::escape_math does it, the rest as it is.
std::string with_safe_math(const std::string& line) {
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = line[at] == '$' ? markdown::math_end(line, at) : 0;
    const std::size_t next = end > 0 ? end : at + 1;
    const std::string_view part = std::string_view(line).substr(at, next - at);
    if (end > 0)
      out += markdown::escape_math(part);
    else
      out += part;
    at = next;
  }
  return out;
}

}  // namespace

std::string note_text(std::string_view text) {
  const std::string line = common::visible_line(text);
  const std::size_t marker = block_marker(line);
  std::string out;
  out.reserve(line.size() + line.size() / 8);
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::size_t end = line[at] == '$' ? markdown::math_end(line, at) : 0;
    if (end > 0 && stays_math(std::string_view(line).substr(at, end - at))) {
      out += markdown::escape_math(std::string_view(line).substr(at, end - at));
      at = end - 1;
      continue;
    }
    if (line[at] == '\\' && at + 1 < line.size() && is_punctuation(line[at + 1])) {
      if (line[++at] != '%') out += '\\';  // TeX's own escape, which Markdown reads as TeX does
      out += line[at] == '%' ? percent(line, at, out) : std::string_view(line).substr(at, 1);
      continue;
    }
    if (line[at] == '%') {
      out += percent(line, at, out);
      continue;
    }
    if (at == marker || opens_something(line, at)) out += '\\';
    out += line[at];
  }
  return out;
}

std::string link_words(std::string_view text) {
  std::string out;
  for (const char c : with_safe_math(common::visible_line(text))) {
    switch (c) {
      case '#':
        out += out.empty() || out.back() == ' ' ? "＃" : "#";  // a tag begins a word
        break;
      case '[':
        out += '(';
        break;
      case ']':
        out += ')';
        break;
      case '|':
        out += '/';
        break;
      case '<':
        out += "‹";
        break;
      case '>':
        out += "›";
        break;
      case '%':  // doubled, a comment and a highlight
      case '=':
        if (out.empty() || out.back() != c) out += c;
        break;
      case '`':
        out += '\'';
        break;
      default:
        out += c;
    }
  }
  return common::shortened_text(out, kLongestLink);
}

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : common::visible_line(text)) {  // which leaves nothing that YAML calls unprintable
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace gleaner::obsidian
