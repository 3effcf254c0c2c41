// SPDX-License-Identifier: Apache-2.0
// A feed in a file, handed on while it is read.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/select.hpp"
#include "plugins/arxiv/pusher.hpp"

namespace gleaner::arxiv {

/// What became of a saved feed's entries.
struct SavedFeed {
  std::size_t readable = 0;
  std::size_t unreadable = 0;
  std::vector<std::string> warnings;
};

/// Reads the file, or standard input for "-", and pushes what `selector` keeps of it. `make_selector` is
/// called once with the feed's header. Throws gleaner::Error; nothing was pushed then, unless the file itself
/// was whole.
SavedFeed read_saved_feed(const Path& file, Latex latex, const Day& day, Sink& sink, Selector& selector,
                          const std::function<Selector(const FeedHeader&)>& make_selector);

/// Throws unless `date` says of which day a feed is, where the reader named one.
void check_day(const Day& day, const std::string& date, const std::string& origin);

}  // namespace gleaner::arxiv
