#include "host/services/store.hpp"

#include <limits>

#include <gleaner/ext/store.h>

namespace gleaner::host {

bool MemoryStore::put(std::string_view space, std::string_view key, std::string_view value,
                      std::uint64_t ttl_seconds) {
  if (key.size() > GLEANER_STORE_KEY_MAX || value.size() > GLEANER_STORE_VALUE_MAX) return false;
  Item item{std::string(value), std::nullopt};
  constexpr std::uint64_t forever =
      100ULL * 366 * 24 * 3600;  // a century: more would overflow nothing, but means "for good"
  if (ttl_seconds > 0 && ttl_seconds < forever)
    item.until_ms = clock_.now_ms() + static_cast<std::int64_t>(ttl_seconds) * 1000;
  const std::lock_guard lock(mutex_);
  items_[{std::string(space), std::string(key)}] = std::move(item);
  return true;
}

std::optional<std::string> MemoryStore::get(std::string_view space, std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto at = items_.find({std::string(space), std::string(key)});
  if (at == items_.end()) return std::nullopt;
  if (at->second.until_ms && clock_.now_ms() >= *at->second.until_ms) {
    items_.erase(at);
    return std::nullopt;
  }
  return at->second.value;
}

void MemoryStore::erase(std::string_view space, std::string_view key) {
  const std::lock_guard lock(mutex_);
  items_.erase({std::string(space), std::string(key)});
}

}  // namespace gleaner::host
