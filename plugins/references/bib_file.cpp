// SPDX-License-Identifier: Apache-2.0
#include "plugins/references/bib_file.hpp"

#include <cstddef>

#include "plugins/common/ascii.hpp"
#include "plugins/references/tex_text.hpp"

namespace gleaner::references {
namespace {

using common::is_digit;
using common::is_letter;
using common::kNone;

bool is_word(char c) {
  return is_letter(c) || is_digit(c);
}

// 2505.0155 is not 2505.01557, 10.1/x is neither 10.1/xy nor 10.1/x.y; 2505.01557v2 is 2505.01557.
bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  constexpr std::string_view kGoesOn = "/-_?&#=%(:;+~";
  const char before = at == 0 ? ' ' : text[at - 1];
  const std::string_view after = text.substr(at + size);
  if (is_word(before) || before == '.' || before == '-') return false;
  if (after.size() < 2) return after.empty() || !is_word(after[0]);
  if (after[0] == '.') return !is_word(after[1]);
  if (after[0] == 'v' && is_digit(after[1])) return true;
  return !is_word(after[0]) && kGoesOn.find(after[0]) == kNone;
}

bool mentions(std::string_view text, std::string_view written) {
  const std::string wanted = common::lower_case(written);
  if (wanted.empty()) return false;
  for (std::size_t at = text.find(wanted); at != kNone; at = text.find(wanted, at + 1))
    if (stands_alone(text, at, wanted.size())) return true;
  return false;
}

void read_keys(std::string_view text, std::set<std::string>& keys) {
  constexpr std::size_t kLongestKey = 1000;
  for (std::size_t at = text.find('@'); at != kNone; at = text.find('@', at + 1)) {
    std::size_t open = at + 1;
    while (open < text.size() && (is_letter(text[open]) || common::is_space(text[open])))
      ++open;
    if (open >= text.size() || (text[open] != '{' && text[open] != '(')) continue;
    const std::size_t end = text.find_first_of(",{}=\"", open + 1);
    if (end == kNone || text[end] != ',' || end - open > kLongestKey) continue;
    keys.emplace(common::trimmed(text.substr(open + 1, end - open - 1)));
  }
}

// The values of every `field = {…}`, `field = "…"` and `field = 12`, up to the end of the line at most.
void read_values(std::string_view text, std::string_view field, std::string& out) {
  for (std::size_t at = text.find(field); at != kNone; at = text.find(field, at + 1)) {
    if (at > 0 && !common::is_space(text[at - 1]) && text[at - 1] != ',') continue;
    std::string_view rest = text.substr(at + field.size());
    while (!rest.empty() && common::is_space(rest.front()))
      rest.remove_prefix(1);
    if (rest.empty() || rest.front() != '=') continue;
    rest = common::trimmed(rest.substr(1, 4096));
    const std::string_view value = rest.substr(0, rest.find('\n'));
    const bool is_braced = !value.empty() && (value.front() == '{' || value.front() == '"');
    const std::size_t end = value.find_first_of(is_braced ? "}\"" : ",}", is_braced ? 1 : 0);
    for (const char c : value.substr(0, end))
      if (c != '\\') out += c;  // other programs write \_ for _
    out += '\n';
  }
}

}  // namespace

BibFile::BibFile(std::string_view written) {
  const std::string text = common::lower_case(written);
  read_keys(text, keys_);
  for (const std::string_view field : {"eprint", "doi", "url", "howpublished", "ee"})
    read_values(text, field, names_);
}

bool BibFile::has_key(std::string_view key) const {
  return keys_.count(common::lower_case(key)) != 0;
}

void BibFile::take_key(std::string_view key) {
  keys_.insert(common::lower_case(key));
}

bool BibFile::holds(const common::Citation& citation) const {
  return mentions(names_, verbatim_text(citation.arxiv_id)) ||
         mentions(names_, verbatim_text(citation.doi)) || mentions(names_, verbatim_text(citation.url));
}

}  // namespace gleaner::references
