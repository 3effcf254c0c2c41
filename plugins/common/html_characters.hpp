// SPDX-License-Identifier: Apache-2.0
// Characters that HTML spells out. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::common {

/// `text` begins with '&'. Bytes that the entity there takes, its character appended to `out`; 0 if it is
/// none.
[[nodiscard]] std::size_t decode_entity(std::string_view text, std::string& out);

}  // namespace gleaner::common
