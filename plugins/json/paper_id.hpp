// SPDX-License-Identifier: Apache-2.0
// A paper's identifier in the one form that all sources agree on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gleaner::json {

struct CanonicalId {
  std::string id;   ///< "2505.01557", "math/0309136", "doi:10.…", "pmid:…", "openreview:…", "url:…"
  std::string doi;  ///< bare, where the identifier is one of another publisher than arXiv
  std::string url;  ///< the page the identifier implies, or empty
  std::uint32_t version = 0;  ///< 0 where none was written
};

/// Fills `out`, whose strings are reused. What is no arXiv identifier, DOI or address stays as it is. Any
/// thread, with an `out` of its own.
void canonical_id(std::string_view written, CanonicalId& out);

}  // namespace gleaner::json
