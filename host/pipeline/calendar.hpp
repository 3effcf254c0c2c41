// On which days a source announces: the calendar its component declares, and what the pipeline adds to it.
// Pure functions, any thread. Dates are "YYYY-MM-DD" in the source's own time zone.
#pragma once

#include <string>
#include <vector>

#include "host/loader/component.hpp"

namespace gleaner::host {

/// Whether there is an announcement labelled with `date`. Text that is no date counts as an announcement day,
/// so that nobody takes a slip for a quiet day. `more_holidays` are the owner's own ([run] holidays).
[[nodiscard]] bool announces_on(const CalendarInfo& calendar, const std::vector<std::string>& more_holidays,
                                const std::string& date);

/// "Saturday 2025-05-10"; the text itself when it is no date.
[[nodiscard]] std::string day_in_words(const std::string& date);

/// The date `days` later, or earlier when negative; the text itself when it is no date.
[[nodiscard]] std::string days_after(const std::string& date, int days);

}  // namespace gleaner::host
