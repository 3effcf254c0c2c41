// When arXiv announces, and what it announces then (https://info.arxiv.org/help/availability.html).
// Every function here is pure and may be called from any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::arxiv {

// Announcement days without papers, by the label feeds and listings carry. arXiv's holiday list names the
// evenings on which no mailing goes out (2026-01-01, 01-19, 06-19, 07-03, 09-07, 11-26, 12-25, 12-29, 12-31);
// the feed that stays empty is that of the day after, as the one labelled 2025-12-31 was. The evenings of
// 06-19, 07-03 and 12-25 are Fridays, on which there never is one.
inline constexpr std::array<std::string_view, 7> kQuietLabels = {
    "2025-12-31", "2026-01-02", "2026-01-20", "2026-09-08", "2026-11-27", "2026-12-30", "2027-01-01"};

// Further labels without papers, "YYYY-MM-DD": those the reader knows of.
using Holidays = std::vector<std::string>;

// Whether there is an announcement with this label: Monday to Friday, but for the days above and `more`.
// `day` is "YYYY-MM-DD"; anything else never is one.
bool announces_on(std::string_view day, const Holidays& more = {});

// Times of the search API: "YYYYMMDDHHMM", GMT.
struct SubmissionWindow {
  std::string from;  // exclusive for people, but a minute is the finest the API knows
  std::string to;    // the last minute
};

// When the new papers of an announcement were submitted. Cut-off is 14:00 in New York, Monday to Friday; the
// announcement of an evening carries the next day's label, and that of Sunday evening what came in until
// Friday. After days without an announcement the window begins where the last one before them ended. `day`
// must be a day with an announcement.
SubmissionWindow submission_window(std::string_view day, const Holidays& more = {});

// Halves of a window, for more results than the API can page through. One that lasts a minute stays whole:
// the second is empty then.
std::array<SubmissionWindow, 2> halves(const SubmissionWindow& window);

}  // namespace gleaner::arxiv
