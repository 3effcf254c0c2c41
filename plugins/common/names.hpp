// SPDX-License-Identifier: Apache-2.0
// People's names as sources write them. Every function here is pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::common {

/// "Smith, J. R." as "J. R. Smith"; a name without a comma as it is, white space collapsed.
[[nodiscard]] std::string natural_name(std::string_view name);

/// One field that lists people: at semicolons; else at commas (and "and", "&") where that gives whole names
/// ("Jane Doe, John Roe") or pairs with initials ("Doe, J., Roe, J."); else it is one name ("Doe, Jane").
/// HTML is stripped, an e-mail address with a name in brackets is that name and one without is nobody.
[[nodiscard]] std::vector<std::string> split_names(std::string_view field);

}  // namespace gleaner::common
