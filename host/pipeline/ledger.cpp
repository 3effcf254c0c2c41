#include "host/pipeline/ledger.hpp"

#include <algorithm>

#include "host/pipeline/calendar.hpp"

namespace gleaner::host {
namespace {

bool asks_a_server(const ComponentConfig& source) {
  const auto* file = source.option("file");
  return file == nullptr || file->text.empty();
}

bool keeps_a_ledger(const ComponentConfig& source) {
  return source.info->calendar.has_value() && asks_a_server(source);
}

bool announced_by_any(const Pipeline& pipeline, const std::string& date) {
  return std::any_of(pipeline.sources.begin(), pipeline.sources.end(), [&](const ComponentConfig& source) {
    return keeps_a_ledger(source) && announces_on(*source.info->calendar, pipeline.run.holidays, date);
  });
}

}  // namespace

std::string ledger_today(const Pipeline& pipeline, const Clock& clock) {
  for (const auto& source : pipeline.sources)
    if (keeps_a_ledger(source))
      return clock.date_in(clock.now_ms(), source.info->calendar->time_zone)
          .value_or(*clock.date_in(clock.now_ms(), "UTC"));
  return {};
}

std::vector<std::string> missed_dates(const Pipeline& pipeline, const std::string& today,
                                      std::span<const state::RunRecord> runs) {
  std::vector<std::string> out;
  if (today.empty() || runs.empty()) return out;
  const auto first_known = std::min_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
                             return a.date < b.date;
                           })->date;
  for (int back = pipeline.run.catch_up; back > 0; --back) {
    const auto date = days_after(today, -back);
    if (date < first_known || !announced_by_any(pipeline, date)) continue;
    const bool done = std::any_of(runs.begin(), runs.end(),
                                  [&](const auto& run) { return run.date == date && run.complete; });
    if (!done) out.push_back(date);
  }
  return out;
}

}  // namespace gleaner::host
