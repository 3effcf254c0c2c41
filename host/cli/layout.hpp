// Text laid out for a terminal. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host::cli {

/// Paragraphs (an empty line ends one) and lists ("- ", "1. ") wrapped at `width` columns, every line
/// `indent` blanks in. A line that itself starts with a blank, a heading ("## …"), a table row ("| …") and
/// what stands between "```" lines is kept as it is. Ends with a newline unless the text is empty.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

/// The text cut to so many columns, with an ellipsis where something was cut.
[[nodiscard]] std::string cut(std::string_view text, std::size_t columns);

/// Columns as wide as their widest cell, two blanks between them; no blanks at line ends. The last column is
/// cut where the line would pass `width`; 0: never.
[[nodiscard]] std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t indent,
                                std::size_t width);

}  // namespace gleaner::host::cli
