// SPDX-License-Identifier: Apache-2.0
// Names of files in a vault that every system takes and no wiki link trips over. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::obsidian {

inline constexpr std::size_t kLongestName = 120;  // characters, ".md" included

/// The beginning of a paper's file name: ASCII letters, digits, '.', '_' and '-' only; one of its own for
/// every identifier, on file systems that take capitals and small letters for the same as well.
[[nodiscard]] std::string id_part(std::string_view paper_id);

/// "2505.01557 Attention is all you need.md": the id part and, in ASCII, what of the title fits.
[[nodiscard]] std::string note_name(std::string_view paper_id, std::string_view title);

/// "ml 2026-11-22.md".
[[nodiscard]] std::string day_name(std::string_view pipeline, std::string_view date);

/// Whether `file_name` is that of a note of this paper, whatever its title was then.
[[nodiscard]] bool is_note_of(std::string_view file_name, std::string_view paper_id);

/// "Papers" and "a/b", but no empty, absolute, hidden or climbing path and none with a character some system
/// refuses.
[[nodiscard]] bool is_safe_folder(std::string_view folder);

/// A tag Obsidian takes: "cs.LG" as "cs/LG", "Neural Nets" as "Neural-Nets"; empty where nothing of it could
/// be one.
[[nodiscard]] std::string tag_of(std::string_view category);

}  // namespace gleaner::obsidian
