// Calendar days as feeds write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gleaner::arxiv {

// The day of an RFC 822 or RFC 3339 date in the offset it is written with, as YYYY-MM-DD:
// "Tue, 06 May 2025 00:00:00 -0400" is 2025-05-06, whatever day that is in UTC. arXiv labels an announcement
// by the day in New York, and that is the offset it writes. nullopt if the text is no date or the day does
// not exist.
std::optional<std::string> day_of(std::string_view text);

// The day in New York of an RFC 3339 instant written with offset +00:00 or Z, as an Atom feed's <updated> is:
// four hours are taken off. In winter New York is five hours behind, but feeds roll over at 05:00 UTC then,
// so that only a feed generated in the hour before, and nothing arXiv serves, would get the wrong day.
std::optional<std::string> new_york_day_of_utc(std::string_view text);

}  // namespace gleaner::arxiv
