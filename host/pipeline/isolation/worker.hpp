// The process a component with `isolate` runs in: this executable once more, with one socket.
#pragma once

#include <span>
#include <string>

namespace gleaner::host {

/// Whether the command line is that of a worker, which no person writes.
[[nodiscard]] bool is_worker(std::span<const std::string> words);

/// Opens the plugin the host names, and calls it as the host says, until the host has no more to say or is
/// gone. Returns the exit code of the process. Before anything else has been done in it.
[[nodiscard]] int run_worker(std::span<const std::string> words);

}  // namespace gleaner::host
