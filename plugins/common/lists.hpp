// SPDX-License-Identifier: Apache-2.0
// Lists without repetitions. Header only; any thread, with a list of its own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gleaner::common {

/// Categories of one paper; some journals and feeds tag by the hundred.
inline constexpr std::size_t kMostCategories = 20;

template <class List, class Value>
[[nodiscard]] bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Appends a category that is neither empty nor there yet, as long as there are fewer than kMostCategories.
inline void add_category(std::vector<std::string>& list, std::string word) {
  if (!word.empty() && list.size() < kMostCategories && !holds(list, word)) list.push_back(std::move(word));
}

}  // namespace gleaner::common
