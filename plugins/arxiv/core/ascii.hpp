// The names of plugins/common/ascii.hpp, unqualified within the plugin.
#pragma once

#include "plugins/common/ascii.hpp"

namespace gleaner::arxiv {

using common::drop_prefix;
using common::equals_ignoring_case;
using common::is_digit;
using common::is_letter;
using common::is_lower;
using common::is_space;
using common::is_upper;
using common::kNone;
using common::starts_ignoring_case;
using common::to_lower;
using common::trimmed;

}  // namespace gleaner::arxiv
