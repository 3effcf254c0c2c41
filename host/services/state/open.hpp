// A checked connection to a state file, or to a copy of one in memory.
#pragma once

#include <memory>

#include "host/services/log.hpp"
#include "host/services/state/connection.hpp"
#include "host/services/state/place.hpp"

namespace gleaner::host::state {

/// Opens or creates the file, whose lock the caller holds, and brings it to this version. A file that is
/// refused is left as it is, to the byte. Throws StateError.
[[nodiscard]] std::unique_ptr<Connection> open_file(const Place& place, const Log& log);

/// Throws StateError.
[[nodiscard]] std::unique_ptr<Connection> open_in_memory(const Place& place);

}  // namespace gleaner::host::state
