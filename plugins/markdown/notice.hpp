// What a reader has to know before trusting the page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "escape.hpp"
#include "page.hpp"

namespace gleaner::markdown {

// Unscored papers: the count the digest gives, or the papers it lists where those are more.
std::int64_t unscored_count(const Page& page);

// One sentence for everything that is missing from the run or odd about it, warnings of the digest last;
// empty for a complete run. `escape` is for the warnings, which may quote what a server sent.
std::vector<std::string> problems(const Page& page, Escape escape);

// The problems as a block quote without a newline at its end; empty for a complete run.
std::string incomplete_notice(const Page& page, Escape escape);

}  // namespace gleaner::markdown
