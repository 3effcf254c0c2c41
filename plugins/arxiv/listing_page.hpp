// SPDX-License-Identifier: Apache-2.0
// arXiv's listing pages for people: /list/CAT/new and /catchup/CAT/DATE, which have one shape. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv {

/// One page of a listing. `total` is what the whole listing has, over all its pages.
struct ListingPage {
  std::string date;                ///< as labelled, YYYY-MM-DD; empty if the page says none
  std::vector<OwnedEntry> papers;  ///< in the page's order; replacements are `replace` whatever their primary
  std::size_t total = 0;           ///< at least papers.size()
  std::size_t unreadable = 0;      ///< entries without an identifier or with none that is known
};

/// Reads a page, `html` being UTF-8. Every section is counted against its own "showing X of Y entries".
/// `origin` is its address, for messages. Throws gleaner::Error, MALFORMED for what is no listing, breaks off
/// or does not add up: never no papers.
[[nodiscard]] ListingPage parse_listing(std::string_view html, std::string_view origin);

}  // namespace gleaner::arxiv
