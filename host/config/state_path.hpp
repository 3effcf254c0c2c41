// Where a pipeline keeps its state. Pure but for asking for variables.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "host/config/interpolate.hpp"

namespace gleaner::host {

/// `given` made absolute (relative to the pipeline file's folder), "none" as it is; empty:
/// $XDG_STATE_HOME/gleaner/NAME-HASH8.db, $HOME/.local/state for an unset or relative XDG_STATE_HOME (as the
/// XDG specification has it), "none" without a home.
[[nodiscard]] std::string state_path(std::string_view given, const std::filesystem::path& pipeline_file,
                                     std::string_view name, const Environment& environment);

/// Eight hexadecimal digits of a text: FNV-1a of 64 bits, its halves folded. Stable for ever, since state
/// files are named by it.
[[nodiscard]] std::string hash8(std::string_view text);

}  // namespace gleaner::host
