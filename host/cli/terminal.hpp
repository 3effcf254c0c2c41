// Standard output for results, standard error for everything else.
#pragma once

#include <cstddef>
#include <string_view>

namespace gleaner::host::cli {

/// Results. What could not be written (a full disk) is found by finish_output().
void print(std::string_view text);
/// Everything else, at once.
void say(std::string_view text);
/// Flushes standard output; false after saying so when it could not take everything.
[[nodiscard]] bool finish_output();

[[nodiscard]] bool output_is_terminal();
/// A terminal that can redraw a line; not one that calls itself dumb.
[[nodiscard]] bool errors_can_redraw();
/// Columns to lay text out for: those of the terminal behind standard output or error, between 40 and 100; 80
/// where there is none.
[[nodiscard]] std::size_t text_width();

}  // namespace gleaner::host::cli
