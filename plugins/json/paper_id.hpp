// SPDX-License-Identifier: Apache-2.0
// The identifier of a line, in the one form that all sources agree on.
#pragma once

#include <string_view>

#include "plugins/common/ids.hpp"

namespace gleaner::json {

/// Fills `out`, whose strings are reused. What is no arXiv identifier, DOI or address stays as it is: a line
/// of ours has it in its form already. Any thread, with an `out` of its own.
void canonical_id(std::string_view written, common::PaperId& out);

}  // namespace gleaner::json
