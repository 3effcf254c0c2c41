// SPDX-License-Identifier: Apache-2.0
// The feed of the day held against arXiv's listing pages: what it lacks is added, what is an earlier day's is
// replaced.
#pragma once

#include <string>
#include <vector>

#include "plugins/arxiv/earlier.hpp"
#include "plugins/arxiv/listing.hpp"
#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {

/// "RSS still has an earlier announcement for cs.CL (36 of its 36 new papers were announced on 2026-08-11)".
[[nodiscard]] std::string stale_words(const std::string& feed, const std::vector<Suspicion>& stale);

/// What a look at the listings led to.
struct SecondLook {
  Announced announced;                ///< of the feed, mended
  std::size_t from_listing = 0;       ///< of its papers, those the feed did not have
  std::size_t listed = 0;             ///< entries of the listings, each paper once
  std::vector<std::string> replaced;  ///< categories whose part of the feed was of an earlier day
  std::vector<std::string> missing;   ///< papers the feed lacked without being of an earlier day
};

/// `listings` are of the feed's date, at most one a category. Suspicions that a listing clears are let go;
/// certain ones without a listing must not be there.
[[nodiscard]] SecondLook second_look(Announced feed, const std::vector<Suspicion>& suspicions,
                                     std::vector<Listing> listings,
                                     const std::vector<std::string>& categories, const Earlier& earlier);

}  // namespace gleaner::arxiv
