// SPDX-License-Identifier: Apache-2.0
// An answer of ESearch (NCBI's E-utilities), read. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::pubmed {

struct Found {
  std::vector<std::string> pmids;      ///< this page's, digits only
  std::uint64_t rows = 0;              ///< in this page, usable or not
  std::uint64_t total = 0;             ///< of the whole search
  std::vector<std::string> not_found;  ///< words and fields of the search that PubMed does not know
};

/// Reads an answer with retmode=json; `origin` is its address without what follows the question mark, for
/// messages. Throws gleaner::Error: one sentence for what is broken or an error of the server's.
[[nodiscard]] Found read_search(std::string_view body, const std::string& origin);

/// What an error's body says ({"error":"API key invalid","api-key":"…"}), "" when nothing can be read from
/// it. Never the key.
[[nodiscard]] std::string said_in(std::string_view error_body);

}  // namespace gleaner::pubmed
