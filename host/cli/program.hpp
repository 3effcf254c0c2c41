// The program without its main(): from the words of the command line to an exit code.
#pragma once

#include <span>
#include <string>

namespace gleaner::host::cli {

/// `words`: without the program's own name. Never throws.
[[nodiscard]] int run_program(std::span<const std::string> words);

}  // namespace gleaner::host::cli
