// SPDX-License-Identifier: Apache-2.0
// Which of several people of one name wrote a paper. A name alone never decides: it takes a co-author, an
// affiliation or, for the only one of a name, the field. Every function here is pure; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/authors/core/names.hpp"

namespace gleaner::authors {

/// Somebody as Semantic Scholar knows them.
struct Person {
  std::string id;
  std::string name;
  std::optional<int> h_index;
  std::vector<std::string> affiliations;
  std::vector<std::string> fields;      ///< in Semantic Scholar's words, "Computer Science"
  std::vector<std::string> co_authors;  ///< Name::text() of everybody they wrote with
};

struct Namesakes {
  bool all = false;  ///< nobody of that name is missing
  std::vector<Person> people;
};

/// One author of one paper, and what the paper says around the name.
struct Byline {
  Name name;
  std::string affiliation;  ///< empty where unknown
  std::vector<Name> others;
  std::set<std::string> fields;
};

struct Decision {
  std::size_t person = 0;  ///< index into Namesakes::people
  bool is_strong = false;  ///< by co-author or affiliation: worth remembering
};

/// Nothing when there is no evidence, or as much for another.
[[nodiscard]] std::optional<Decision> identify(const Byline& byline, const Namesakes& namesakes);

/// Semantic Scholar's fields for categories of arXiv ("cs.LG"); empty for others.
[[nodiscard]] std::set<std::string> fields_of(const std::vector<std::string_view>& categories);

}  // namespace gleaner::authors
