// SPDX-License-Identifier: Apache-2.0
// A paper as reference managers want to know it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gleaner/cpp/paper.hpp>

#include "plugins/common/person_name.hpp"

namespace gleaner::common {

/// Every text is one visible line; empty: not known.
struct Citation {
  std::string id;        ///< canonical, as the digest has it
  std::string arxiv_id;  ///< without its version; empty for what is not on arXiv
  std::string doi;       ///< the publisher's; never arXiv's own
  std::string url;       ///< http or https, safe in a link
  std::string title, abstract, journal;
  std::string date;  ///< "2025-05-06", "2025-05" or "2025": as much as is known
  std::string primary_category;
  std::vector<std::string> categories;
  std::vector<PersonName> authors;

  [[nodiscard]] std::string_view year() const { return std::string_view(date).substr(0, 4); }
};

/// `day` is that of the digest: the year of a paper that tells none.
[[nodiscard]] Citation citation_of(const Paper& paper, std::string_view day);

}  // namespace gleaner::common
