// How tests start tests/host/services/state/state_child.cpp.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/child_process.hpp"

namespace gleaner::host::state {

inline const std::string state_child = GLEANER_BINARY_DIR "/tests/state_child";

/// What it says, once it has ended by itself.
inline std::string said_by_child(const std::string& what, const std::filesystem::path& file) {
  return test::run_child({state_child, what, file.string()}).out;
}

}  // namespace gleaner::host::state
