// How deep dotted keys go, found before parsing: toml++ frees nested tables by recursion, and a key of
// 100,000 dots would overrun the stack (seen with 3.3). Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gleaner::host {

/// Offset of the first dot that makes a key (or header) deeper than `most` parts, outside strings and
/// comments.
[[nodiscard]] std::optional<std::size_t> first_deeper(std::string_view toml, std::size_t most);

}  // namespace gleaner::host
