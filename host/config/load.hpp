// From a pipeline file to a checked pipeline and every mistake in it, in one pass.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/config/diagnostic.hpp"
#include "host/config/interpolate.hpp"
#include "host/config/pipeline.hpp"

namespace gleaner::host {

/// render reads the outputs alone: sources, stages, [select], [run] and [budget] may be absent and are not
/// looked at. lint also warns of files that a run would not find, which the run says itself.
enum class Purpose { run, lint, render };

struct LoadRequest {
  std::filesystem::path path;  ///< goes in front of messages as it is written here
  /// What is installed; borrowed, must outlive the pipeline that comes out (it points into it). Shadowed ones
  /// left out.
  std::span<const ComponentInfo* const> components;
  std::vector<std::pair<std::string, std::string>> sets;  ///< --set KEY=VALUE, in order
  Purpose purpose = Purpose::run;
  /// Asked for secrets that are in no environment variable; empty: those count as set when [secrets] names a
  /// file or command.
  std::function<bool(std::string_view name, const SecretsConfig& secrets)> secret_is_set;
  Environment environment;  ///< empty: the process's
};

struct LoadResult {
  Pipeline pipeline;  ///< complete only when ok; file and text are filled whenever the file could be read
  Diagnostics diagnostics;  ///< by place
  bool ok = false;          ///< no errors; there may be warnings
};

/// Never throws for anything the file holds. Reads files, changes nothing, starts nothing, asks no server.
[[nodiscard]] LoadResult load_pipeline(const LoadRequest& request);

}  // namespace gleaner::host
