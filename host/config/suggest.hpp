// "did you mean …?": the known word nearest to one that is not known. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gleaner::host {

/// Edits between two words: insertions, deletions, replacements and swaps of neighbours (optimal string
/// alignment). Bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, when it is near enough to be meant: at most 1 edit for words up to 3
/// letters, 2 up to 7, 3 above; or `word` is the start (3 letters or more) of exactly one candidate. ASCII
/// case and '-' against '_' cost nothing. Of equally near ones the first. Words above 64 bytes have none.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> candidates);

/// `; did you mean "model"?`, or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace gleaner::host
