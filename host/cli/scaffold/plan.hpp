// The files of a new plugin, from the templates. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/cli/scaffold/names.hpp"

namespace gleaner::host::cli::scaffold {

struct NewPlugin {
  std::string kind;  ///< a kind word
  std::string name;  ///< a component name of a plugin
  Language language = Language::cpp;
};

struct NewFile {
  std::string path;  ///< below the plugin's folder, "src/lib.rs"
  std::string text;
  bool runs = false;  ///< a program: begins with #!
};

struct Plan {
  std::vector<NewFile> files;
  std::vector<std::string> next;  ///< commands to go on with, in order
};

/// What sdk/templates/LANGUAGE/files.txt says.
[[nodiscard]] Plan plan_of(const NewPlugin& plugin);

}  // namespace gleaner::host::cli::scaffold
