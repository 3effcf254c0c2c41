// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/identity.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace gleaner::authors {
namespace {

constexpr std::size_t kMostOthers = 200;  // co-authors looked at: a collaboration of 3,000 says nothing more
constexpr std::size_t kMostRemembered = 3'000;  // co-authors kept of one person

/// What the decision has taught: these people wrote with them, too.
bool learn(Person& person, const std::vector<Name>& others) {
  bool is_new = false;
  for (const Name& other : others) {
    if (person.co_authors.size() >= kMostRemembered) break;
    const std::string text = other.text();
    if (std::ranges::find(person.co_authors, text) != person.co_authors.end()) continue;
    person.co_authors.push_back(text);
    is_new = true;
  }
  return is_new;
}

}  // namespace

Byline byline_of(const Paper& paper, const Name& name) {
  Byline out;
  out.name = name;
  bool is_found = false;
  for (std::size_t i = 0; i < paper.authors().size() && out.others.size() < kMostOthers; ++i) {
    Name other = parse_name(paper.authors()[i]);
    if (!is_found && same_name(other, name)) {
      is_found = true;
      if (i < paper.affiliations().size()) out.affiliation = std::string(paper.affiliations()[i]);
    } else if (!other.empty()) {
      out.others.push_back(std::move(other));
    }
  }
  const std::vector<std::string_view> categories(paper.categories().begin(), paper.categories().end());
  out.fields = fields_of(categories);
  return out;
}

Identity Identities::find(const Paper& paper, const Name& author, const Name& searched,
                          const std::string& expected_id) {
  auto namesakes = server_.namesakes(searched, searches_left_);
  if (!namesakes) return {};
  const auto is_expected = [&](const Person& person) { return person.id == expected_id; };
  if (!expected_id.empty() && std::ranges::none_of(namesakes->people, is_expected)) {
    auto profile = server_.people({expected_id}).front();
    if (profile) namesakes->people.push_back(std::move(*profile));
    namesakes->all = false;  // a search that misses one may miss others
  }
  const Byline byline = byline_of(paper, author);
  const auto decision = identify(byline, *namesakes);
  if (!decision) return {Known::no_evidence};
  Person& person = namesakes->people[decision->person];
  if (decision->is_strong && learn(person, byline.others)) server_.remember(searched, *namesakes);
  return {Known::yes, person};
}

}  // namespace gleaner::authors
