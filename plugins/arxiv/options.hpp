// SPDX-License-Identifier: Apache-2.0
// The source's table in the pipeline file, and what every route needs of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

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

  [[nodiscard]] std::size_t entries() const { return papers.size() + unreadable + not_announced; }
};

/// One GET of `url`. Throws Error with the sentence and status of the HTTP service, unless `status` may come
/// too: then the response is given back as it is.
[[nodiscard]] Response ask(const Asking& asking, const Call& call, const std::string& url,
                           const std::string& expect, int also = 0);

/// Whether any of the categories asked for covers `category`.
[[nodiscard]] bool is_asked_for(const std::vector<std::string>& categories, std::string_view category);

}  // namespace gleaner::arxiv
