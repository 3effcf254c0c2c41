// SPDX-License-Identifier: Apache-2.0
// Text of strangers for places that know no markup: fields of a reference, names of files. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::common {

/// The text on one line of valid UTF-8: white space collapsed, control characters and line separators spaces,
/// and without the characters that show nothing and steer something (zero width, bidirectional overrides,
/// tags), which a saved digest may still hold.
[[nodiscard]] std::string visible_line(std::string_view text);

/// The code point at `at` of valid UTF-8; `at` moves behind it. U+FFFD for a byte that begins none.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);

/// The first `most` code points of valid UTF-8, "…" among them where the text is longer.
[[nodiscard]] std::string shortened_text(std::string_view text, std::size_t most);

}  // namespace gleaner::common
