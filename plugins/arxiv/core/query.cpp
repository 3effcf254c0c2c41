#include "plugins/arxiv/core/query.hpp"

#include <algorithm>
#include <unordered_map>

#include "plugins/arxiv/core/taxonomy.hpp"

namespace gleaner::arxiv {
namespace {

// The path of an URL and what follows it; empty or "/" where it has none.
std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = url.find_first_of("/?#", host);
  return path == std::string_view::npos ? std::string_view{} : url.substr(path);
}

std::vector<std::string> strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

void unite(std::vector<std::string>& into, const std::vector<std::string>& more) {
  for (const std::string& category : more) {
    if (std::find(into.begin(), into.end(), category) == into.end()) into.push_back(category);
  }
}

void absorb(OwnedEntry& known, OwnedEntry&& other) {
  if (other.announce < known.announce) {
    unite(other.categories, known.categories);
    known = std::move(other);
  } else {
    unite(known.categories, other.categories);
  }
}

}  // namespace

bool takes_categories(std::string_view base_url) {
  const std::string_view path = path_of(base_url);
  return path.empty() || path == "/";
}

std::string feed_url(std::string_view base_url, FeedKind kind, const std::vector<std::string>& categories) {
  std::string url(base_url);
  if (!takes_categories(base_url)) return url;
  if (url.ends_with('/')) url.pop_back();
  url += kind == FeedKind::rss ? "/rss/" : "/atom/";
  for (std::size_t i = 0; i < categories.size(); ++i) {
    if (i > 0) url += '+';
    url += categories[i];
  }
  return url;
}

std::vector<std::vector<std::string>> split_query(const std::vector<std::string>& categories) {
  const std::vector<std::string> parts =
      categories.size() == 1 ? categories_of(categories.front()) : categories;
  std::vector<std::vector<std::string>> queries;
  queries.reserve(parts.size());
  for (const std::string& part : parts)
    queries.push_back({part});
  return queries;
}

std::string full_feed_warning(std::string_view feed, std::size_t items) {
  return std::string(feed) + " has " + std::to_string(items) +
         " entries, which is as many as arXiv puts into one feed (" + std::to_string(kFeedCap) +
         "). It leaves out new papers first, so that some are probably missing, and there is "
         "no narrower feed to ask for.";
}

OwnedEntry own(const Entry& entry) {
  return {entry.id,
          entry.version,
          std::string(entry.title),
          std::string(entry.abstract),
          strings(entry.authors),
          strings(entry.affiliations),
          strings(entry.categories),
          entry.announce,
          std::string(entry.doi),
          std::string(entry.journal),
          std::string(entry.licence),
          entry.date};
}

std::vector<OwnedEntry> merge_feeds(std::vector<std::vector<OwnedEntry>> feeds) {
  std::vector<OwnedEntry> merged;
  std::unordered_map<std::string, std::size_t> place;
  for (std::vector<OwnedEntry>& feed : feeds) {
    for (OwnedEntry& entry : feed) {
      const auto [found, is_new] = place.try_emplace(entry.id, merged.size());
      if (is_new) {
        merged.push_back(std::move(entry));
      } else {
        absorb(merged[found->second], std::move(entry));
      }
    }
  }
  std::sort(merged.begin(), merged.end(), [](const OwnedEntry& left, const OwnedEntry& right) {
    if (left.announce != right.announce) return left.announce < right.announce;
    return id_less(left.id, right.id);
  });
  return merged;
}

}  // namespace gleaner::arxiv
