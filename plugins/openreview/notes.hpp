// SPDX-License-Identifier: Apache-2.0
// One page of OpenReview's notes (API 2), read. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::openreview {

/// A note: a submission, or an answer to one. Texts are plain, times milliseconds since 1970 UTC.
struct Note {
  std::string id, forum;
  std::string title, abstract, tldr, venue, venue_id;
  std::string pdf;  ///< path on openreview.net or an address, or empty
  std::vector<std::string> authors, keywords;
  std::optional<std::int64_t> created;    ///< when it was submitted
  std::optional<std::int64_t> online;     ///< when everybody could read it first
  std::optional<std::int64_t> published;  ///< when it was accepted
  std::optional<std::int64_t> modified;   ///< by OpenReview's own clock
  bool is_public = false;                 ///< everybody may read it now
  bool is_deleted = false;

  [[nodiscard]] bool is_reply() const { return id != forum; }
};

struct Page {
  std::vector<Note> notes;             ///< those with an identifier
  std::uint64_t rows = 0;              ///< in the answer, readable or not
  std::optional<std::uint64_t> total;  ///< of the whole question, where the answer says so
};

/// Reads an answer; `origin` is its address, for messages. Throws gleaner::Error: one sentence for what is
/// broken.
[[nodiscard]] Page read_page(std::string_view body, const std::string& origin);

}  // namespace gleaner::openreview
