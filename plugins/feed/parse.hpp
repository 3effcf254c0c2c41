// SPDX-License-Identifier: Apache-2.0
// Any feed, read into one shape: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, JSON Feed 1.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/dates.hpp"

namespace gleaner::feed {

struct Entry {
  /// What may identify it, the surest first: DOI fields, guid or id, link. As written, but for resolved
  /// links.
  std::vector<std::string> identifiers;
  std::string link;  ///< where to read it, absolute where it can be; may be empty
  std::string title;
  std::string summary;  ///< plain text, as all of these
  std::string content;
  std::vector<std::string> authors;
  std::vector<std::string> categories;
  std::string journal;
  std::string license;  ///< an address, or empty
  std::string doi;      ///< bare, where a field of its own names it
  std::optional<common::Moment> published;
};

struct Feed {
  std::string title;
  std::optional<common::Moment> updated;
  std::vector<Entry> entries;  ///< in the feed's order
  std::string note;            ///< a sentence where the encoding was not what was said, else empty
};

/// Largest feed that is read, in bytes.
inline constexpr std::size_t kLargestFeed = std::size_t{64} << 20;

/// Reads a whole feed; what it is shows by its outermost element, not by `content_type`, of which only the
/// charset counts. `origin` is its address or file, against which relative links are resolved. Throws
/// gleaner::Error: one sentence for what is empty, broken off, a web page, no feed. Any thread.
[[nodiscard]] Feed parse_feed(std::string bytes, std::string_view content_type, const std::string& origin);

}  // namespace gleaner::feed
