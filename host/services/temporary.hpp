// Files on their way to their place: made beside it, under a name that says so, and locked by their writer,
// so that what a killed process had begun can be told from what another one is writing. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gleaner::host {

/// A new file beside `file`, locked and for its owner alone; rename it into place, then close it. -1 and
/// errno when it cannot be made. `name` becomes its path.
[[nodiscard]] int make_temporary(const std::filesystem::path& file, std::string& name);

/// Removes what killed processes had begun of `file`.
void remove_leftovers(const std::filesystem::path& file);
/// And of every file in `folder`.
void remove_all_leftovers(const std::filesystem::path& folder);

/// False and errno when not all could be written.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);

}  // namespace gleaner::host
