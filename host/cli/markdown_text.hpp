// Plain text as Markdown that shows it as it is. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host::cli {

/// One line of prose, made for the cell of a table: code between `backticks` stays code, every other
/// character shows as itself, a line end is a blank.
[[nodiscard]] std::string prose(std::string_view text);

/// A code span that shows exactly this text in the cell of a table. Empty for an empty text.
[[nodiscard]] std::string code_span(std::string_view text);

/// A fenced block; the fence is longer than any in the text.
[[nodiscard]] std::string code_block(std::string_view language, std::string_view text);

/// A table of cells that are Markdown already. Empty without rows.
[[nodiscard]] std::string markdown_table(const std::vector<std::string>& heads,
                                         const std::vector<std::vector<std::string>>& rows);

/// A text of several paragraphs as its author wrote it, its headings moved so that the highest is of `level`;
/// a fence it leaves open is closed. Ends with one line end unless empty.
[[nodiscard]] std::string nested(std::string_view text, std::size_t level);

}  // namespace gleaner::host::cli
