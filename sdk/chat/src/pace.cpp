#include "pace.hpp"

#include <algorithm>

namespace gleaner::chat {
namespace {
constexpr std::int64_t minute_ms = 60'000;
}  // namespace

void Pace::forget_before(std::int64_t now_ms) {
  while (!starts_.empty() && starts_.front().at_ms + minute_ms <= now_ms) {
    sum_ -= starts_.front().tokens;
    starts_.pop_front();
  }
}

std::int64_t Pace::wait_ms(std::int64_t now_ms, std::uint64_t tokens) {
  forget_before(now_ms);
  std::int64_t wait = 0;
  if (requests_ > 0 && starts_.size() >= requests_)
    wait = starts_[starts_.size() - static_cast<std::size_t>(requests_)].at_ms + minute_ms - now_ms;
  if (tokens_ == 0) return wait;
  // As many of the oldest must be over as make room.
  std::uint64_t left = sum_;
  for (const auto& start : starts_) {
    if (left + tokens <= tokens_) break;
    left -= start.tokens;
    wait = std::max(wait, start.at_ms + minute_ms - now_ms);
  }
  return wait;
}

void Pace::started(std::int64_t now_ms, std::uint64_t tokens) {
  starts_.push_back({now_ms, tokens});
  sum_ += tokens;
}

}  // namespace gleaner::chat
