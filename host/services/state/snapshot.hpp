// The bytes of a database as of its last commit, read without a lock, without a helper file and without
// touching it: so it works while a run holds the state, from a folder that may not be written, and from the
// files that a killed run left. SQLite itself can do none of the three for a file in WAL mode (wal.html,
// "Read-Only Databases").
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include <sqlite3.h>

namespace gleaner::host::state {

struct FreeBySqlite {
  void operator()(unsigned char* bytes) const { sqlite3_free(bytes); }
};

/// Memory of SQLite's own, for sqlite3_deserialize().
struct Image {
  std::unique_ptr<unsigned char, FreeBySqlite> bytes{};
  std::size_t size = 0;  ///< 0: there is no file, or an empty one
};

/// `given` is the file's name in messages. Throws StateError (unwritable when it cannot be read, busy when it
/// changes too fast), std::bad_alloc.
[[nodiscard]] Image read_image(const std::filesystem::path& file, const std::filesystem::path& given);

}  // namespace gleaner::host::state
