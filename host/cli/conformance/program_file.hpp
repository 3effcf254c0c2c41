// A program instead of a plugin: checked through an installed component that runs programs.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "host/cli/conformance/runner.hpp"

namespace gleaner::host::cli::conformance {

/// A file that can be executed and is no shared library.
[[nodiscard]] bool is_program(const std::filesystem::path& file);

/// The component a program is checked through.
struct Runs {
  Ask ask;                    ///< with the component's library as the file, and the program as its `command`
  std::size_t component = 0;  ///< its number in the library
  std::string of;             ///< "scorer words"
};

/// Of the components that have an option `command` of type list, the first whose health is well with this
/// program; else nothing, and a sentence of each in `refusals`. Starts the program, in processes of their
/// own.
[[nodiscard]] std::optional<Runs> who_runs(const std::filesystem::path& program, const Ask& ask,
                                           std::span<const ComponentInfo* const> installed,
                                           std::vector<std::string>& refusals);

}  // namespace gleaner::host::cli::conformance
