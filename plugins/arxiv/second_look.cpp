// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/second_look.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "plugins/arxiv/core/taxonomy.hpp"

namespace gleaner::arxiv {
namespace {

using Ids = std::set<std::string, std::less<>>;

bool is_news(const OwnedEntry& paper) {
  return paper.announce == Announce::fresh || paper.announce == Announce::cross;
}

Ids new_ids(const std::vector<OwnedEntry>& papers, const std::string& category) {
  Ids out;
  for (const OwnedEntry& paper : papers) {
    const bool is_new = paper.announce == Announce::fresh && !paper.categories.empty();
    if (is_new && covers(category, paper.categories.front())) out.insert(paper.id);
  }
  return out;
}

constexpr std::size_t kFewNewPapers = 3;  // below this a disagreement is about papers, not about days

/// The listing lacks some of the category's new papers where there is a suspicion, or all of them.
bool is_stale(const Listing& listing, const Announced& feed, bool is_suspect) {
  const Ids in_feed = new_ids(feed.papers, listing.category);
  const Ids listed = new_ids(listing.papers, listing.category);
  const auto common =
      std::count_if(in_feed.begin(), in_feed.end(), [&](const auto& id) { return listed.contains(id); });
  if (is_suspect) return static_cast<std::size_t>(common) < in_feed.size();
  return common == 0 && in_feed.size() >= kFewNewPapers && !listed.empty();
}

class Mender {
 public:
  Mender(std::vector<std::string> stale, const std::vector<Listing>& listings,
         const std::vector<std::string>& categories, const Earlier& earlier)
      : stale_(std::move(stale)), categories_(categories), earlier_(earlier) {
    for (const Listing& listing : listings)
      for (const OwnedEntry& paper : listing.papers)
        listed_.insert(paper.id);
    all_were_read_ = std::all_of(categories.begin(), categories.end(), [&](const std::string& category) {
      return std::any_of(listings.begin(), listings.end(),
                         [&](const Listing& listing) { return listing.category == category; });
    });
  }

  [[nodiscard]] std::size_t listed() const { return listed_.size(); }
  [[nodiscard]] bool is_of_stale(const std::string& category) const {
    return std::find(stale_.begin(), stale_.end(), category) != stale_.end();
  }

  /// Whether an entry of the feed belongs to the earlier announcement.
  [[nodiscard]] bool drops(const OwnedEntry& paper) const {
    if (stale_.empty() || listed_.contains(paper.id)) return false;
    if (all_were_read_) return true;  // no category announces it today
    std::size_t asked = 0;
    std::size_t stale = 0;
    for (const std::string& category : categories_) {
      const bool is_in = std::any_of(paper.categories.begin(), paper.categories.end(),
                                     [&](const std::string& own) { return covers(category, own); });
      asked += is_in ? 1 : 0;
      stale += is_in && is_of_stale(category) ? 1 : 0;
    }
    if (stale == 0) return false;
    return stale == asked || (is_news(paper) && !earlier_.date_of(paper.id).empty());
  }

 private:
  std::vector<std::string> stale_;
  const std::vector<std::string>& categories_;
  const Earlier& earlier_;
  Ids listed_;
  bool all_were_read_ = false;
};

std::string words(const Suspicion& each) {
  std::string out = each.category;
  if (each.repeated > 0)
    return out + " (" + std::to_string(each.repeated) + " of its " + std::to_string(each.papers) +
           " new papers were announced before, on " + each.date + ")";
  return out + " (none of its " + std::to_string(each.papers) +
         " new papers is newer than those announced before)";
}

}  // namespace

std::string stale_words(const std::string& feed, const std::vector<Suspicion>& stale) {
  std::string out = feed + " still has an earlier announcement for ";
  for (std::size_t i = 0; i < stale.size(); ++i)
    out.append(i == 0 ? "" : ", ").append(words(stale[i]));
  return out;
}

SecondLook second_look(Announced feed, const std::vector<Suspicion>& suspicions,
                       std::vector<Listing> listings, const std::vector<std::string>& categories,
                       const Earlier& earlier) {
  SecondLook out;
  for (const Listing& listing : listings) {
    const bool is_suspect = std::any_of(suspicions.begin(), suspicions.end(), [&](const Suspicion& each) {
      return each.category == listing.category;
    });
    if (is_stale(listing, feed, is_suspect)) out.replaced.push_back(listing.category);
  }
  const Mender mender(out.replaced, listings, categories, earlier);
  out.listed = mender.listed();
  std::erase_if(feed.papers, [&](const OwnedEntry& paper) { return mender.drops(paper); });
  Ids known;
  for (const OwnedEntry& paper : feed.papers)
    known.insert(paper.id);
  std::vector<std::vector<OwnedEntry>> parts(1);
  for (Listing& listing : listings) {
    const bool is_replaced = mender.is_of_stale(listing.category);
    const bool is_cut = std::any_of(feed.full.begin(), feed.full.end(), [&](const FullFeed& full) {
      return std::find(full.categories.begin(), full.categories.end(), listing.category) !=
             full.categories.end();
    });
    std::vector<OwnedEntry>& part = parts.emplace_back();
    for (OwnedEntry& paper : listing.papers) {
      if (known.contains(paper.id) || (!is_replaced && !is_cut && !is_news(paper))) continue;
      if (!is_replaced) out.missing.push_back(paper.id);
      part.push_back(std::move(paper));
    }
  }
  const std::size_t kept = feed.papers.size();
  const bool is_mended =
      std::any_of(parts.begin(), parts.end(), [](const auto& part) { return !part.empty(); });
  if (is_mended) {
    parts.front() = std::move(feed.papers);
    feed.papers = merge_feeds(std::move(parts));
  }
  std::sort(out.missing.begin(), out.missing.end());
  out.missing.erase(std::unique(out.missing.begin(), out.missing.end()), out.missing.end());
  out.announced = std::move(feed);
  out.from_listing = out.announced.papers.size() - kept;
  return out;
}

}  // namespace gleaner::arxiv
