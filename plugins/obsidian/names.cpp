// SPDX-License-Identifier: Apache-2.0
#include "plugins/obsidian/names.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/latin_letters.hpp"
#include "plugins/common/visible_text.hpp"

namespace gleaner::obsidian {
namespace {

constexpr std::string_view kExtension = ".md";
constexpr std::size_t kLongestId = 48;

bool is_word(char c) {
  return common::is_letter(c) || common::is_digit(c);
}

bool is_plain(char c) {
  return is_word(c) || c == '.' || c == '_' || c == '-';
}

// FNV-1a: two identifiers that look the same as file names must not meet.
std::string fingerprint(std::string_view text) {
  std::uint32_t hash = 0x811C9DC5u;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
  char out[9];
  std::snprintf(out, sizeof out, "%08x", static_cast<unsigned>(hash));
  return out;
}

std::string plain_characters(std::string_view text) {
  std::string out;
  for (const char c : common::ascii_form(text))
    out += is_plain(c) ? c : '-';
  return out;
}

// Words of letters, digits and harmless punctuation with single spaces; no dot or space at the end, which
// Windows drops.
std::string words_of_title(std::string_view title, std::size_t most) {
  constexpr std::string_view kHarmless = "_-+,;()'!&";
  const std::string line = common::ascii_form(common::visible_line(title));
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool is_inner_dot = line[at] == '.' && !out.empty() && is_word(out.back()) &&
                              at + 1 < line.size() && is_word(line[at + 1]);  // of "v2.0"; not of "../x"
    if (is_word(line[at]) || is_inner_dot || kHarmless.find(line[at]) != std::string_view::npos)
      out += line[at];
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.size() > most) {
    const std::size_t space = out.rfind(' ', most);
    out.resize(space == std::string::npos || space < most / 2 ? most : space);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.'))
    out.pop_back();
  return out;
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved with any extension, in any case.
bool is_reserved(std::string_view name) {
  const std::string stem = common::lower_case(name.substr(0, name.find('.')));
  constexpr std::array<std::string_view, 4> kReserved{"con", "prn", "aux", "nul"};
  if (std::find(kReserved.begin(), kReserved.end(), stem) != kReserved.end()) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) &&
         common::is_digit(stem.back());
}

}  // namespace

std::string id_part(std::string_view paper_id) {
  std::string out = plain_characters(paper_id);
  if (digest::is_arxiv_id(paper_id)) return common::lower_case(out);
  if (out.size() > kLongestId) out.resize(kLongestId);
  while (!out.empty() && (out.front() == '.' || out.front() == '-'))
    out.erase(0, 1);
  return (out.empty() ? "paper" : out) + "-" + fingerprint(paper_id);
}

std::string note_name(std::string_view paper_id, std::string_view title) {
  const std::string id = id_part(paper_id);
  const std::string words = words_of_title(title, kLongestName - id.size() - 1 - kExtension.size());
  return id + (words.empty() ? "" : " " + words) + std::string(kExtension);
}

std::string day_name(std::string_view pipeline, std::string_view date) {
  const std::string words = words_of_title(pipeline, 60);
  return (words.empty() ? "Papers" : words) + " " + plain_characters(date) + std::string(kExtension);
}

bool is_note_of(std::string_view file_name, std::string_view paper_id) {
  const std::string id = id_part(paper_id);
  if (!file_name.ends_with(kExtension) || !file_name.starts_with(id)) return false;
  const std::string_view rest = file_name.substr(id.size());
  return rest == kExtension || rest.front() == ' ';
}

bool is_safe_folder(std::string_view folder) {
  if (folder.empty() || folder.size() > kLongestName) return false;
  for (std::size_t at = 0; at <= folder.size();) {
    const std::size_t end = std::min(folder.find('/', at), folder.size());
    const std::string_view part = folder.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part.front() == '.' || part.front() == ' ' || part.back() == '.' ||
        part.back() == ' ' || is_reserved(part))
      return false;
    for (const char c : part)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
          std::string_view("\\:*?\"<>|#^[]").find(c) != std::string_view::npos)
        return false;
  }
  return true;
}

// https://help.obsidian.md/tags: letters, digits, _, - and / for nested tags; not digits alone.
std::string tag_of(std::string_view category) {
  std::string out;
  bool has_letter = false;
  for (const char c : common::ascii_form(common::visible_line(category))) {
    const bool is_separator = c == '.' || c == '/';
    has_letter = has_letter || common::is_letter(c);
    if (common::is_letter(c) || common::is_digit(c) || c == '_')
      out += c;
    else if (!out.empty() && out.back() != '-' && out.back() != '/')
      out += is_separator ? '/' : '-';
  }
  while (!out.empty() && (out.back() == '-' || out.back() == '/'))
    out.pop_back();
  return has_letter ? out.substr(0, 60) : std::string();
}

}  // namespace gleaner::obsidian
