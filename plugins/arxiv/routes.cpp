// SPDX-License-Identifier: Apache-2.0
// Which way a day is read.
#include "plugins/arxiv/routes.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "plugins/arxiv/daily_feed.hpp"
#include "plugins/arxiv/oai.hpp"
#include "plugins/arxiv/search_api.hpp"
#include "plugins/arxiv/second_look.hpp"
#include "plugins/common/dates.hpp"

namespace gleaner::arxiv {
namespace {

/// Of these another route cannot help: the run is over, or the reader has to change an option.
bool is_final(const Error& error) {
  return error.status() == GLEANER_CANCELLED || error.status() == GLEANER_INVALID;
}

std::string without_stop(std::string sentence) {
  while (sentence.ends_with('.'))
    sentence.pop_back();
  return sentence;
}

std::string some_of(const std::vector<std::string>& ids) {
  constexpr std::size_t kShown = 3;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), kShown); ++i)
    out.append(i == 0 ? "" : ", ").append(ids[i]);
  return ids.size() > kShown ? out + ", …" : out;
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names)
    out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

}  // namespace

Announced Arxiv::announced(const std::string& wanted, const std::string& today, const Call& call) {
  Announced found = by_route(wanted, today, call);
  // On a day without an announcement every server still shows the last one.
  if (!found.date.empty() && found.date < wanted && !announces_on(wanted, holidays_)) {
    Announced quiet;
    quiet.date = wanted;
    quiet.origin = found.origin;
    quiet.from = found.from;
    return quiet;
  }
  for (const FullFeed& feed : found.full) {
    host.warn(feed.warning);
    found.lacking.push_back({"feed at its cap", 0});
  }
  return found;
}

Announced Arxiv::by_route(const std::string& wanted, const std::string& today, const Call& call) {
  const Asking asking = this->asking();
  if (options.via == "rss" || options.via == "atom") return by_feed(wanted, call);
  if (options.via == "list") return by_listing(wanted, today, call);
  if (options.via == "api" || !options.query.empty()) return SearchRoute(asking).of_day(wanted, call);
  if (options.via == "oai") return OaiRoute(asking).of_day(wanted, call);
  return wanted < today ? past_by_all(wanted, today, call) : today_by_all(wanted, call);
}

/// The feed and nothing else; one that is of an earlier day is no answer.
Announced Arxiv::by_feed(const std::string& wanted, const Call& call) {
  Announced feed = FeedRoute(asking()).today(call);
  if (feed.date != wanted) return feed;
  std::vector<Suspicion> found = suspicions(categories_, feed.papers, Earlier::before(wanted, host));
  std::erase_if(found, [](const Suspicion& each) { return !each.is_certain; });
  if (found.empty()) return feed;
  throw Error(stale_words(feed.origin, found) + ". arXiv has not brought it up to date yet: try again later.",
              GLEANER_UNREACHABLE);
}

Announced Arxiv::by_listing(const std::string& wanted, const std::string& today, const Call& call) {
  const Asking asking = this->asking();
  const ListingRoute route(asking);
  if (wanted >= today) {
    Announced found = route.today(wanted, call);
    // One page that has nothing may be late; two that say so are not.
    const bool is_empty = found.date == wanted && found.has_nothing() && announces_on(wanted, holidays_);
    return is_empty ? route.past(wanted, call) : found;
  }
  if (common::days_between(wanted, today) > kCatchUpDays)
    throw Error("arXiv's catch-up listing goes back " + std::to_string(kCatchUpDays) + " days, not to " +
                    wanted + "; via = \"api\" or \"oai\" reads such days.",
                GLEANER_NOT_FOUND);
  return route.past(wanted, call);
}

Announced Arxiv::today_by_all(const std::string& wanted, const Call& call) {
  const bool is_due = announces_on(wanted, holidays_);
  Announced feed;
  std::optional<Error> failure;
  try {
    feed = FeedRoute(asking()).today(call);
  } catch (const Error& error) {
    if (is_final(error)) throw;
    failure = error;
  }
  if (failure) {
    if (auto instead = listing_instead(wanted, {without_stop(failure->what())}, call))
      return std::move(*instead);
    throw Error(*failure);
  }
  if (!is_due) return feed;
  const bool is_other_day = !feed.date.empty() && feed.date != wanted;
  if (!is_other_day && feed.entries() > 0) return checked(std::move(feed), wanted, call);
  const std::string why =
      is_other_day ? feed.origin + " is still of " + feed.date : feed.origin + " holds no papers";
  if (auto instead = listing_instead(wanted, {why, feed.date == wanted}, call)) return std::move(*instead);
  return feed;  // the host says what is wrong with it
}

