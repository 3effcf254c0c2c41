// SPDX-License-Identifier: Apache-2.0
// Who an author of a paper is that Semantic Scholar does not know yet: everybody of the name, what speaks for
// whom, and the decision, which is remembered with the co-authors it was made by.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/authors/s2/client.hpp"

namespace gleaner::authors {

/// What `paper` says around the author called `name`.
[[nodiscard]] Byline byline_of(const Paper& paper, const Name& name);

/// How the question who somebody is ended.
enum class Known { yes, no_evidence, not_asked };

struct Identity {
  Known known = Known::not_asked;
  Person person{};  ///< with Known::yes
};

/// One call on one thread, as the client.
class Identities {
 public:
  /// At most `searches` requests for a name.
  Identities(SemanticScholar& server, std::size_t searches) : server_(server), searches_left_(searches) {}

  /// `expected_id`: somebody who is among those in question whether the search finds them or not; may be
  /// empty.
  [[nodiscard]] Identity find(const Paper& paper, const Name& author, const Name& searched,
                              const std::string& expected_id);

 private:
  SemanticScholar& server_;
  std::size_t searches_left_;
};

}  // namespace gleaner::authors
