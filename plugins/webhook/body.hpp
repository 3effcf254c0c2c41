// SPDX-License-Identifier: Apache-2.0
// What is sent: the whole digest or less of it. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::webhook {

enum class Body {
  digest,   ///< gleaner.digest/1, to the byte
  papers,   ///< gleaner.papers/1: title, date, counts and the selected papers
  summary,  ///< gleaner.summary/1: title, date, counts, cost, what is wrong, and each paper's id, title and
            ///< address
};
[[nodiscard]] Body body_of(std::string_view word);

/// `digest` as gleaner.digest/1, of which `key` is the key. Throws gleaner::Error (MALFORMED) when it is
/// none.
[[nodiscard]] std::string body_text(Body body, std::string_view digest, std::string_view key);

}  // namespace gleaner::webhook
