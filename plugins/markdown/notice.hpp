// The block quote at the head of a page of which something is missing.
#pragma once

#include <string>

#include "escape.hpp"
#include "plugins/common/digest/page.hpp"

namespace gleaner::markdown {

// What digest::problems() says, as a block quote without a newline at its end; empty for a complete run.
// `escape` is for the warnings, which may quote what a server sent.
std::string incomplete_notice(const digest::Page& page, Escape escape);

}  // namespace gleaner::markdown
