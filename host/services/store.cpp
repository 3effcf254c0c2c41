#include "host/services/store.hpp"

#include <gleaner/ext/store.h>

namespace gleaner::host {

bool store_takes(std::string_view key, std::string_view value) {
  return key.size() <= GLEANER_STORE_KEY_MAX && value.size() <= GLEANER_STORE_VALUE_MAX;
}

std::optional<std::int64_t> expiry_ms(const Clock& clock, std::uint64_t ttl_seconds) {
  constexpr std::uint64_t forever =
      100ULL * 366 * 24 * 3600;  // a century: more would overflow nothing, but means "for good"
  if (ttl_seconds == 0 || ttl_seconds >= forever) return std::nullopt;
  return clock.now_ms() + static_cast<std::int64_t>(ttl_seconds) * 1000;
}

bool MemoryStore::put(std::string_view space, std::string_view key, std::string_view value,
                      std::uint64_t ttl_seconds) {
  if (!store_takes(key, value)) return false;
  Item item{std::string(value), expiry_ms(clock_, ttl_seconds)};
  const std::lock_guard lock(mutex_);
  items_[{std::string(space), std::string(key)}] = std::move(item);
  return true;
}

bool MemoryStore::put_many(std::string_view space, std::span<const Row> rows, std::uint64_t ttl_seconds) {
  for (const auto& row : rows)
    if (!store_takes(row.key, row.value)) return false;
  for (const auto& row : rows)
    put(space, row.key, row.value, ttl_seconds);
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