/// The listing pages in the place of the feed, where they are of the day wanted and hold something, or where
/// two servers that say their day agree that there is nothing.
std::optional<Announced> Arxiv::listing_instead(const std::string& wanted, const Instead& instead,
                                                const Call& call) {
  if (!may_ask(options.list_url, kDefaultListUrl) || !announces_on(wanted, holidays_)) return std::nullopt;
  try {
    const Asking asking = this->asking();
    const ListingRoute route(asking);
    Announced found = route.today(wanted, call);
    if (found.date != wanted) return std::nullopt;
    if (found.has_nothing()) {
      if (instead.feed_is_empty)
        found.quiet = "arXiv's feed and its listing pages are empty";
      else
        found = route.past(wanted, call);
      return found.quiet.empty() ? std::nullopt : std::optional(std::move(found));
    }
    if (found.entries() == 0) return std::nullopt;
    host.warn(instead.why + "; the papers are those of arXiv's listing pages instead.");
    return found;
  } catch (const Error& error) {
    if (is_final(error)) throw;
    host.info(error.what());
    return std::nullopt;
  }
}

/// The feed of the right day, held against what was announced before and against the listing pages.
Announced Arxiv::checked(Announced feed, const std::string& wanted, const Call& call) {
  if (categories_.empty() || feed.date.empty()) return feed;
  const Earlier earlier = Earlier::before(wanted, host);
  const std::vector<Suspicion> suspects = suspicions(categories_, feed.papers, earlier);
  std::vector<Suspicion> certain = suspects;
  std::erase_if(certain, [](const Suspicion& each) { return !each.is_certain; });
  if (!certain.empty() && options.on_stale == "wait")
    throw Error(
        stale_words(feed.origin, certain) +
            ". arXiv has not brought it up to date yet: try again later, or read the listing pages instead "
            "with on_stale = \"fallback\".",
        GLEANER_UNREACHABLE);
  std::vector<std::string> looked_at;
  for (const std::string& category : categories_) {
    const bool is_suspect = std::any_of(suspects.begin(), suspects.end(),
                                        [&](const Suspicion& each) { return each.category == category; });
    if (options.compare || (is_suspect && options.on_stale == "fallback")) looked_at.push_back(category);
  }
  std::vector<Listing> pages = listings(looked_at, wanted, call);
  std::erase_if(certain, [&](const Suspicion& each) {
    return std::any_of(pages.begin(), pages.end(),
                       [&](const Listing& page) { return page.category == each.category; });
  });
  if (!certain.empty())
    throw Error(stale_words(feed.origin, certain) + ", and arXiv's listing pages do not have " + wanted +
                    " either: try again later.",
                GLEANER_UNREACHABLE);
  const bool are_all = pages.size() == categories_.size();
  std::vector<Listing> sums;  // of the pages, without their papers
  sums.reserve(pages.size());
  for (const Listing& page : pages)
    sums.push_back({page.category, page.url, page.date, {}, page.says_date, page.total, page.shown, 0});
  SecondLook look = second_look(std::move(feed), suspects, std::move(pages), categories_, earlier);
  if (!look.replaced.empty() && options.on_stale == "wait")
    throw Error(look.announced.origin + " has an earlier announcement for " + joined_names(look.replaced) +
                    ", as arXiv's listing pages show: try again later, or read these instead with on_stale = "
                    "\"fallback\".",
                GLEANER_UNREACHABLE);
  if (are_all) host.count(GLEANER_COUNT_FETCHED, "list", look.listed);
  from_listing_ = look.from_listing;
  if (!look.replaced.empty())
    host.warn(look.announced.origin + " still has an earlier announcement for " +
              joined_names(look.replaced) + "; their papers are those of arXiv's listing pages instead.");
  if (!look.missing.empty())
    host.warn(look.announced.origin + " lacks " + std::to_string(look.missing.size()) +
              (look.missing.size() == 1 ? " paper" : " papers") + " of arXiv's listing pages (" +
              some_of(look.missing) + "); " + (look.missing.size() == 1 ? "it was" : "they were") +
              " taken from there.");
  settle_full(look.announced, sums);
  return std::move(look.announced);
}

