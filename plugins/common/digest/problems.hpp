// What a reader has to know before trusting a digest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/common/digest/page.hpp"

namespace gleaner::digest {

struct Problem {
  std::string sentence;
  bool is_quoted = false;  // a warning of the digest, which may quote what a server sent; else our own words
};

// Unscored papers: the count the digest gives, or the papers it lists where those are more.
std::int64_t unscored_count(const Page& page);

// One sentence for everything that is missing from the run or odd about it, warnings of the digest last and
// eight of them at most; empty for a complete run. As written: escaped for no place. Any thread.
std::vector<Problem> problems(const Page& page);

// Whether something is missing; else what problems() says are notes.
bool is_incomplete(const Page& page);

}  // namespace gleaner::digest
