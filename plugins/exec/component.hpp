// SPDX-License-Identifier: Apache-2.0
// What the three components share: the facts of a call, and the health check.
#pragma once

#include <string>

#include "plugins/exec/handshake.hpp"
#include "plugins/exec/options.hpp"
#include "plugins/exec/program.hpp"

namespace gleaner::exec {

/// Everything a call knows.
[[nodiscard]] Facts facts_of(Role role, const std::string& instance, const std::string& contact,
                             const Call& call);

/// Starts the program, shakes hands and ends it. One without a handshake is only looked for. Throws Error
/// with what is wrong, status INVALID where the program is not one for this place.
void check_program(const ProgramOptions& options, const Host& host, Facts facts, const Call& call);

}  // namespace gleaner::exec
