// SPDX-License-Identifier: Apache-2.0
// A digest as a message says it: what stands in the header, and a few short texts a paper. Every text is one
// line of valid UTF-8 without control or hidden characters, and escaped for no place: the service's own
// plugin does that. Lengths are bounded by code points, so that a title of 10 kB is a line of a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/digest/page.hpp"

namespace gleaner::message {

/// How much of each text is shown, in code points; a longer one ends with "…".
struct Bounds {
  std::size_t authors = 3;  ///< names; "and 5 others" says how many more there are
  std::size_t name = 60;
  std::size_t title = 300;
  std::size_t comment = 1000;
  std::size_t problem = 300;
  bool near_misses = false;  ///< whether papers that just missed the selection are a section
};

/// A paper's few lines. Empty texts are absent.
struct Item {
  std::size_t number = 0;  ///< from 1, in the digest's order
  std::string title;       ///< never empty: the id where the source gave none
  std::string url;         ///< http or https and percent-encoded (digest::safe_url)
  std::string authors;     ///< "Ada Lovelace, Bo Chen, Cy Dale and 5 others"
  std::string scores;      ///< "Relevance 9 · Novelty 8 · Total 17"
  std::string comment;
  std::string summary;
  std::string flag;  ///< what the host or a stage marks it with
};

/// Papers under a heading: the selected ones (without), the unscored, the near misses.
struct Section {
  std::string heading;
  std::vector<Item> items;
};

struct Summary {
  std::string title;
  std::string date;                   ///< "Tuesday, 20 May 2025"
  std::string day;                    ///< "2025-05-20"
  std::string counts;                 ///< "28 papers selected · 312 scanned · 526 announced"
  std::string cost;                   ///< "$0.19", empty where nothing was paid or the price is unknown
  std::string remedial;               ///< of a digest made late: what days it covers; else empty
  std::vector<std::string> problems;  ///< what is missing, a sentence each; empty for a complete run
  bool is_incomplete = false;         ///< else what `problems` says are notes
  std::vector<Section> sections;      ///< none of them empty; the selected papers first

  /// Of all sections.
  [[nodiscard]] std::size_t size() const;
};

/// Pure; any thread.
[[nodiscard]] Summary summarize(const digest::Page& page, const Bounds& bounds = {});

/// `pattern` with {title} and {date} ("2025-05-20") filled in: the name of a thread. Pure; any thread.
[[nodiscard]] std::string expanded(std::string_view pattern, const Summary& summary);

}  // namespace gleaner::message
