#include "host/services/tally.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace gleaner::host {

bool Tally::add(std::string text) {
  ++total_;
  const auto same = std::ranges::find(kept_, text, &std::pair<std::string, std::uint64_t>::first);
  if (same != kept_.end()) {
    ++same->second;
    return false;
  }
  if (keep_ == Keep::first) {
    if (kept_.size() == most_) return false;
    kept_.emplace_back(std::move(text), 1);
    return true;
  }
  // One that was pushed out never comes back, so that what is kept was counted from its first time on.
  if (kept_.size() == most_ && text > kept_.back().first) return false;
  if (kept_.size() == most_) kept_.pop_back();
  const auto at = std::ranges::upper_bound(kept_, text, {}, &std::pair<std::string, std::uint64_t>::first);
  kept_.emplace(at, std::move(text), 1);
  return true;
}

std::uint64_t Tally::more() const {
  std::uint64_t out = total_;
  for (const auto& [text, times] : kept_)
    out -= times;
  return out;
}

std::string Tally::more_words() const {
  const auto count = more();
  return count == 0 ? "" : fmt::format("… and {} more.", count);
}

std::vector<std::string> Tally::lines() const {
  std::vector<std::string> out;
  for (const auto& [text, times] : kept_)
    out.push_back(text);
  if (auto words = more_words(); !words.empty()) out.push_back(std::move(words));
  return out;
}

}  // namespace gleaner::host
