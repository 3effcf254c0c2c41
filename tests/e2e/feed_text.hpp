// Feeds in arXiv's own format, made for a claim.
#pragma once

#include <string>
#include <vector>

namespace gleaner::e2e {

/// One <item>. Texts are put in as they are: escape them as XML wants it.
struct FeedItem {
  std::string id;
  std::string title = "A paper";
  std::string announce = "new";
  std::vector<std::string> categories{"cs.LG"};
  std::string abstract = "Words about the paper.";
  std::string authors = "Ada Example, Ben Sample";
  int version = 1;
};

/// 2026-11-18, a Wednesday, as feeds write it.
inline const std::string wednesday = "Wed, 18 Nov 2026 00:00:00 -0500";

[[nodiscard]] std::string rss(const std::vector<FeedItem>& items, const std::string& day = wednesday);
/// The same papers as https://rss.arxiv.org/atom writes them, of 2026-11-18.
[[nodiscard]] std::string atom(const std::vector<FeedItem>& items);
/// What arXiv sends with status 400 for a query it does not understand.
[[nodiscard]] std::string error_feed(const std::string& reason);
/// `count` papers of one category, with ids 2611.FIRST and on.
[[nodiscard]] std::vector<FeedItem> many(int first, int count, const std::string& category,
                                         const std::string& announce = "new");

}  // namespace gleaner::e2e
