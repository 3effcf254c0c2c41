#include "host/pipeline/ledger.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <boost/json.hpp>

#include "host/pipeline/calendar.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

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

constexpr int a_year = 366;

// Of `sources` of a receipt. A source that failed stands there only for what was carried over from it.
bool was_read(const json::value& totals) {
  if (!totals.is_object()) return false;
  const auto& object = totals.get_object();
  const auto* name = object.if_contains("source");
  const auto* announced = object.if_contains("announced");
  if (name == nullptr || !name->is_string()) return false;
  return !object.contains("carried") || announced == nullptr || !announced->is_int64() ||
         announced->get_int64() != 0;
}

}  // namespace

std::string ledger_today(const Pipeline& pipeline, const Clock& clock) {
  for (const auto& source : pipeline.sources)
    if (keeps_a_ledger(source))
      return clock.date_in(clock.now_ms(), source.info->calendar->time_zone)
          .value_or(*clock.date_in(clock.now_ms(), "UTC"));
  return {};
}

std::vector<std::string> dates_out_of_reach(const Pipeline& pipeline, const std::string& today,
                                            std::span<const state::RunRecord> runs) {
  std::vector<std::string> out;
  if (today.empty() || runs.empty() || pipeline.run.catch_up == 0) return out;
  const auto last_known = std::max_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
                            return a.date < b.date;
                          })->date;
  for (int back = a_year; back > pipeline.run.catch_up; --back)
    if (const auto date = days_after(today, -back); last_known < date && announced_by_any(pipeline, date))
      out.push_back(date);
  return out;
}

std::vector<std::string> unread_sources(const Pipeline& pipeline, const state::RunRecord& run) {
  std::set<std::string, std::less<>> read;
  json::error_code error;
  const auto receipt = json::parse(run.receipt, error);
  const auto* sources = !error && receipt.is_object() ? receipt.get_object().if_contains("sources") : nullptr;
  if (sources != nullptr && sources->is_array())
    for (const auto& each : sources->get_array())
      if (was_read(each)) read.emplace(each.get_object().at("source").get_string());
  std::vector<std::string> out;
  for (const auto& source : pipeline.sources)
    if (!read.contains(source.name)) out.push_back(source.name);
  return out;
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
