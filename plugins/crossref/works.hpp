// SPDX-License-Identifier: Apache-2.0
// One page of Crossref's list of works (https://api.crossref.org), read. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::crossref {

/// A work. Texts are plain.
struct Work {
  std::string doi;  ///< bare, in lower case
  std::string title, abstract, journal, license;
  std::string created;  ///< "YYYY-MM-DD" when its DOI was registered (UTC), or empty
  std::string online;   ///< "YYYY-MM-DD" of its publication online, or empty; month or day may be missing
                        ///< there and count as the first
  std::vector<std::string> authors;
  std::vector<std::string> affiliations;  ///< empty, or one per author
  std::vector<std::string> subjects;
};

struct Page {
  std::vector<Work> works;
  std::uint64_t rows = 0;               ///< in the answer, readable or not
  std::optional<std::uint64_t> total;   ///< of the whole question, where the answer says so
  std::string next_cursor;              ///< of the next page; empty when there is none
  std::vector<std::string> unreadable;  ///< the DOI, or nothing, of each row without a DOI or title
};

/// Reads an answer; `origin` is its address, for messages. Throws gleaner::Error: one sentence for what is
/// broken or an error of the server's.
[[nodiscard]] Page read_page(std::string_view body, const std::string& origin);

/// What an error's body says, "" when nothing can be read from it: {"message":[{"message":"…"}]} of a
/// question that was not understood, or a line of plain text.
[[nodiscard]] std::string said_in(std::string_view error_body);

}  // namespace gleaner::crossref
