// Looks at plugin files in a process of its own: a library runs its constructors when it is opened, and they
// may crash, hang, exit or print.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <vector>

#include <gleaner/abi.h>

#include "host/loader/finding.hpp"

namespace gleaner::host {

/// A file whose stamp says that this host may open it.
struct Candidate {
  std::filesystem::path file;
  gleaner_stamp stamp{};
};

/// The time one file has to be opened and described.
inline constexpr std::chrono::milliseconds look_budget{2000};

/// A finding for each file, in their order. One child process opens file after file and writes what it finds
/// into a pipe; when a file ends it or takes longer than `budget` (1 ms to a day), it is killed. That file is
/// looked at again, first in another child, unless it was so already, and blamed when it does it again; a
/// child then goes on with the next file. The children have no standard streams and no descriptors of the
/// host's; what they print is lost. Not one byte of the libraries is mapped in this process.
///
/// The child is a fork without exec: the scan comes first in a process, before there is a second thread.
/// Where there are more, the child may use only malloc and the loader, whose locks glibc frees in a child; it
/// does not use more than that. One thread at a time.
[[nodiscard]] std::vector<Finding> look_at(std::span<const Candidate> files,
                                           std::chrono::milliseconds budget = look_budget);

}  // namespace gleaner::host
