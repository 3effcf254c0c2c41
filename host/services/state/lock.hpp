// One run at a time: an advisory lock on FILE.lock. The kernel releases it however the process ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "host/services/clock.hpp"

namespace gleaner::host::state {

/// Holds the lock as long as it lives. The file stays behind, empty: unlinking it would let two runs lock two
/// files of one name.
class Lock {
 public:
  /// `file` is the state, links resolved, so that every name of it leads to one lock; `given` is its name in
  /// messages. Throws StateError (busy, unwritable).
  Lock(const std::filesystem::path& file, const std::filesystem::path& given, const Clock& clock);
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  /// Since when a process holds the lock of `file`, empty where that is not written; nothing: nobody does.
  [[nodiscard]] static std::optional<std::string> held_since(const std::filesystem::path& file);

 private:
  int descriptor_;
};

}  // namespace gleaner::host::state
