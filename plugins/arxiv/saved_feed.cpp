// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/saved_feed.hpp"

#include <utility>

#include "plugins/arxiv/document.hpp"
#include "plugins/arxiv/feed_faults.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::size_t kBetweenQuestions = 64;  // papers between two looks at the run

/// Whether the text stops where feeds stop. One that does not is read to its end before any of its papers is
/// handed on, so that what broke off is refused as a whole.
bool ends_like_a_feed(std::string_view feed) {
  const std::size_t last = feed.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return false;
  feed = feed.substr(0, last + 1);
  return feed.ends_with("rss>") || feed.ends_with("feed>");
}

void read_through(std::string copy, const std::string& origin) {
  FeedReader reader(copy, origin);
  while (reader.next() != nullptr) {
  }
}

}  // namespace

void check_day(const Day& day, const std::string& date, const std::string& origin) {
  if (!date.empty() || !day.is_explicit()) return;
  throw Error(origin + " does not say of which day it is, so that it cannot be taken for " +
                  std::string(day.date()) + ".",
              GLEANER_MALFORMED);
}

SavedFeed read_saved_feed(const Path& file, Latex latex, const Day& day, Sink& sink, Selector& selector,
                          const std::function<Selector(const FeedHeader&)>& make_selector) {
  const std::string origin = file.is_standard_stream() ? "Standard input" : file.text;
  Document document = Document::read(file.text, sink.call());
  return reading([&] {
    if (!ends_like_a_feed(document.view())) read_through(std::string(document.view()), origin);
    FeedReader reader(document.bytes(), origin);
    const FeedHeader& header = reader.header();
    check_day(day, header.date, origin);
    selector = make_selector(header);
    if (!header.date.empty()) sink.dated(header.date, origin);
    reader.read_texts_of(selector.types());
    Pusher pusher(latex);
    while (const Entry* entry = reader.next()) {
      if (reader.entries() % kBetweenQuestions == 0) {
        sink.call().stop_if_cancelled();
        sink.call().progress(reader.entries(), 0, "papers");
        document.release_before(reader.entry_offset());
      }
      if (selector.choose(*entry) == Choice::keep) pusher.push(*entry, sink);
    }
    return SavedFeed{reader.entries(), reader.unreadable(), reader.warnings()};
  });
}

}  // namespace gleaner::arxiv
