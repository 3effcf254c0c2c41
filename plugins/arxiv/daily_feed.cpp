// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/daily_feed.hpp"

#include <utility>

#include "plugins/arxiv/feed_faults.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kBetweenLooks = 256;  // papers between two looks at the run

}  // namespace

/// One feed or several of the same day, being put together.
struct FeedRoute::Parts {
  std::string date;
  std::vector<std::vector<OwnedEntry>> feeds;
  std::size_t unreadable = 0;
  std::vector<FullFeed> full;
};

std::string FeedRoute::url_of(const std::vector<std::string>& categories) const {
  return feed_url(asking_.options.base_url, kind_, categories);
}

std::string FeedRoute::download(const std::string& url, const Call& call) const {
  // A query that arXiv does not understand is answered with status 400 and a feed that says why.
  Response response = ask(asking_, call, url, "xml", 400);
  if (response.ok()) return std::move(response.body);
  try {
    FeedReader(response.body, url);
  } catch (const FeedError& error) {
    if (error.fault() == FeedFault::refused) throw contract_error(error);
  }
  if (response.error.empty()) response.error = url + " could not be fetched.";
  throw Error(response.error, response.status);
}

Announced FeedRoute::today(const Call& call) const {
  Announced out;
  out.from = kind_ == FeedKind::atom ? "atom" : "rss";
  out.origin = url_of(asking_.categories);
  Parts parts;
  std::string feed = download(out.origin, call);
  reading([&] {
    FeedReader reader(feed, out.origin);
    parts.date = reader.header().date;
    add(reader, call, parts);
  });
  const std::size_t entries = parts.feeds.front().size() + parts.unreadable;
  if (is_full(entries)) {
    const bool can_split = takes_categories(asking_.options.base_url);
    const auto narrower =
        can_split ? split_query(asking_.categories) : std::vector<std::vector<std::string>>{};
    if (narrower.empty()) parts.full.push_back({asking_.categories, full_feed_warning(out.origin, entries)});
    for (const auto& categories : narrower)
      gather(categories, call, parts);
  }
  out.date = parts.date;
  out.unreadable = parts.unreadable;
  out.full = std::move(parts.full);
  out.papers = parts.feeds.size() == 1 ? std::move(parts.feeds.front()) : merge_feeds(std::move(parts.feeds));
  return out;
}

/// A narrower feed of the same day; narrower still where it is full, too.
void FeedRoute::gather(const std::vector<std::string>& categories, const Call& call, Parts& parts) const {
  call.progress(parts.feeds.size(), 0, "feeds");
  const std::string url = url_of(categories);
  std::string feed = download(url, call);
  std::size_t entries = 0;
  reading([&] {
    FeedReader reader(feed, url);
    if (reader.header().date != parts.date)
      throw Error(url + " is of " + reader.header().date + " while the feed asked for before it is of " +
                      parts.date + ": the day changed in between. Run again.",
                  GLEANER_MALFORMED);
    add(reader, call, parts);
    entries = reader.entries() + reader.unreadable();
  });
  if (!is_full(entries)) return;
  const auto narrower = split_query(categories);
  if (narrower.empty()) parts.full.push_back({categories, full_feed_warning(url, entries)});
  for (const auto& part : narrower)
    gather(part, call, parts);
}

void FeedRoute::add(FeedReader& reader, const Call& call, Parts& parts) const {
  AnnounceSet types = asking_.types;  // whether a feed is stale, its new papers and cross-lists tell
  types.set(static_cast<std::size_t>(Announce::fresh)).set(static_cast<std::size_t>(Announce::cross));
  reader.read_texts_of(types);
  std::vector<OwnedEntry> feed;
  while (const Entry* entry = reader.next()) {
    if (reader.entries() % kBetweenLooks == 0) call.stop_if_cancelled();
    feed.push_back(own(*entry));
  }
  for (const std::string& warning : reader.warnings())
    asking_.host.warn(warning);
  parts.unreadable += reader.unreadable();
  parts.feeds.push_back(std::move(feed));
}

void FeedRoute::health(const Call& call) const {
  const std::string url = url_of(asking_.categories);
  std::string feed = download(url, call);
  reading([&] { FeedReader(feed, url); });
}

}  // namespace gleaner::arxiv
