// What `lint` finds in one file; `check` begins with it.
#pragma once

#include <string>

#include "host/cli/pipeline_file.hpp"

namespace gleaner::host::cli {

/// The file's mistakes in the file's order; where it has none, those which only its components can see. The
/// result points into `plugins`. Throws UsageError for "-".
[[nodiscard]] LoadResult lint_file(const std::string& path, const Arguments& arguments,
                                   const Plugins& plugins);

}  // namespace gleaner::host::cli
