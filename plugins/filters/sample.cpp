// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/sample.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "plugins/filters/core/chance.hpp"

namespace gleaner::filters {
namespace {

constexpr std::string_view kNotSampled = "not in the sample";

}  // namespace

void Sample::start() {
  if (options.share && options.count)
    throw invalid_option("count", "`share` and `count` are both given; a sample has only one of them.");
  if (!options.share && !options.count)
    throw invalid_option("share", "How many papers? Give `share` (0.1 keeps one in ten) or `count`.");
  if (options.share && !(*options.share > 0))
    throw invalid_option("share", "`share` has to be above 0; with 0 no paper would be kept.");
}

void Sample::judge(const Batch& batch) const {
  if (options.share)
    keep_share(batch);
  else
    keep_count(batch);
}

std::uint64_t Sample::lot_of(const Paper& paper) const {
  return lot(static_cast<std::uint64_t>(options.seed), paper.id());
}

void Sample::keep_share(const Batch& batch) const {
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (share_of(lot_of(batch[i])) >= *options.share) batch.drop(i, kNotSampled);
}

void Sample::keep_count(const Batch& batch) const {
  if (batch.size() <= *options.count) return;
  struct Drawn {
    std::uint64_t lot;
    std::string_view id;  // so that equal lots do not fall back on the order of the day
    std::size_t index;
    bool operator<(const Drawn& other) const { return std::tie(lot, id) < std::tie(other.lot, other.id); }
  };
  std::vector<Drawn> all;
  all.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i)
    all.push_back({lot_of(batch[i]), batch[i].id(), i});
  const auto end_of_kept = all.begin() + static_cast<std::ptrdiff_t>(*options.count);
  std::nth_element(all.begin(), end_of_kept, all.end());
  for (auto drawn = end_of_kept; drawn != all.end(); ++drawn)
    batch.drop(drawn->index, kNotSampled);
}

}  // namespace gleaner::filters
