// SPDX-License-Identifier: Apache-2.0
// The route over arXiv's feed server: what is announced today, all categories in one request.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {

/// One thread at a time. Functions throw gleaner::Error.
class FeedRoute {
 public:
  explicit FeedRoute(const Asking& asking)
      : asking_(asking), kind_(asking.options.via == "atom" ? FeedKind::atom : FeedKind::rss) {}

  /// What the feed holds. One that may have been cut at its cap is asked for again category by category.
  [[nodiscard]] Announced today(const Call& call) const;
  void health(const Call& call) const;

 private:
  struct Parts;

  [[nodiscard]] std::string url_of(const std::vector<std::string>& categories) const;
  [[nodiscard]] std::string download(const std::string& url, const Call& call) const;
  void gather(const std::vector<std::string>& categories, const Call& call, Parts& parts) const;
  void add(FeedReader& reader, const Call& call, Parts& parts) const;

  const Asking& asking_;
  FeedKind kind_;
};

}  // namespace gleaner::arxiv
