// What a plugin has no business to change in the process it is loaded into. One thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace gleaner::host::cli::conformance {

struct ProcessState {
  std::string folder;
  std::string locale;
  std::map<int, std::string> signals;  ///< number → handler and flags, for comparing
  std::string blocked;                 ///< signals this thread does not take
  unsigned umask = 0;
  int rounding = 0;
  std::vector<std::string> environment;  ///< sorted
  std::vector<std::string> open_files;   ///< "3 → /tmp/x", sorted
  std::size_t threads = 0;

  [[nodiscard]] static ProcessState now();
  /// What is different in the later one, a phrase each: "the working folder was X and is Y".
  [[nodiscard]] std::vector<std::string> changes(const ProcessState& later) const;
};

/// Threads of this process. One that has just ended may be counted for an instant: waits up to half a second
/// for there to be no more than `expected`.
[[nodiscard]] std::size_t threads_settled(std::size_t expected);
[[nodiscard]] std::vector<std::string> open_files();
/// What stands in the file behind a descriptor, from its beginning; stdio's buffers are emptied before.
[[nodiscard]] std::string written_to(int descriptor);

}  // namespace gleaner::host::cli::conformance
