// SPDX-License-Identifier: Apache-2.0
// Semantic Scholar's answers, read. Every function here is pure; any thread. What is no such answer throws
// gleaner::Error (MALFORMED); unknown fields, nulls and numbers written as text are no reason to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/authors/core/evidence.hpp"

namespace gleaner::authors {

/// An author as a paper lists them.
struct PaperAuthor {
  std::string id;  ///< empty where Semantic Scholar has not decided who it is
  std::string name;
  std::optional<int> h_index;
  friend bool operator==(const PaperAuthor&, const PaperAuthor&) = default;
};

/// What Semantic Scholar has on a paper: its authors, or nothing when it does not know it.
using PaperRecord = std::optional<std::vector<PaperAuthor>>;

/// paper/batch: as many records as were asked for, in that order.
[[nodiscard]] std::vector<PaperRecord> read_papers(std::string_view body, std::size_t asked);

/// author/batch: as many as were asked for, in that order; nothing for an unknown id.
[[nodiscard]] std::vector<std::optional<Person>> read_people(std::string_view body, std::size_t asked);

/// author/search. Empty searches come without a list.
[[nodiscard]] Namesakes read_search(std::string_view body);

/// The server's own words in an answer with an error status; empty where there are none.
[[nodiscard]] std::string words_of_error(std::string_view body);

// The same records as the store keeps them. Reading gives nothing for what is not in that form.

[[nodiscard]] std::string written(const PaperRecord& record);
[[nodiscard]] std::optional<PaperRecord> read_paper_record(std::string_view text);
[[nodiscard]] std::string written(const Namesakes& namesakes);
[[nodiscard]] std::optional<Namesakes> read_namesakes(std::string_view text);

}  // namespace gleaner::authors
