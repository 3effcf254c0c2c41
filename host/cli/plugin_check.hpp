// What is right and wrong with one plugin file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gleaner::host::cli {

struct PluginFindings {
  std::string text;                   ///< what is in it, lines
  std::vector<std::string> problems;  ///< sentences; none: it is sound
};

/// Opens the file; it stays open, as every plugin does.
[[nodiscard]] PluginFindings check_plugin(const std::filesystem::path& file);

}  // namespace gleaner::host::cli
