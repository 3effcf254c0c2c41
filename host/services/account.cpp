#include "host/services/account.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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

bool Account::may_spend(std::uint64_t tokens, double dollars) {
  const std::lock_guard lock(mutex_);
  std::uint64_t tokens_spent = 0;
  std::int64_t pico_spent = 0;
  for (const auto& [model, sums] : usage_) {
    tokens_spent += sums.row.prompt_tokens + sums.row.completion_tokens;
    // An unknown price counts as what is known of it.
    pico_spent += sums.prompt_pico + sums.completion_pico;
  }
  const double minutes = static_cast<double>(clock_.steady_ms() - started_ms_) / 60'000.0;
  const bool over =
      (budget_.tokens &&
       tokens_spent + tokens > static_cast<std::uint64_t>(std::max<std::int64_t>(0, *budget_.tokens))) ||
      (budget_.usd && pico_spent + to_pico(dollars) > to_pico(*budget_.usd)) ||
      (budget_.minutes && minutes >= *budget_.minutes);
  budget_spent_ = budget_spent_ || over;
  return !over;
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
  return budget_spent_;
}

}  // namespace gleaner::host
