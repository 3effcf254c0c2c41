// The one string in which a feed lists a paper's authors.
#pragma once

#include <string_view>
#include <vector>

namespace gleaner::arxiv {

// Splits `creators` on commas outside parentheses and appends each name to `names` and its affiliation to
// `affiliations` (empty where there is none), so that both lists stay parallel. An affiliation is the first
// of the parenthesised groups that end an author; parentheses within a name ("Jane (Xi) Doe") belong to the
// name, and so does one that is never closed. The views point into `creators`.
void split_authors(std::string_view creators, std::vector<std::string_view>& names,
                   std::vector<std::string_view>& affiliations);

}  // namespace gleaner::arxiv
