// A pipeline file as verbs get it: read, checked, its mistakes printed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/cli/arguments.hpp"
#include "host/cli/plugins.hpp"
#include "host/config/load.hpp"

namespace gleaner::host::cli {

/// --set KEY=VALUE …, in order. Throws UsageError for one without a key or '='.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_sets(const Arguments& arguments);

/// Reads it for `purpose`. The result points into `plugins`. Throws UsageError for "-".
[[nodiscard]] LoadResult read_pipeline(const std::string& path, const Arguments& arguments,
                                       const Plugins& plugins, Purpose purpose);

/// The diagnostics with their lines and carets, a newline after each; with `errors_only` without warnings.
[[nodiscard]] std::string diagnostics_text(const LoadResult& loaded, bool errors_only);

}  // namespace gleaner::host::cli
