#include "host/services/account.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "host/services/figures.hpp"

namespace gleaner::host {
namespace {

constexpr double pico = 1e12;

std::int64_t to_pico(double dollars) {
  constexpr double most = 1e6;  // beyond is a mistake, not a price
  return std::isnan(dollars) ? 0 : std::llround(std::clamp(dollars, -most, most) * pico);
}

void add_cost(std::optional<double>& known, std::int64_t& sum, const std::optional<double>& more) {
  if (!more || !std::isfinite(*more)) {
    known.reset();
    return;
  }
  sum += to_pico(*more);
}

}  // namespace

std::uint64_t Account::Counts::sum() const {
  return std::accumulate(by_key.begin(), by_key.end(), std::uint64_t{0},
                         [](auto total, const auto& row) { return total + row.second; });
}

void Account::count(std::string_view component, std::string_view category, std::string_view key,
                    std::uint64_t n) {
  const std::lock_guard lock(mutex_);
  counts_[std::string(component)][std::string(category)][std::string(key)] += n;
}

double UsageRow::total_cost() const {
  // Whole picodollars again, so that 0.1 + 0.2 is 0.3.
  if (!prompt_cost || !completion_cost) return std::numeric_limits<double>::quiet_NaN();
  return std::round((*prompt_cost + *completion_cost) * pico) / pico;
}

void Account::add_usage(const UsageRow& row) {
  const std::lock_guard lock(mutex_);
  Sums& sums = usage_[row.model];
  sums.row.requests += row.requests;
  sums.row.prompt_tokens += row.prompt_tokens;
  sums.row.cached_tokens += row.cached_tokens;
  sums.row.completion_tokens += row.completion_tokens;
  add_cost(sums.row.prompt_cost, sums.prompt_pico, row.prompt_cost);
  add_cost(sums.row.completion_cost, sums.completion_pico, row.completion_cost);
}

UsageRow Account::summed(const Sums& sums) {
  UsageRow out = sums.row;
  if (out.prompt_cost) out.prompt_cost = static_cast<double>(sums.prompt_pico) / pico;
  if (out.completion_cost) out.completion_cost = static_cast<double>(sums.completion_pico) / pico;
  return out;
}

void Account::set_prompt(std::string_view component, std::string_view text) {
  const std::lock_guard lock(mutex_);
  prompts_.insert_or_assign(std::string(component), std::string(text));
}

Account::Spent Account::spent() const {
  Spent out;
  for (const auto& [model, sums] : usage_) {
    out.requests += sums.row.requests;
    out.tokens += sums.row.prompt_tokens + sums.row.completion_tokens;
    // An unknown price counts as what is known of it.
    out.pico += sums.prompt_pico + sums.completion_pico;
  }
  return out;
}

Account::Answer Account::may_spend(std::string_view component, std::uint64_t tokens, double dollars) {
  const std::lock_guard lock(mutex_);
  const bool unpriced = budget_.usd && std::isnan(dollars);
  const Spent sum = spent();
  const double minutes = static_cast<double>(clock_.steady_ms() - started_ms_) / 60'000.0;
  const bool too_many_tokens =
      budget_.tokens &&
      sum.tokens + tokens > static_cast<std::uint64_t>(std::max<std::int64_t>(0, *budget_.tokens));
  const bool too_dear = budget_.usd && !unpriced && sum.pico + to_pico(dollars) > to_pico(*budget_.usd);
  const bool too_late = budget_.minutes && minutes >= *budget_.minutes;
  if (too_many_tokens && !tokens_too_many_) tokens_too_many_ = tokens;
  if (too_dear && !dollars_too_many_) dollars_too_many_ = dollars;
  time_is_up_ = time_is_up_ || too_late;
  const bool used_up = too_many_tokens || too_dear || too_late;
  if (!unpriced && !used_up) return Answer::yes;
  if (!refused_.contains(component)) refused_.emplace(component);
  return unpriced ? Answer::unpriced : Answer::used_up;
}

Account::Counts Account::counts(std::string_view component, std::string_view category) const {
  const std::lock_guard lock(mutex_);
  Counts out;
  const auto found = counts_.find(std::string(component));
  if (found == counts_.end()) return out;
  const auto rows = found->second.find(std::string(category));
  if (rows == found->second.end()) return out;
  out.by_key = rows->second;
  out.said = true;
  return out;
}

std::vector<UsageRow> Account::usage() const {
  const std::lock_guard lock(mutex_);
  std::vector<UsageRow> out;
  for (const auto& [model, sums] : usage_) {
    out.push_back(summed(sums));
    out.back().model = model;
  }
  return out;
}

std::string Account::prompt(std::string_view component) const {
  const std::lock_guard lock(mutex_);
  const auto at = prompts_.find(component);
  return at == prompts_.end() ? std::string() : at->second;
}

bool Account::budget_spent() const {
  const std::lock_guard lock(mutex_);
  return !refused_.empty();
}

bool Account::was_refused(std::string_view component) const {
  const std::lock_guard lock(mutex_);
  return refused_.contains(component);
}

std::vector<std::string> Account::budget_words() const {
  const std::lock_guard lock(mutex_);
  const Spent sum = spent();
  const std::string requests = counted(sum.requests, "request");
  std::vector<std::string> out;
  if (dollars_too_many_) {
    const bool beyond = sum.pico >= to_pico(*budget_.usd);
    out.push_back(fmt::format(
        "The budget of {} is used up: {} was spent in {}{}.", dollars_text(*budget_.usd),
        dollars_text(static_cast<double>(sum.pico) / pico), requests,
        beyond
            ? ""
            : fmt::format(", and the next one would have cost about {}", dollars_text(*dollars_too_many_))));
  }
  if (tokens_too_many_) {
    const auto limit = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *budget_.tokens));
    out.push_back(fmt::format(
        "The budget of {} is used up: {} were spent in {}{}.", counted(limit, "token"), grouped(sum.tokens),
        requests,
        sum.tokens >= limit
            ? ""
            : fmt::format(", and the next one would have taken about {}", grouped(*tokens_too_many_))));
  }
  if (time_is_up_)
    out.push_back(fmt::format("The budget of {:g} minute{} is used up, after {}.", *budget_.minutes,
                              *budget_.minutes == 1.0 ? "" : "s", requests));
  return out;
}

}  // namespace gleaner::host
