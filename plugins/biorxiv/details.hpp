// SPDX-License-Identifier: Apache-2.0
// One page of the details interface (https://api.biorxiv.org/), read. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::biorxiv {

/// One version of a preprint. Texts are plain.
struct Posting {
  std::string doi;  ///< bare, in lower case
  std::uint32_t version = 0;
  std::string date;  ///< "YYYY-MM-DD", or empty
  std::string title, abstract, license, category;
  std::string published_doi;  ///< of the journal's article, or empty
  std::vector<std::string> authors;
};

struct Page {
  std::vector<Posting> postings;
  std::uint64_t rows = 0;               ///< in the answer, readable or not
  std::uint64_t step = 0;               ///< how far the cursor goes on
  std::optional<std::uint64_t> total;   ///< of the whole interval, where the answer says so
  std::vector<std::string> unreadable;  ///< a word on each row without a DOI or title
};

/// Reads an answer; `origin` is its address, for messages. Throws gleaner::Error: one sentence for what is
/// broken or an error of the server's.
[[nodiscard]] Page read_page(std::string_view body, const std::string& origin);

/// A category as it is compared: lower case, spaces for underscores.
[[nodiscard]] std::string category_key(std::string_view written);

}  // namespace gleaner::biorxiv
