// What is said of a run when it is over.
#pragma once

#include <string>

#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {

/// `2026-11-18: 96 announced, 75 scanned, 21 selected (gpt-4o $0.19)`: one line without its end, for standard
/// error. What was logged as warning or error is not said again.
[[nodiscard]] std::string summary_line(const RunResult& result);

/// The written paths, one a line, without "-"; for a dry run the plan.
[[nodiscard]] std::string written_lines(const RunResult& result);

/// Whether one of the outputs takes standard output for itself.
[[nodiscard]] bool writes_standard_output(const Pipeline& pipeline);

}  // namespace gleaner::host::cli
