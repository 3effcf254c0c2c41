#include <algorithm>
#include <array>
#include <vector>

#include "escape.hpp"
#include "plugins/common/ascii.hpp"

namespace gleaner::markdown {
namespace {

using common::is_digit;
using common::is_letter;

// MathJax and KaTeX commands that reach out of the formula: links, HTML attributes, files, extensions. `rest`
// follows the command; a link to the web is what authors write, and as harmless as the bare address.
bool reaches_out(std::string_view command, std::string_view rest) {
  constexpr std::array<std::string_view, 7> kCommands = {"cssId",   "class",           "style",  "data",
                                                         "require", "includegraphics", "unicode"};
  if (command == "href" || command == "url")
    return !rest.starts_with("{https://") && !rest.starts_with("{http://");
  return command.starts_with("html") ||
         std::find(kCommands.begin(), kCommands.end(), command) != kCommands.end();
}

std::string_view command_at(std::string_view span, std::size_t backslash) {
  std::size_t end = backslash + 1;
  while (end < span.size() && is_letter(span[end]))
    ++end;
  return span.substr(backslash + 1, end - backslash - 1);
}

// Offsets of the brackets that have no partner in the span; a backslash pair is no bracket.
std::vector<std::size_t> lonely_brackets(std::string_view span) {
  std::vector<std::size_t> open;
  std::vector<std::size_t> lonely;
  for (std::size_t i = 0; i < span.size(); ++i) {
    if (span[i] == '\\') {
      ++i;
    } else if (span[i] == '[') {
      open.push_back(i);
    } else if (span[i] == ']') {
      if (open.empty()) {
        lonely.push_back(i);
      } else {
        open.pop_back();
      }
    }
  }
  lonely.insert(lonely.end(), open.begin(), open.end());
  std::sort(lonely.begin(), lonely.end());
  return lonely;
}

bool opens_tag(char next) {
  return is_letter(next) || next == '/' || next == '!' || next == '?' ||
         static_cast<unsigned char>(next) >= 0x80;
}

// A `]` before one of these would be a link, a reference or a definition.
bool continues_link(char next) {
  return next == '(' || next == '[' || next == ':';
}

// What a backslash and what follows it become; moves `at` past them.
std::string take_command(std::string_view span, std::size_t& at) {
  const std::string_view command = command_at(span, at);
  if (command.empty()) {
    const std::string_view pair = span.substr(at, 2);
    at += 2;
    return pair == "\\<" ? std::string("\\lt ") : std::string(pair);
  }
  at += 1 + command.size();
  return (reaches_out(command, span.substr(at)) ? "\\backslash " : "\\") + std::string(command);
}

}  // namespace

std::size_t math_end(std::string_view text, std::size_t start) {
  const bool display = text.substr(start, 2) == "$$";
  const std::size_t open = display ? 2 : 1;
  const auto is_space_or_nothing = [text](std::size_t i) { return i >= text.size() || text[i] == ' '; };
  if (is_space_or_nothing(start + open) && !display) return 0;
  for (std::size_t i = start + open; i < text.size(); ++i) {
    if (text[i] == '`') return 0;  // a code span would win over the dollars where math is unknown
    if (text[i] == '\\') {
      ++i;
      continue;
    }
    if (text[i] != '$') continue;
    if (display) {
      if (text.substr(i, 2) == "$$" && i > start + open) return i + 2;
      return 0;
    }
    const bool digit_follows = i + 1 < text.size() && is_digit(text[i + 1]);
    return i == start + 1 || text[i - 1] == ' ' || digit_follows ? 0 : i + 1;
  }
  return 0;
}

std::string escape_math(std::string_view span) {
  const std::vector<std::size_t> lonely = lonely_brackets(span);
  auto next_lonely = lonely.begin();
  std::string out;
  out.reserve(span.size() + 8);
  for (std::size_t i = 0; i < span.size();) {
    if (span[i] == '\\') {
      out += take_command(span, i);
      continue;
    }
    const char c = span[i];
    const char next = i + 1 < span.size() ? span[i + 1] : '\0';
    if (next_lonely != lonely.end() && *next_lonely == i) {
      out += c == '[' ? "\\lbrack " : "\\rbrack ";
      ++next_lonely;
    } else if (c == '<' && opens_tag(next)) {
      out += "\\lt ";
    } else {
      out += c;
      if (c == ']' && continues_link(next)) out += ' ';
    }
    ++i;
  }
  return out;
}

}  // namespace gleaner::markdown
