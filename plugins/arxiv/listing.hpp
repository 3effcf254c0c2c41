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
  bool says_date = false;  ///< `date` stands on the page
  std::size_t total = 0;   ///< as it says itself
  std::size_t shown = 0;   ///< entries on its pages
  std::size_t unreadable = 0;

  [[nodiscard]] std::size_t missing() const { return total > shown ? total - shown : 0; }
  [[nodiscard]] bool has_nothing() const { return total == 0 && shown == 0; }
};

/// "https://… says that it has 2600 entries and shows 2000 of them."
[[nodiscard]] std::string short_listing_words(const Listing& listing);

/// The key of the counts for entries that a listing has and does not show.
inline constexpr std::string_view kShortListing = "list";

/// One thread at a time. Functions throw gleaner::Error.
class ListingRoute {
 public:
  explicit ListingRoute(const Asking& asking) : asking_(asking) {}

  /// /list/CATEGORY/new. On a day without an announcement arXiv shows the last one: mind `date`.
  [[nodiscard]] Listing newest(const std::string& category, const Call& call) const;
  /// /catchup/CATEGORY/DAY; `day` is "YYYY-MM-DD" and at most kCatchUpDays ago.
  [[nodiscard]] Listing of_day(const std::string& category, std::string_view day, const Call& call) const;

  /// All categories asked for, put together as the feed for them would be. A page that still has an earlier
  /// announcement than the others is replaced by the catch-up listing or an error, as `on_stale` has it; what
  /// cannot be replaced is lacking. On a day without an announcement all are of an earlier one: mind `date`.
  [[nodiscard]] Announced today(std::string_view wanted, const Call& call) const;
  /// The same of the catch-up listings, which say of a day that there was nothing. `day` is over, or is today
  /// and its announcement was found empty elsewhere.
  [[nodiscard]] Announced past(std::string_view day, const Call& call) const;

  void health(const Call& call) const;

 private:
  [[nodiscard]] Announced together(std::vector<Listing> listings, std::string_view date) const;
  /// Whether it was replaced.
  [[nodiscard]] bool replace_stale(Listing& listing, const std::string& words, const std::string& date,
                                   const Call& call) const;
  [[nodiscard]] std::string address(const std::string& path) const;
  [[nodiscard]] ListingPage page(const std::string& url, const Call& call) const;
  template <class UrlOfPage>
  [[nodiscard]] Listing read(const std::string& category, const Call& call, const UrlOfPage& url_of) const;

  const Asking& asking_;
};

}  // namespace gleaner::arxiv
