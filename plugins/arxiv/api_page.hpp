// SPDX-License-Identifier: Apache-2.0
// Answers of arXiv's search API, in the serialisation before and since November 2025. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv {

struct ApiPage {
  bool was_kept = false;           ///< from the store or a cassette: nobody was asked
  std::size_t total = 0;           ///< of the whole search, not of this page
  std::vector<OwnedEntry> papers;  ///< without announce type; `date` is the day of first submission
  std::size_t unreadable = 0;      ///< entries that name no paper
  std::string refusal;             ///< what arXiv did not like about the question; empty: it answered
};

/// `bytes` in any encoding, `charset` that of the HTTP header or empty, `origin` the address, for messages.
/// Throws gleaner::Error for what is no such answer.
[[nodiscard]] ApiPage parse_api_page(std::string bytes, std::string_view charset, std::string_view origin);

}  // namespace gleaner::arxiv
