// SPDX-License-Identifier: Apache-2.0
// What earlier announcements held, remembered in the store: how a feed that still has yesterday's papers
// under today's date is told.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/cpp/services.hpp>

#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv {

/// Identifiers by the date they were announced under. One thread at a time.
class Earlier {
 public:
  /// What the store knows of the last days before `date`; nothing when nothing is kept.
  static Earlier before(std::string_view date, const Host& host);
  /// Keeps the new papers and cross-lists of `date` in the place of what was known of it. A few days are
  /// kept.
  static void remember(std::string_view date, const std::vector<OwnedEntry>& papers, const Host& host);

  [[nodiscard]] bool empty() const { return date_of_.empty(); }
  /// The date a paper was announced under, new or cross-listed; empty if it was not.
  [[nodiscard]] std::string_view date_of(const std::string& id) const;
  /// The highest identifier that was announced as new: what is new later has a higher one, since identifiers
  /// are given out in the order of announcement.
  [[nodiscard]] const std::string& newest() const { return newest_; }

 private:
  std::map<std::string, std::string, std::less<>> date_of_;
  std::string newest_;
};

/// What speaks against a category's part of a feed.
struct Suspicion {
  std::string category;
  std::size_t papers = 0;    ///< new ones with this primary category
  std::size_t repeated = 0;  ///< of these, announced before
  std::string date;          ///< under which they were, where one is known
  bool is_certain = false;   ///< else a listing has to say
};

/// The categories that seem to hold an earlier announcement: nearly all of their new papers were announced
/// before, or none is newer than what was. Where nothing earlier is known, those whose newest paper comes
/// before all the other categories' papers.
[[nodiscard]] std::vector<Suspicion> suspicions(const std::vector<std::string>& categories,
                                                const std::vector<OwnedEntry>& papers,
                                                const Earlier& earlier);

}  // namespace gleaner::arxiv
