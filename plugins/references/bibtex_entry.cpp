// SPDX-License-Identifier: Apache-2.0
#include "plugins/references/bibtex_entry.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "plugins/common/ascii.hpp"
#include "plugins/common/latin_letters.hpp"

namespace gleaner::references {
namespace {

using common::Citation;
using common::PersonName;

constexpr std::size_t kLongestKeyPart = 40;
constexpr std::size_t kFieldColumn = 13;

constexpr std::array<std::string_view, 42> kSmallWords{
    "a",       "an",    "and", "are",  "as",   "at",   "beyond", "by",    "can",  "do", "does",
    "for",     "from",  "how", "in",   "into", "is",   "it",     "its",   "of",   "on", "or",
    "our",     "over",  "so",  "some", "than", "that", "the",    "their", "this", "to", "toward",
    "towards", "under", "via", "we",   "what", "when", "where",  "why",   "with"};

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : common::lower_case(common::ascii_form(text)))
    if (common::is_lower(c) || common::is_digit(c)) out += c;
  return out.substr(0, kLongestKeyPart);
}

// What stands between dollars says nothing that a key could hold.
std::string without_formulas(std::string_view title) {
  std::string out;
  bool is_inside = false;
  const bool closes = std::count(title.begin(), title.end(), '$') % 2 == 0;
  for (const char c : title) {
    if (c == '$' && closes) is_inside = !is_inside;
    if (!is_inside) out += c == '$' ? ' ' : c;
  }
  return out;
}

std::string first_word(std::string_view title) {
  const std::string line = common::lower_case(common::ascii_form(without_formulas(title)));
  std::string first;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" -/:", at), line.size());
    std::string word = letters_and_digits(std::string_view(line).substr(at, end - at));
    at = end + 1;
    if (word.empty()) continue;
    if (std::find(kSmallWords.begin(), kSmallWords.end(), word) == kSmallWords.end()) return word;
    if (first.empty()) first = word;
  }
  return first;
}

std::string id_in_key(std::string_view id) {
  std::string out;
  for (const char c : common::ascii_form(id))
    out += common::is_letter(c) || common::is_digit(c) || c == '.' || c == '-' || c == ':' ? c : '_';
  return out.empty() ? "paper" : out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool has_and(std::string_view part) {
  const std::string padded = " " + common::lower_case(part) + " ";
  return padded.find(" and ") != std::string::npos || common::equals_ignoring_case(part, "others");
}

bool needs_braces(const PersonName& name) {
  const std::string whole = name.given + "," + name.particle + "," + name.family + "," + name.suffix;
  return name.is_organisation || has_and(name.given) || has_and(name.family) || has_and(name.particle) ||
         std::count(whole.begin(), whole.end(), ',') != 3;
}

// BibTeX tells the parts of a name by its commas: "von Last, Jr., First".
std::string author_text(const PersonName& name, Encoding encoding) {
  const std::string family = tex_text(name.particle_and_family(), encoding);
  if (needs_braces(name)) {
    const std::string given = name.given.empty() ? "" : tex_text(name.given, encoding) + " ";
    return "{" + given + family + "}";
  }
  std::string out = family;
  if (!name.suffix.empty()) out += ", " + tex_text(name.suffix, encoding);
  if (!name.given.empty() || !name.suffix.empty()) out += ", " + tex_text(name.given, encoding);
  return out;
}

std::string author_list(const Citation& citation, Encoding encoding) {
  std::string out;
  for (const PersonName& name : citation.authors)
    out += (out.empty() ? "" : " and ") + author_text(name, encoding);
  return out;
}

void add_field(std::string& entry, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  entry.append("  ").append(name);
  entry.append(kFieldColumn > name.size() ? kFieldColumn - name.size() : 0, ' ');
  entry.append(" = {").append(value).append("},\n");
}

}  // namespace

std::string key_of(const Citation& citation, std::string_view pattern) {
  std::string name =
      citation.authors.empty() ? std::string() : letters_and_digits(citation.authors.front().family);
  std::string key(pattern);
  replace_all(key, "{name}", name.empty() ? "anonymous" : name);
  replace_all(key, "{year}", citation.year());
  replace_all(key, "{word}", first_word(citation.title));
  replace_all(key, "{id}", id_in_key(citation.id));
  return id_in_key(key);
}

std::string key_ending(const Citation& citation) {
  return "-" + id_in_key(citation.arxiv_id.empty() ? citation.id : citation.arxiv_id);
}

std::string bibtex_entry(const Citation& citation, std::string_view key, const EntryStyle& style) {
  const bool is_article = !citation.journal.empty();
  std::string out = is_article ? "@article{" : "@misc{";
  out.append(key).append(",\n");
  // The inner braces keep the title's capitals from styles that set it small.
  add_field(out, "title", "{" + tex_text(citation.title, style.encoding) + "}");
  add_field(out, "author", author_list(citation, style.encoding));
  add_field(out, "year", std::string(citation.year()));
  if (is_article) add_field(out, "journal", tex_text(citation.journal, style.encoding));
  if (!citation.arxiv_id.empty()) {
    add_field(out, "eprint", verbatim_text(citation.arxiv_id));
    add_field(out, "archivePrefix", "arXiv");
    add_field(out, "primaryClass", verbatim_text(citation.primary_category));
  }
  add_field(out, "doi", verbatim_text(citation.doi));
  add_field(out, "url", verbatim_text(citation.url));
  if (style.has_abstract) add_field(out, "abstract", tex_text(citation.abstract, style.encoding));
  return out + "}\n";
}

}  // namespace gleaner::references
