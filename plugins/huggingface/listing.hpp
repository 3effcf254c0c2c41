// SPDX-License-Identifier: Apache-2.0
// One page of the daily papers, read. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::huggingface {

/// A paper on the list. Texts are plain.
struct Listed {
  std::string id;  ///< bare arXiv number
  std::string title, abstract;
  std::vector<std::string> authors;
  std::int64_t upvotes = 0;
  std::int64_t comments = 0;
  std::string code;     ///< address of its repository, or empty
  std::string project;  ///< address of its page, or empty
};

struct Listing {
  std::vector<Listed> papers;
  std::size_t rows = 0;  ///< in the answer, readable or not
  std::vector<std::string>
      unreadable;  ///< identifier or title of each row that is no arXiv paper or has no title
};

/// Reads an answer; `origin` is its address, for messages. Throws gleaner::Error: one sentence.
[[nodiscard]] Listing read_listing(std::string_view body, const std::string& origin);

}  // namespace gleaner::huggingface
