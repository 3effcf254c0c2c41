// SPDX-License-Identifier: Apache-2.0
// The route over arXiv's pages for people: today's listing, and the announcements of the last 90 days.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/listing_page.hpp"
#include "plugins/arxiv/options.hpp"

namespace gleaner::arxiv {

inline constexpr int kCatchUpDays = 90;  ///< how far /catchup goes back

/// The listing of one category or archive, all its pages.
struct Listing {
  std::string category;
  std::string url;   ///< of its first page
  std::string date;  ///< as labelled; empty if it says none
  std::vector<OwnedEntry> papers;
  std::size_t total = 0;  ///< as it says itself
  std::size_t unreadable = 0;
};

/// One thread at a time. Functions throw gleaner::Error.
class ListingRoute {
 public:
  explicit ListingRoute(const Asking& asking) : asking_(asking) {}

  /// /list/CATEGORY/new. On a day without an announcement arXiv shows the last one: mind `date`.
  [[nodiscard]] Listing newest(const std::string& category, const Call& call) const;
  /// /catchup/CATEGORY/DAY; `day` is "YYYY-MM-DD" and at most kCatchUpDays ago.
  [[nodiscard]] Listing of_day(const std::string& category, std::string_view day, const Call& call) const;

  /// All categories asked for, put together as the feed for them would be. Those whose listing is of an older
  /// day than the others' bring nothing.
  [[nodiscard]] Announced today(const Call& call) const;
  [[nodiscard]] Announced past(std::string_view day, const Call& call) const;

  void health(const Call& call) const;

  [[nodiscard]] Announced together(std::vector<Listing> listings) const;

 private:
  [[nodiscard]] std::string address(const std::string& path) const;
  [[nodiscard]] ListingPage page(const std::string& url, const Call& call) const;
  template <class UrlOfPage>
  [[nodiscard]] Listing read(const std::string& category, const Call& call, const UrlOfPage& url_of) const;

  const Asking& asking_;
};

}  // namespace gleaner::arxiv
