// Where a state file lies and what can be said of it before SQLite opens it: SQLite would take over an empty
// or a foreign file, and open one it may not write without a word.
#pragma once

#include <filesystem>

namespace gleaner::host::state {

struct Place {
  std::filesystem::path given{};  ///< as the user wrote it: for messages
  std::filesystem::path file{};   ///< absolute, links resolved: one name for one file
};

/// Throws StateError (unwritable) when this process stands in a folder that is gone.
[[nodiscard]] Place place_of(const std::filesystem::path& given);

enum class Found { nothing, empty, state };

/// Makes the folders that are missing. Throws StateError (unwritable, full).
void make_folder(const Place& place);
/// Looks at the file's header. Throws StateError (foreign, unwritable): without `writing`, that it cannot be
/// read.
enum class Wanted { reading, writing };
[[nodiscard]] Found look_at(const Place& place, Wanted wanted);
/// Whether the last one to write it did not get to close it.
[[nodiscard]] bool was_left_open(const Place& place);

}  // namespace gleaner::host::state
