// What to ask arXiv's feed server for, and what to do when an answer was cut at its cap.
// Every function here is pure and may be called from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/feed.hpp"

namespace gleaner::arxiv {

inline constexpr std::string_view kDefaultBaseUrl = "https://rss.arxiv.org";

// The address of the feed for `categories` (canonical, at least one) taken together. A base URL without a
// path gets
// `/rss/cs.LG+cs.AI` or `/atom/…`; one with a path is used as it is. The plus signs stay as they are: in a
// path they mean themselves, and the server splits on them.
std::string feed_url(std::string_view base_url, FeedKind kind, const std::vector<std::string>& categories);

// Whether feed_url() appends the categories, so that asking for fewer of them is possible.
bool takes_categories(std::string_view base_url);

// The server puts at most this many items into a feed, and fills it with replacements first: new papers are
// what a full feed lacks (LIMIT in feed/database.py of github.com/arXiv/arxiv-feed).
inline constexpr std::size_t kFeedCap = 2000;

inline bool is_full(std::size_t items) {
  return items >= kFeedCap;
}

// The narrower queries that together have everything a full feed for `categories` should have had: each
// category for itself, or the categories of a single archive. Empty if there is nothing narrower to ask for:
// a single category.
std::vector<std::vector<std::string>> split_query(const std::vector<std::string>& categories);

// The warning for a full feed that cannot be split.
std::string full_feed_warning(std::string_view feed, std::size_t items);

// One paper with storage of its own.
struct OwnedEntry {
  std::string id;
  unsigned version = 0;
  std::string title, abstract;
  std::vector<std::string> authors, affiliations, categories;
  Announce announce = Announce::none;
  std::string doi, journal, licence, date;
};

OwnedEntry own(const Entry& entry);

// The papers of several feeds of one day, each once, in a feed's own order: new, cross, replace,
// replace-cross, by ascending identifier in each. A paper that several feeds list keeps the first of these
// types that it has anywhere, since types are relative to the query: new in stat.ML and cross-listed in cs.LG
// is new in both together. Categories are united.
std::vector<OwnedEntry> merge_feeds(std::vector<std::vector<OwnedEntry>> feeds);

}  // namespace gleaner::arxiv
