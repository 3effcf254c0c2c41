// SPDX-License-Identifier: Apache-2.0
// From the feed's entries to the papers of the contract.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

#include "plugins/arxiv/core/feed.hpp"
#include "plugins/arxiv/core/query.hpp"

namespace gleaner::arxiv {

/// How TeX accents in titles, abstracts and names are handed on.
enum class Latex { unicode, raw };

/// Hands entries to the host without a copy of its own: the host makes the only one. One thread at a time.
class Pusher {
 public:
  explicit Pusher(Latex latex) : latex_(latex) {}
  /// Throws Sink::Stopped when the host wants no more.
  void push(const Entry& entry, Sink& sink);

 private:
  gleaner_str clean(std::string_view text, std::string& buffer) const;
  void add_names(const std::vector<std::string_view>& names);

  Latex latex_;
  std::string title_, abstract_, url_;
  std::vector<gleaner_str> texts_;      // authors, affiliations, categories
  std::vector<std::string> converted_;  // one buffer a name, so that all stay valid together
  std::size_t converted_count_ = 0;
};

/// The entry as views, valid as long as `owned` is and unchanged.
Entry view_of(const OwnedEntry& owned);

}  // namespace gleaner::arxiv
