// What a worker takes from itself before it opens the plugin's library. Against accidents and against what a
// plugin need not do; no wall against one that means harm, since the files of the user stay open to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gleaner::host::isolation {

struct Bounds {
  std::uint64_t memory = 0;  ///< bytes beyond what is mapped when the limit is set
  std::uint64_t files = 0;   ///< descriptors open at once
};

/// Ends this process when the thread that started it ends. False when that has happened already: `parent` is
/// the process that should be there.
[[nodiscard]] bool end_with_parent(std::int64_t parent);

/// Sets the limits, leaves the network and gives up system calls, in a process of one thread. Sentences about
/// what this system does not let it do.
[[nodiscard]] std::vector<std::string> enter_sandbox(const Bounds& bounds);

/// seccomp.cpp: refuses sockets other than AF_UNIX and calls that no component needs with EPERM, in this
/// process and its children. What hinders it, or "".
[[nodiscard]] std::string refuse_calls();

}  // namespace gleaner::host::isolation
