// SPDX-License-Identifier: Apache-2.0
// Whom a reader follows: lines `Name, id`, `Name` or a bare Semantic Scholar id. Pure; any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::authors {

/// One person. One of the two may be empty, not both.
struct Followed {
  std::string name;  ///< as written
  std::string id;    ///< of Semantic Scholar: digits
  friend bool operator==(const Followed&, const Followed&) = default;
};

/// what() is a sentence about one entry; parse_follow() puts file and line before it.
class BadEntry : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One entry, without comment. Throws BadEntry.
[[nodiscard]] Followed parse_entry(std::string_view written);

/// A file's text: `#` begins a comment, empty lines count for nothing, lines may end in CR LF, a byte order
/// mark may be there. Throws BadEntry, "authors.txt:3: …", for the first line that is none. `file` is for
/// messages.
[[nodiscard]] std::vector<Followed> parse_follow(std::string_view text, std::string_view file);

}  // namespace gleaner::authors