/// What the listings say there is, counted in feed and listings together: what a full feed lacked may have
/// come from them, and what they do not show may have been in the feed.
void Arxiv::settle_full(Announced& found, const std::vector<Listing>& pages) const {
  for (const Listing& page : pages) {
    if (page.missing() == 0) continue;
    const auto held = static_cast<std::size_t>(
        std::count_if(found.papers.begin(), found.papers.end(), [&](const OwnedEntry& paper) {
          return std::any_of(paper.categories.begin(), paper.categories.end(),
                             [&](const std::string& own) { return covers(page.category, own); });
        }));
    if (held + found.unreadable >= page.total) continue;
    found.lacking.push_back({std::string(kShortListing), page.total - held - found.unreadable});
    host.warn(short_listing_words(page));
  }
  std::erase_if(found.full, [&](const FullFeed& feed) {
    return std::all_of(feed.categories.begin(), feed.categories.end(), [&](const std::string& category) {
      return std::any_of(pages.begin(), pages.end(),
                         [&](const Listing& page) { return page.category == category; });
    });
  });
}

/// The listings of these categories that can be had and are of the day wanted.
std::vector<Listing> Arxiv::listings(const std::vector<std::string>& categories, const std::string& wanted,
                                     const Call& call) {
  std::vector<Listing> out;
  if (!may_ask(options.list_url, kDefaultListUrl)) return out;
  const Asking asking = this->asking();
  const ListingRoute route(asking);
  for (const std::string& category : categories) {
    try {
      Listing listing = route.newest(category, call);
      if (listing.date == wanted) {
        out.push_back(std::move(listing));
        continue;
      }
      host.info(listing.url + " is of " + listing.date + ", so that it says nothing about " + wanted + ".");
    } catch (const Error& error) {
      if (is_final(error)) throw;
      host.info(std::string("There is no second look at the feed: ") + error.what());
      break;  // a server that does not answer once is not asked for each category
    }
  }
  return out;
}

/// Missed days: the announcement itself while arXiv still shows it, then what comes nearest to it.
Announced Arxiv::past_by_all(const std::string& wanted, const std::string& today, const Call& call) {
  const Asking asking = this->asking();
  struct Way {
    std::string name;
    std::function<Announced()> read;
  };
  std::vector<Way> ways;
  const bool is_due = announces_on(wanted, holidays_);
  if (may_ask(options.list_url, kDefaultListUrl) && common::days_between(wanted, today) <= kCatchUpDays)
    ways.push_back({"catch-up listing", [&] { return ListingRoute(asking).past(wanted, call); }});
  // The API and OAI-PMH know no announcements: of a day without one they would show the next one's papers.
  if (is_due && may_ask(options.api_url, kDefaultApiUrl))
    ways.push_back({"search API", [&] { return SearchRoute(asking).of_day(wanted, call); }});
  if (is_due && may_ask(options.oai_url, kDefaultOaiUrl))
    ways.push_back({"OAI-PMH", [&] { return OaiRoute(asking).of_day(wanted, call); }});
  const bool has_others = may_ask(options.list_url, kDefaultListUrl) ||
                          may_ask(options.api_url, kDefaultApiUrl) ||
                          may_ask(options.oai_url, kDefaultOaiUrl);
  if (!has_others) return FeedRoute(asking).today(call);
  std::optional<Announced> empty;
  std::optional<Error> failure;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const std::string next =
        i + 1 < ways.size() ? "; arXiv's " + ways[i + 1].name + " is asked instead." : ".";
    try {
      Announced found = ways[i].read();
      // The catch-up listing is the announcement itself: where it has nothing, there was none.
      if (found.entries() > 0 || !found.quiet.empty() || !is_due) return found;
      host.warn(std::string(found.origin).append(" has nothing announced on ").append(wanted).append(next));
      if (!empty) empty = std::move(found);
    } catch (const Error& error) {
      if (is_final(error)) throw;
      if (i + 1 < ways.size()) host.warn(without_stop(error.what()) + next);
      failure = error;
    }
  }
  if (empty) return std::move(*empty);
  if (failure) throw Error(*failure);
  Announced quiet;
  quiet.date = wanted;
  quiet.origin = options.list_url;
  quiet.from = "list";
  return quiet;
}

}  // namespace gleaner::arxiv
