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

/// Announcement dates since the last run that the state knows and before those that missed_dates() has: an
/// outage was longer than `[run] catch_up`. Oldest first; none where `catch_up` is 0, and none older than a
/// year.
[[nodiscard]] std::vector<std::string> dates_out_of_reach(const Pipeline& pipeline, const std::string& today,
                                                          std::span<const state::RunRecord> runs);

/// Names of the pipeline's sources that a finished run could not read: its receipt has nothing of them.
[[nodiscard]] std::vector<std::string> unread_sources(const Pipeline& pipeline, const state::RunRecord& run);

}  // namespace gleaner::host
