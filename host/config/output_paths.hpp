// Where the outputs write: no two of them to one file, and no placeholder that nothing fills in. One thread.
// Internal to this room.
#pragma once

#include <span>

#include "host/config/component_table.hpp"

namespace gleaner::host {

/// Looks at the option `path` of every output. `pipeline` gives its folder and name.
void check_output_paths(const Reader& reader, const Pipeline& pipeline,
                        std::span<const ReadComponent> outputs);

/// The option `path` of an output, a file that is written; every other path option names one to read.
[[nodiscard]] bool is_written(const ComponentInfo& info, const OptionValue& option);

}  // namespace gleaner::host
