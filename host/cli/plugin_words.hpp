// The words of `gleaner plugin`: one file each, plugin_WORD.cpp. Each gets what stands behind its word and
// returns the exit code; UsageError for a wrong command line.
#pragma once

#include <span>
#include <string>

#include "host/cli/arguments.hpp"

namespace gleaner::host::cli {

[[nodiscard]] int plugin_new(const Arguments& arguments, std::span<const std::string> operands);
[[nodiscard]] int plugin_check(const Arguments& arguments, std::span<const std::string> operands);
[[nodiscard]] int plugin_docs(const Arguments& arguments, std::span<const std::string> operands);
[[nodiscard]] int plugin_lock(const Arguments& arguments, std::span<const std::string> operands);
[[nodiscard]] int plugin_rescan(const Arguments& arguments, std::span<const std::string> operands);

}  // namespace gleaner::host::cli
