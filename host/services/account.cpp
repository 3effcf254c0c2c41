#include "host/services/account.hpp"

#include <algorithm>
#include <numeric>

namespace gleaner::host {
namespace {

void add_cost(std::optional<double>& sum, const std::optional<double>& more) {
  if (!sum || !more)
    sum.reset();
  else
    *sum += *more;
}

}  // namespace

std::uint64_t Account::Counts::sum() const {
  return std::accumulate(by_key.begin(), by_key.end(), std::uint64_t{0}, [](auto total, const auto& row) { return total + row.second; });
}

void Account::count(std::string_view component, std::string_view category, std::string_view key, std::uint64_t n) {
  const std::lock_guard lock(mutex_);
  counts_[std::string(component)][std::string(category)][std::string(key)] += n;
}

void Account::add_usage(const UsageRow& row) {
  const std::lock_guard lock(mutex_);
  auto at = std::find_if(usage_.begin(), usage_.end(), [&](const auto& known) { return known.model == row.model; });
  if (at == usage_.end()) {
    usage_.push_back(row);
    return;
  }
  at->requests += row.requests;
  at->prompt_tokens += row.prompt_tokens;
  at->cached_tokens += row.cached_tokens;
  at->completion_tokens += row.completion_tokens;
  add_cost(at->prompt_cost, row.prompt_cost);
  add_cost(at->completion_cost, row.completion_cost);
}

void Account::set_prompt(std::string_view text) {
  const std::lock_guard lock(mutex_);
  prompt_ = std::string(text);
}

bool Account::may_spend(std::uint64_t tokens, double dollars) {
  const std::lock_guard lock(mutex_);
  std::uint64_t tokens_spent = 0;
  double dollars_spent = 0;
  for (const auto& row : usage_) {
    tokens_spent += row.prompt_tokens + row.completion_tokens;
    dollars_spent += row.prompt_cost.value_or(0) + row.completion_cost.value_or(0);
  }
  const double minutes = static_cast<double>(clock_.steady_ms() - started_ms_) / 60'000.0;
  const bool over = (budget_.tokens && tokens_spent + tokens > static_cast<std::uint64_t>(std::max<std::int64_t>(0, *budget_.tokens))) ||
                    (budget_.usd && dollars_spent + dollars > *budget_.usd) || (budget_.minutes && minutes >= *budget_.minutes);
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
  return usage_;
}

std::string Account::prompt() const {
  const std::lock_guard lock(mutex_);
  return prompt_;
}

bool Account::budget_spent() const {
  const std::lock_guard lock(mutex_);
  return budget_spent_;
}

}  // namespace gleaner::host
