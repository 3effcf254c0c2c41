// Which announcement dates a run without --date has to handle: today, and every day that was missed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/config/pipeline.hpp"
#include "host/services/clock.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host {

/// Today in the calendar of the pipeline's first source that declares one and asks a server, "YYYY-MM-DD".
/// Empty when there is none: sources without a calendar know no missed days, and a file says its own date.
[[nodiscard]] std::string ledger_today(const Pipeline& pipeline, const Clock& clock);

/// The announcement dates before `today` that no complete run has handled, oldest first: those of the last
/// `[run] catch_up` days, but none before the first run the state knows. A new state has missed nothing.
[[nodiscard]] std::vector<std::string> missed_dates(const Pipeline& pipeline, const std::string& today,
                                                    std::span<const state::RunRecord> runs);

}  // namespace gleaner::host
