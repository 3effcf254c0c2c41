// SPDX-License-Identifier: Apache-2.0
// One line of a JSON Lines file: a paper in the shape of `papers[]` of gleaner.digest/1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gleaner::json {

/// What a line says of a paper. The views live until the reader reads another line, or the line is gone.
struct PaperLine {
  std::string_view id, title, abstract, url, doi, published, journal, license;
  std::vector<std::string_view> authors, affiliations, categories;
  std::vector<std::pair<std::string_view, std::string_view>> extras;
  std::uint32_t version = 0;   ///< 0 when it does not say
  std::uint32_t announce = 0;  ///< GLEANER_ANNOUNCE_…
};

/// Nothing but white space in it. Pure, any thread.
[[nodiscard]] bool is_blank(std::string_view text);

/// Reads lines one after the other and reuses its memory. One thread at a time.
class PaperLineReader {
 public:
  PaperLineReader();
  PaperLineReader(const PaperLineReader&) = delete;
  PaperLineReader& operator=(const PaperLineReader&) = delete;
  ~PaperLineReader();

  /// The paper, or nullptr when the line is none: problem() then says why. `id` and `title` are there and not
  /// empty; other fields may be absent or null; fields nobody knows are passed over, whatever they hold;
  /// numbers may be written as strings. A text that had escapes in it lives in the reader, the others in
  /// `line`.
  const PaperLine* read(std::string_view line);

  /// What is wrong with the last line, as a clause: `"id" is missing; every paper needs an id and a title`.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Parser;

  std::unique_ptr<Parser> parser_;
  std::string problem_;
};

}  // namespace gleaner::json
