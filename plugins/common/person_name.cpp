// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/person_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "plugins/common/ascii.hpp"
#include "plugins/common/visible_text.hpp"

namespace gleaner::common {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 44> kOrganisationWords{
    "agency",   "alliance",      "and",          "association", "center",     "centre",
    "college",  "collaboration", "committee",    "company",     "consortium", "corporation",
    "council",  "department",    "foundation",   "for",         "gmbh",       "group",
    "hospital", "inc",           "inc.",         "initiative",  "institute",  "lab",
    "labs",     "laboratory",    "ltd",          "ltd.",        "ministry",   "network",
    "of",       "organization",  "organisation", "program",     "project",    "research",
    "school",   "society",       "survey",       "team",        "university", "workshop",
    "&",        "collaborations"};

constexpr std::array<std::string_view, 8> kSuffixes{"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, word); });
}

Words words_of(std::string_view text) {
  Words out;
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

std::string joined(const Words& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i)
    out.append(i == from ? "" : " ").append(words[i]);
  return out;
}

bool is_written_small(std::string_view word) {
  return is_lower(word.front());
}

bool is_organisation(const Words& words) {
  return words.size() > 1 && std::any_of(words.begin(), words.end(), [](std::string_view word) {
           // "AI" in capitals alone: Ai is a name.
           return word == "AI" || is_one_of(kOrganisationWords, word) ||
                  std::any_of(word.begin(), word.end(), is_digit);
         });
}

// "van der Berg": everything up to the last small word before the last word is the particle.
void set_family(PersonName& name, const Words& words, std::size_t from) {
  std::size_t family = from;
  const bool is_all_small = std::all_of(words.begin(), words.end(), is_written_small);
  for (std::size_t i = from; !is_all_small && i + 1 < words.size(); ++i)
    if (is_written_small(words[i])) family = i + 1;
  name.particle = joined(words, from, family);
  name.family = joined(words, family, words.size());
}

PersonName natural(Words words, std::string suffix) {
  PersonName name;
  name.suffix = std::move(suffix);
  if (name.suffix.empty() && words.size() > 2 && is_one_of(kSuffixes, words.back())) {
    name.suffix = std::string(words.back());
    words.pop_back();
  }
  const bool is_all_small = std::all_of(words.begin(), words.end(), is_written_small);
  std::size_t from = words.size() - 1;
  for (std::size_t i = words.size() - 1; !is_all_small && i-- > 0;)
    if (is_written_small(words[i])) from = i;
  name.given = joined(words, 0, from);
  set_family(name, words, from);
  return name;
}

PersonName organisation(std::string text) {
  PersonName name;
  name.family = std::move(text);
  name.is_organisation = true;
  return name;
}

PersonName inverted(std::string_view family, std::string_view given, std::string_view suffix) {
  PersonName name;
  set_family(name, words_of(family), 0);
  name.given = std::string(given);
  name.suffix = std::string(suffix);
  return name;
}

}  // namespace

PersonName person_name(std::string_view written) {
  const std::string text = visible_line(written);
  const Words words = words_of(text);
  if (words.empty()) return {};
  if (is_organisation(words)) return organisation(text);
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    parts.push_back(trimmed(std::string_view(text).substr(from, comma - from)));
    from = comma + 1;
  }
  if (parts.size() == 1) return natural(words, {});
  const bool has_gap =
      std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); });
  if (has_gap || parts.size() > 3) return organisation(text);
  if (parts.size() == 2 && is_one_of(kSuffixes, parts[1]))
    return natural(words_of(parts[0]), std::string(parts[1]));
  if (parts.size() == 2) return inverted(parts[0], parts[1], {});
  if (is_one_of(kSuffixes, parts[1])) return inverted(parts[0], parts[2], parts[1]);
  if (is_one_of(kSuffixes, parts[2])) return inverted(parts[0], parts[1], parts[2]);
  return organisation(text);
}

}  // namespace gleaner::common
