// SPDX-License-Identifier: Apache-2.0
// The route over arXiv's search API: what was submitted in the window of an announcement. It knows no
// announcements, so that what it finds comes near to one and no more: no late cross-lists, no replacements,
// and papers that moderators held back under the day of their submission.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "plugins/arxiv/api_page.hpp"
#include "plugins/arxiv/core/calendar.hpp"
#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {

/// One thread at a time. Functions throw gleaner::Error.
class SearchRoute {
 public:
  explicit SearchRoute(const Asking& asking) : asking_(asking) {}

  /// The papers of an announcement; none for a day without one.
  [[nodiscard]] Announced of_day(std::string_view day, const Call& call) const;
  void health(const Call& call) const;

  /// "(cat:cs.LG OR cat:math.*) AND (QUERY)"
  [[nodiscard]] std::string subject() const;

 private:
  struct Results;

  [[nodiscard]] std::string url_of(const std::string& search, std::size_t start, std::size_t size) const;
  [[nodiscard]] ApiPage page(const std::string& url, const Call& call) const;
  void collect(const SubmissionWindow& window, const Call& call, Results& results) const;
  void wait(unsigned tries, const Call& call) const;

  const Asking& asking_;
};

}  // namespace gleaner::arxiv
