#include "host/cli/markdown_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gleaner::host::cli {
namespace {

constexpr std::string_view line_ends = "\r\n";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The longest run of this character.
std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// Whether text[i] would mean something to a Markdown reader.
bool is_special(std::string_view text, std::size_t i) {
  constexpr std::string_view always = "\\`*[]<>|~";
  const char c = text[i];
  if (always.find(c) != std::string_view::npos) return true;
  const bool after_word = i > 0 && is_word(text[i - 1]);
  const bool before_word = i + 1 < text.size() && is_word(text[i + 1]);
  if (c == '_') return !after_word || !before_word;  // within a word it is itself
  if (c == '&') return before_word || (i + 1 < text.size() && text[i + 1] == '#');
  return i == 0 && std::string_view("#-+=").find(c) != std::string_view::npos;
}

/// The length of the code span that begins here, or 0: a run of backticks up to the next of that length.
std::size_t span_length(std::string_view text) {
  const std::size_t fence = std::min(text.find_first_not_of('`'), text.size());
  for (std::size_t at = fence; fence > 0 && at < text.size();) {
    const std::size_t open = text.find('`', at);
    if (open == std::string_view::npos) return 0;
    const std::size_t close = std::min(text.find_first_not_of('`', open), text.size());
    if (close - open == fence) return close;
    at = close;
  }
  return 0;
}

/// Inside a table `|` ends a cell even in code; "\|" there is the character.
std::string in_cell(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (c == '|') out += '\\';
    out += line_ends.find(c) == std::string_view::npos ? c : ' ';
  }
  return out;
}

/// The level of an ATX heading ("## Options" is 2), or 0.
std::size_t heading_level(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  return marks >= 1 && marks <= 6 && (marks == line.size() || line[marks] == ' ') ? marks : 0;
}

/// The marks of a fence that opens or closes on this line, or nothing.
std::string_view fence_of(std::string_view line) {
  for (const char mark : {'`', '~'}) {
    const std::size_t marks = std::min(line.find_first_not_of(mark), line.size());
    if (marks >= 3) return line.substr(0, marks);
  }
  return {};
}

/// Calls for each line with whether it stands outside of fences; returns the fence that was left open.
template <class F>
std::string each_line(std::string_view text, F&& take) {
  std::string open;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view fence = fence_of(line);
    take(line, open.empty() && fence.empty());
    if (fence.empty()) continue;
    if (open.empty())
      open = std::string(fence);
    else if (fence.starts_with(open) && line.size() == fence.size())
      open.clear();
  }
  return open;
}

}  // namespace

std::string prose(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t span = text[i] == '`' ? span_length(text.substr(i)) : 0; span > 0) {
      out += in_cell(text.substr(i, span));
      i += span;
      continue;
    }
    if (is_special(text, i)) out += '\\';
    out += line_ends.find(text[i]) == std::string_view::npos ? text[i] : ' ';
    ++i;
  }
  return out;
}

std::string code_span(std::string_view text) {
  if (text.empty()) return {};
  const std::string fence(longest_run(text, '`') + 1, '`');
  // A blank on either side is taken off again; it keeps a backtick at an end apart from the fence.
  const std::string_view pad = text.front() == '`' || text.back() == '`' ? " " : "";
  return fmt::format("{}{}{}{}{}", fence, pad, in_cell(text), pad, fence);
}

std::string code_block(std::string_view language, std::string_view text) {
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  return fmt::format("{}{}\n{}{}{}\n", fence, language, text, text.ends_with('\n') ? "" : "\n", fence);
}

std::string markdown_table(const std::vector<std::string>& heads,
                           const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return {};
  std::string out = fmt::format("| {} |\n|", fmt::join(heads, " | "));
  for (std::size_t i = 0; i < heads.size(); ++i)
    out += " --- |";
  out += "\n";
  for (const auto& row : rows)
    out += fmt::format("| {} |\n", fmt::join(row, " | "));
  return out;
}

std::string nested(std::string_view text, std::size_t level) {
  std::size_t highest = 6;
  each_line(text, [&](std::string_view line, bool outside) {
    const std::size_t marks = outside ? heading_level(line) : 0;
    if (marks > 0) highest = std::min(highest, marks);
  });
  std::string out;
  const std::string open = each_line(text, [&](std::string_view line, bool outside) {
    if (const std::size_t marks = outside ? heading_level(line) : 0; marks > 0) {
      out += std::string(std::min<std::size_t>(6, level + marks - highest), '#');
      line.remove_prefix(marks);
    }
    out += line;
    out += '\n';
  });
  if (!open.empty()) out += open + "\n";
  while (out.ends_with("\n\n"))
    out.pop_back();
  return out == "\n" ? std::string() : out;
}

}  // namespace gleaner::host::cli
