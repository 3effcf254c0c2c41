// Feeds of the tests' own invention, and how to read them whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv::testing {

inline constexpr std::string_view kRssHead =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "version=\"2.0\">\n"
    "  <channel>\n"
    "    <title>cs.LG, q-bio.NC updates on arXiv.org</title>\n"
    "    <description>cs.LG, q-bio.NC updates on the arXiv.org e-print archive.</description>\n"
    "    <pubDate>Wed, 04 Mar 2026 00:00:00 -0500</pubDate>\n";
inline constexpr std::string_view kRssTail = "  </channel>\n</rss>\n";

// An RSS feed with these items.
inline std::string rss(std::string_view items) {
  return std::string(kRssHead) + std::string(items) + std::string(kRssTail);
}

// An item whose identifier and title are right and whose other fields are `fields`.
inline std::string item(std::string_view fields, std::string_view id = "2603.00001v1") {
  return "<item><guid isPermaLink=\"false\">oai:arXiv.org:" + std::string(id) + "</guid>" +
         std::string(fields) + "</item>\n";
}

// All papers of a feed; throws what the reader throws.
inline std::vector<OwnedEntry> read_all(std::string feed) {
  FeedReader reader(feed, "feed.xml");
  std::vector<OwnedEntry> entries;
  while (const Entry* entry = reader.next())
    entries.push_back(own(*entry));
  return entries;
}

inline OwnedEntry read_one(std::string_view fields) {
  return read_all(rss(item(fields))).at(0);
}

// The message and fault of reading a feed to its end; no fault is a message of "".
struct Outcome {
  std::string message;
  FeedFault fault = FeedFault::empty;
  std::size_t entries = 0;
};

inline Outcome outcome(std::string feed) {
  try {
    FeedReader reader(feed, "feed.xml");
    while (reader.next() != nullptr) {
    }
  } catch (const FeedError& error) {
    return {error.what(), error.fault(), error.entries()};
  }
  return {};
}

}  // namespace gleaner::arxiv::testing
