// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/listing.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/common/encoding.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kPageSize = 2000;  // the most a page may show; the catch-up pages have no other size
constexpr std::size_t kMostListingPages = 50;  // all of arXiv announces some 3,000 entries a day

// The page says `replace` for both; what the feed calls them depends on who asked.
void name_replacements(Listing& listing) {
  for (OwnedEntry& paper : listing.papers) {
    if (paper.announce != Announce::replace) continue;
    const bool is_own = !paper.categories.empty() && covers(listing.category, paper.categories.front());
    if (!is_own) paper.announce = Announce::replace_cross;
  }
}

}  // namespace

std::string ListingRoute::address(const std::string& path) const {
  std::string base = asking_.options.list_url;
  while (base.ends_with('/'))
    base.pop_back();
  return base + path;
}

ListingPage ListingRoute::page(const std::string& url, const Call& call) const {
  Response response = ask(asking_, call, url, "");
  const std::string charset = common::charset_of(response.header("content-type"));
  const common::Utf8Text text = common::to_utf8(std::move(response.body), charset, url);
  if (!text.note.empty()) asking_.host.warn(text.note);
  return parse_listing(text.text, url);
}

// Pages until all that the listing says it has was read. A page of the next day among them is an error.
template <class UrlOfPage>
Listing ListingRoute::read(const std::string& category, const Call& call, const UrlOfPage& url_of) const {
  Listing listing;
  listing.category = category;
  listing.url = url_of(0);
  std::set<std::string> known;
  std::size_t entries = 0;
  for (std::size_t number = 0; number < kMostListingPages; ++number) {
    const std::string url = url_of(number);
    ListingPage next = page(url, call);
    if (number == 0) listing.date = next.date;
    if (next.date != listing.date && !next.papers.empty())
      throw Error(url + " is of " + next.date + " while the page before it is of " + listing.date +
                      ": the day changed in between. Run again.",
                  GLEANER_MALFORMED);
    listing.total = std::max(listing.total, next.total);
    listing.unreadable += next.unreadable;
    const std::size_t read = next.papers.size() + next.unreadable;
    entries += read;
    for (OwnedEntry& paper : next.papers)
      if (known.insert(paper.id).second) listing.papers.push_back(std::move(paper));
    if (entries >= listing.total || read == 0) break;
    call.progress(entries, listing.total, "papers");
  }
  if (entries < listing.total)
    asking_.host.warn(listing.url + " says that it has " + std::to_string(listing.total) +
                      " entries and shows " + std::to_string(entries) + " of them.");
  name_replacements(listing);
  return listing;
}

Listing ListingRoute::newest(const std::string& category, const Call& call) const {
  return read(category, call, [&](std::size_t number) {
    return address("/list/" + category + "/new?skip=" + std::to_string(number * kPageSize) +
                   "&show=" + std::to_string(kPageSize));
  });
}

Listing ListingRoute::of_day(const std::string& category, std::string_view day, const Call& call) const {
  Listing listing = read(category, call, [&](std::size_t number) {
    return address("/catchup/" + category + "/" + std::string(day) +
                   "?abs=True&page=" + std::to_string(number + 1));
  });
  if (listing.date.empty()) listing.date = day;
  if (listing.date != day)
    throw Error(listing.url + " is of " + listing.date + ", not of " + std::string(day) + ".",
                GLEANER_MALFORMED);
  return listing;
}

Announced ListingRoute::together(std::vector<Listing> listings) const {
  Announced out;
  out.from = "list";
  for (const Listing& listing : listings)
    out.date = std::max(out.date, listing.date);
  std::vector<std::vector<OwnedEntry>> parts;
  for (Listing& listing : listings) {
    if (out.origin.empty()) out.origin = listing.url;
    if (listing.date != out.date) {
      asking_.host.info(listing.url + " is still of " + listing.date + "; nothing of it was taken.");
      continue;
    }
    out.unreadable += listing.unreadable;
    if (listing.papers.size() + listing.unreadable < listing.total) out.approximate = "a listing with gaps";
    parts.push_back(std::move(listing.papers));
  }
  out.papers = merge_feeds(std::move(parts));
  return out;
}

Announced ListingRoute::today(const Call& call) const {
  std::vector<Listing> listings;
  for (const std::string& category : asking_.categories)
    listings.push_back(newest(category, call));
  return together(std::move(listings));
}

Announced ListingRoute::past(std::string_view day, const Call& call) const {
  std::vector<Listing> listings;
  for (const std::string& category : asking_.categories)
    listings.push_back(of_day(category, day, call));
  Announced out = together(std::move(listings));
  out.date = day;
  return out;
}

void ListingRoute::health(const Call& call) const {
  (void)page(address("/list/" + asking_.categories.front() + "/new?skip=0&show=25"), call);
}

}  // namespace gleaner::arxiv
