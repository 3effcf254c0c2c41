// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/age.hpp"

#include <optional>
#include <string_view>

namespace gleaner::filters {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// "YYYY-MM-DD", and the day exists.
std::optional<sys_days> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return sys_days(date);
}

}  // namespace

void Age::start() {
  if (!options.as_of.empty()) {
    as_of_ = parse_day(options.as_of);
    if (!as_of_)
      throw invalid_option(
          "as_of", "\"" + options.as_of + "\" is not a day of the calendar, written like 2025-05-07.");
  }
  // Read once: all papers of a run are as old as on the same day, also past midnight.
  today_ = std::chrono::floor<days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(host.now_ms())));
  const auto most = std::chrono::floor<days>(options.max).count();
  reason_ = "older than " + std::to_string(most) + (most == 1 ? " day" : " days");
}

void Age::judge(const Batch& batch) const {
  const sys_days day = as_of_ ? *as_of_ : parse_day(batch.call().date()).value_or(today_);
  const sys_days oldest = day - std::chrono::floor<days>(options.max);  // the earliest that is kept
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto published = parse_day(batch[i].published());
    if (published && *published < oldest) batch.drop(i, reason_);
    if (!published && options.unknown == "drop") batch.drop(i, "age unknown");
  }
}

}  // namespace gleaner::filters
