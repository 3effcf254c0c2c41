// An answer book in memory, as several tries of a run would find it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "host/services/http/answers.hpp"

namespace gleaner::host::http {

class MemoryBook final : public AnswerBook {
 public:
  using Kept = std::map<std::string, KeptAnswer, std::less<>>;

  std::optional<KeptAnswer> received(std::string_view key) override { return find(earlier_, key); }
  void keep_received(std::string_view key, const KeptAnswer& answer) override { put(received_, key, answer); }
  std::optional<KeptAnswer> validated(std::string_view key) override { return find(validated_, key); }
  void keep_validated(std::string_view key, const KeptAnswer& answer) override {
    put(validated_, key, answer);
  }

  /// The process dies: what it received is there for the next try.
  void next_try() {
    const std::lock_guard lock(mutex_);
    earlier_ = received_;
  }
  /// The run came to its end.
  void next_run() {
    const std::lock_guard lock(mutex_);
    earlier_.clear();
    received_.clear();
  }
  void fail_from_now_on() {
    const std::lock_guard lock(mutex_);
    fails_ = true;
  }
  [[nodiscard]] Kept kept_received() const {
    const std::lock_guard lock(mutex_);
    return received_;
  }
  [[nodiscard]] Kept kept_validated() const {
    const std::lock_guard lock(mutex_);
    return validated_;
  }

 private:
  std::optional<KeptAnswer> find(const Kept& kept, std::string_view key) {
    const std::lock_guard lock(mutex_);
    if (fails_) throw std::runtime_error("The state is damaged.");
    const auto at = kept.find(key);
    return at == kept.end() ? std::nullopt : std::optional(at->second);
  }
  void put(Kept& kept, std::string_view key, const KeptAnswer& answer) {
    const std::lock_guard lock(mutex_);
    if (fails_) throw std::runtime_error("The state is damaged.");
    kept.insert_or_assign(std::string(key), answer);
  }

  mutable std::mutex mutex_;
  Kept earlier_, received_, validated_;
  bool fails_ = false;
};

}  // namespace gleaner::host::http
