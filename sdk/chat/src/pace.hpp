// Requests and tokens per minute, as the pipeline file allows them. One thread.
#pragma once

#include <cstdint>
#include <deque>

namespace gleaner::chat {

/// A sliding minute: what was started in the last 60 seconds counts. Times are milliseconds of a monotonic
/// clock.
class Pace {
 public:
  /// 0: no limit.
  Pace(std::uint64_t requests_per_minute, std::uint64_t tokens_per_minute)
      : requests_(requests_per_minute), tokens_(tokens_per_minute) {}

  /// Milliseconds until a request of that size may start; 0: now. A request larger than a whole minute's
  /// tokens may start when nothing else was in the last minute.
  [[nodiscard]] std::int64_t wait_ms(std::int64_t now_ms, std::uint64_t tokens);
  void started(std::int64_t now_ms, std::uint64_t tokens);

 private:
  struct Start {
    std::int64_t at_ms;
    std::uint64_t tokens;
  };
  void forget_before(std::int64_t now_ms);
  std::uint64_t requests_;
  std::uint64_t tokens_;
  std::uint64_t sum_ = 0;
  std::deque<Start> starts_;
};

}  // namespace gleaner::chat
