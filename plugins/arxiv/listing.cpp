// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/listing.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "plugins/arxiv/core/calendar.hpp"
#include "plugins/arxiv/core/taxonomy.hpp"
#include "plugins/arxiv/earlier.hpp"
#include "plugins/arxiv/second_look.hpp"
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

/// What is wrong with a page that still has an earlier announcement than that of `date`; empty: nothing.
std::string staleness(const Listing& listing, const std::string& date, const Earlier& earlier) {
  if (listing.date != date)
    return listing.url + (listing.date.empty() ? " does not say its day" : " is still of " + listing.date);
  std::vector<Suspicion> found = suspicions({listing.category}, listing.papers, earlier);
  std::erase_if(found, [](const Suspicion& each) { return !each.is_certain; });
  return found.empty() ? std::string() : stale_words(listing.url, found);
}

}  // namespace

std::string short_listing_words(const Listing& listing) {
  return listing.url + " says that it has " + std::to_string(listing.total) + " entries and shows " +
         std::to_string(listing.shown) + " of them.";
}

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
  std::set<std::pair<std::string, Announce>> shown;  // a paper may be cross-listed and replaced on one day
  for (std::size_t number = 0; number < kMostListingPages; ++number) {
    const std::string url = url_of(number);
    ListingPage next = page(url, call);
    if (number == 0) listing.date = next.date;
    if (next.date != listing.date && !next.papers.empty())
      throw Error(url + " is of " + next.date + " while the page before it is of " + listing.date +
                      ": the day changed in between. Run again.",
                  GLEANER_MALFORMED);
    listing.total = std::max(listing.total, next.total);
    const std::size_t repeated = static_cast<std::size_t>(
        std::count_if(next.papers.begin(), next.papers.end(), [&](const OwnedEntry& paper) {
          return shown.contains({paper.id, paper.announce});
        }));
    // A server that gives the same page whatever it is asked for shows nothing more.
    if (repeated == next.papers.size() && (repeated > 0 || next.unreadable == 0)) break;
    listing.unreadable += next.unreadable;
    listing.shown += next.papers.size() - repeated + next.unreadable;
    for (OwnedEntry& paper : next.papers) {
      shown.insert({paper.id, paper.announce});
      if (known.insert(paper.id).second) listing.papers.push_back(std::move(paper));
    }
    if (listing.shown >= listing.total) break;
    call.progress(listing.shown, listing.total, "papers");
  }
  listing.says_date = !listing.date.empty();
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

/// Puts together those of `date`.
Announced ListingRoute::together(std::vector<Listing> listings, std::string_view date) const {
  Announced out;
  out.from = "list";
  out.date = date;
  std::vector<std::vector<OwnedEntry>> parts;
  for (Listing& listing : listings) {
    if (out.origin.empty()) out.origin = listing.url;
    if (listing.date != date) continue;
    out.unreadable += listing.unreadable;
    if (listing.missing() > 0) {
      out.lacking.push_back({std::string(kShortListing), listing.missing()});
      asking_.host.warn(short_listing_words(listing));
    }
    parts.push_back(std::move(listing.papers));
  }
  out.papers = merge_feeds(std::move(parts));
  return out;
}

bool ListingRoute::replace_stale(Listing& listing, const std::string& words, const std::string& date,
                                 const Call& call) const {
  try {
    Listing dated = of_day(listing.category, date, call);
    if (!dated.has_nothing()) {
      asking_.host.warn(words + "; its papers are those of " + dated.url + " instead.");
      listing = std::move(dated);
      return true;
    }
  } catch (const Error& error) {
    if (error.status() == GLEANER_CANCELLED) throw;
    asking_.host.info(error.what());
  }
  // An empty catch-up listing of today may be one that is late, like the page itself.
  asking_.host.warn(words + ", and arXiv's catch-up listing has nothing of " + date +
                    " either: the papers of " + listing.category + " are missing.");
  return false;
}

Announced ListingRoute::today(std::string_view wanted, const Call& call) const {
  std::vector<Listing> listings;
  std::string date;
  for (const std::string& category : asking_.categories) {
    listings.push_back(newest(category, call));
    date = std::max(date, listings.back().date);
  }
  if (date < wanted && !announces_on(wanted, asking_.holidays)) return together(std::move(listings), date);
  const Earlier earlier = Earlier::before(date, asking_.host);
  std::vector<Lack> lacking;
  for (Listing& listing : listings) {
    const std::string words = staleness(listing, date, earlier);
    if (words.empty()) continue;
    if (asking_.options.on_stale == "wait")
      throw Error(
          words + ": try again later, or read the catch-up listing instead with on_stale = \"fallback\".",
          GLEANER_UNREACHABLE);
    if (replace_stale(listing, words, date, call)) continue;
    listing.date.clear();  // of no use
    lacking.push_back({"stale list", 0});
  }
  Announced out = together(std::move(listings), date);
  out.lacking.insert(out.lacking.end(), lacking.begin(), lacking.end());
  return out;
}

Announced ListingRoute::past(std::string_view day, const Call& call) const {
  std::vector<Listing> listings;
  for (const std::string& category : asking_.categories)
    listings.push_back(of_day(category, day, call));
  const bool has_nothing = std::all_of(listings.begin(), listings.end(), [](const Listing& listing) {
    return listing.says_date && listing.has_nothing();
  });
  Announced out = together(std::move(listings), day);
  if (has_nothing) out.quiet = "arXiv's catch-up listing is empty";
  return out;
}

void ListingRoute::health(const Call& call) const {
  (void)page(address("/list/" + asking_.categories.front() + "/new?skip=0&show=25"), call);
}

}  // namespace gleaner::arxiv
