// SPDX-License-Identifier: Apache-2.0
// Lists in sentences and reasons. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gleaner::filters {

/// "cs.LG, cs.AI"; of more than six the first five "and 7 others", because a reason is a row of the receipt.
[[nodiscard]] inline std::string listed(const std::vector<std::string>& items) {
  constexpr std::size_t kMost = 6;
  const std::size_t shown = items.size() > kMost ? kMost - 1 : items.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i)
    out += (i == 0 ? "" : ", ") + items[i];
  if (shown < items.size()) out += " and " + std::to_string(items.size() - shown) + " others";
  return out;
}

}  // namespace gleaner::filters
