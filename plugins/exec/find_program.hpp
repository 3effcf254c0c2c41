// SPDX-License-Identifier: Apache-2.0
// Where the program is, and the environment it runs in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/exec/options.hpp"

namespace gleaner::exec {

/// The program's file, absolute. Throws Error, status INVALID, that names the option to blame: no such file,
/// not executable, no such folder. Looks at the disk; any thread.
[[nodiscard]] std::string find_program(const ProgramOptions& options);

/// "NAME=value" of everything the program gets: what is safe to pass, what `env` names, and the run's facts.
[[nodiscard]] std::vector<std::string> environment(const ProgramOptions& options, std::string_view kind,
                                                   std::string_view instance, std::string_view date);

/// Why the program could not be started, from an errno of exec(2).
[[nodiscard]] Error not_started(const ProgramOptions& options, const std::string& program, int problem);

}  // namespace gleaner::exec
