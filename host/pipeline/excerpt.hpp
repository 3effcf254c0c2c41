// What of a digest one output gets: all of it, or what its `limit`, `top` and `sections` leave.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/pipeline/digest.hpp"

namespace gleaner::host {

/// Places of papers in Digest::papers, ascending, and the digest/1 text that says the same.
struct Excerpt {
  std::vector<std::size_t> papers{};
  bool unscored = true;  ///< whether the unscored papers are shown
  std::string json{};    ///< empty: the whole digest's own text says it
};

/// `json` is the whole digest/1 text, of which fields unknown to this version stay. `top` takes the best by
/// total, `limit` the first of those; both in the digest's order. Warnings, counts and whether the receipt
/// closes are left out for nobody: a page that hides them would seem complete. Any thread.
[[nodiscard]] Excerpt excerpt(const Digest& digest, std::string_view json, const ComponentConfig& output);

}  // namespace gleaner::host
