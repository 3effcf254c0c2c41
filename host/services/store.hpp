// gleaner.store/1 for runs that keep nothing (`state = "none"`): bytes by key in memory, one namespace a
// component.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "host/services/clock.hpp"

namespace gleaner::host {

/// Any thread. Lasts as long as this object.
class MemoryStore {
 public:
  explicit MemoryStore(const Clock& clock) : clock_(clock) {}

  /// False when key or value is over the limits of gleaner/ext/store.h. ttl_seconds 0: for good.
  bool put(std::string_view space, std::string_view key, std::string_view value, std::uint64_t ttl_seconds);
  [[nodiscard]] std::optional<std::string> get(std::string_view space, std::string_view key);
  void erase(std::string_view space, std::string_view key);

 private:
  struct Item {
    std::string value;
    std::optional<std::int64_t> until_ms;
  };
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Item> items_;
};

}  // namespace gleaner::host
