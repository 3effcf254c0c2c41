// Whether the plugins of a pipeline are those that its lock file names.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "host/cli/pipeline_file.hpp"

namespace gleaner::host::cli {

/// read_pipeline(), and where a lock file lies beside the pipeline file every plugin that its components come
/// from is compared with it, before any of them is opened: what differs or is missing there is an error, at
/// the `use`.
[[nodiscard]] LoadResult read_locked_pipeline(const std::string& path, const Arguments& arguments,
                                              const Plugins& plugins, Purpose purpose);

/// The files that the pipeline's components come from, each once.
[[nodiscard]] std::set<std::filesystem::path> plugin_files(const Pipeline& pipeline);

}  // namespace gleaner::host::cli
