// The lock file of a pipeline: which plugin files it may load, each with its SHA-256. The format is that of
// sha256sum, so that `sha256sum -c ml.lock` in the plugin folder says the same.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gleaner::host {

/// One plugin file. Two folders may hold files of one name: then there are two entries of that name.
struct LockEntry {
  std::string digest;  ///< 64 small hexadecimal digits
  std::string name;    ///< without its folder

  friend bool operator==(const LockEntry&, const LockEntry&) = default;
  friend auto operator<=>(const LockEntry&, const LockEntry&) = default;
};

/// What is wrong in a lock file: one sentence without its full stop.
struct LockMistake {
  int line = 0;  ///< 1-based; 0: the file as a whole
  std::string message;
};

using LockEntries = std::vector<LockEntry>;

/// Where the lock file of a pipeline lies: ml.toml → ml.lock.
[[nodiscard]] std::filesystem::path lock_path(const std::filesystem::path& pipeline);

/// The first mistake ends it. Blank lines and lines that begin with # are passed over, as sha256sum does with
/// the latter; of a name with folders the last part counts. `text` may end its lines as DOS does.
[[nodiscard]] std::variant<LockEntries, LockMistake> parse_lock(std::string_view text);
/// Sorted by name, one line each. Names with a line break or a backslash in them cannot be written so: see
/// can_be_locked().
[[nodiscard]] std::string lock_text(LockEntries entries);
/// sha256sum writes such names in another way, which no plugin has needed yet.
[[nodiscard]] bool can_be_locked(std::string_view name);

/// Nothing where there is no lock file.
[[nodiscard]] std::optional<std::variant<LockEntries, LockMistake>> read_lock(
    const std::filesystem::path& file);

}  // namespace gleaner::host
