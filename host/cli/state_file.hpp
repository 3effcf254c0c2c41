// The state a verb works on: of the pipeline file, or of --state.
#pragma once

#include <filesystem>
#include <string>

#include "host/cli/arguments.hpp"
#include "host/config/pipeline.hpp"

namespace gleaner::host::cli {

/// Where the state lies: --state FILE (relative to the working directory), else the pipeline's own. Empty for
/// "none". Throws UsageError for an empty --state.
[[nodiscard]] std::filesystem::path state_file(const Arguments& arguments, const Pipeline& pipeline);

}  // namespace gleaner::host::cli
