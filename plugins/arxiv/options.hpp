// SPDX-License-Identifier: Apache-2.0
// The source's table in the pipeline file, and what every route needs of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/arxiv/core/calendar.hpp"
#include "plugins/arxiv/core/query.hpp"
#include "plugins/arxiv/core/select.hpp"

namespace gleaner::arxiv {

struct ArxivOptions {
  std::vector<std::string> categories;
  std::vector<std::string> announce;
  bool primary_only = false;
  std::string via;
  std::string query;
  bool compare = true;
  std::string on_stale;
  std::string base_url;
  std::string list_url;
  std::string api_url;
  std::string oai_url;
  Path file;
  std::string latex;
  std::chrono::milliseconds interval{3000};
};

inline constexpr std::string_view kDefaultListUrl = "https://arxiv.org";
inline constexpr std::string_view kDefaultApiUrl = "https://export.arxiv.org";
inline constexpr std::string_view kDefaultOaiUrl = "https://oaipmh.arxiv.org";

/// What a route works with. Borrowed from the component, which outlives it.
struct Asking {
  const Host& host;
  const ArxivOptions& options;
  const std::vector<std::string>& categories;  ///< canonical, each once
  const AnnounceSet& types;                    ///< whose texts are wanted; of others the identifier will do
  const Holidays& holidays;                    ///< of the reader, besides arXiv's own
};

/// Entries that are known to be there and could not be read.
struct Lack {
  std::string why;        ///< a key of the counts
  std::size_t count = 0;  ///< 0: nobody knows how many
};

/// A feed at its cap: what did not fit is missing, unless it is read elsewhere.
struct FullFeed {
  std::vector<std::string> categories;  ///< it is of
  std::string warning;
};

/// What a route found for a day.
struct Announced {
  std::string date;                ///< as labelled, YYYY-MM-DD; empty if nothing says it
  std::string origin;              ///< where it was read, for messages
  std::string_view from;           ///< key of the counts: rss, atom, list, api, oai
  std::vector<OwnedEntry> papers;  ///< each once
  std::size_t unreadable = 0;      ///< entries beside these that name no paper
  std::size_t not_announced = 0;   ///< records beside these whose metadata changed without an announcement
  std::string approximate;         ///< why the totals are not exact; empty: they are
  std::vector<Lack> lacking;       ///< what is missing beside all these
  std::vector<FullFeed> full;      ///< feeds that may lack papers
  std::string quiet;               ///< what says itself that there was no announcement; empty: nothing does

  [[nodiscard]] std::size_t entries() const { return papers.size() + unreadable + not_announced; }
  /// Nothing is there, and nothing is missing.
  [[nodiscard]] bool has_nothing() const { return entries() == 0 && lacking.empty() && full.empty(); }
};

/// One GET of `url`. Throws Error with the sentence and status of the HTTP service, unless `status` may come
/// too: then the response is given back as it is.
[[nodiscard]] Response ask(const Asking& asking, const Call& call, const std::string& url,
                           const std::string& expect, int also = 0);

/// Whether any of the categories asked for covers `category`.
[[nodiscard]] bool is_asked_for(const std::vector<std::string>& categories, std::string_view category);

}  // namespace gleaner::arxiv
