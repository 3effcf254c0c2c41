// SIGINT and SIGTERM as a flag.
#pragma once

#include <atomic>

namespace gleaner::host::cli {

/// From now on the first SIGINT or SIGTERM sets the flag that is returned, and one that comes a second later
/// or more kills. The flag lives as long as the process. Call it once, before threads are started.
[[nodiscard]] const std::atomic<bool>& watch_signals();

}  // namespace gleaner::host::cli
