// gleaner.store/1: bytes by key, one namespace a component. In a file behind host/services/state, or in
// memory for runs that keep nothing (`state = "none"`).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "host/services/clock.hpp"

namespace gleaner::host {

/// Whether key and value are within the limits of gleaner/ext/store.h.
[[nodiscard]] bool store_takes(std::string_view key, std::string_view value);
/// When a value put now is too old, in milliseconds since 1970; nothing: never.
[[nodiscard]] std::optional<std::int64_t> expiry_ms(const Clock& clock, std::uint64_t ttl_seconds);

/// Any thread.
class ComponentStore {
 public:
  /// Borrowed.
  struct Row {
    std::string_view key;
    std::string_view value;
  };

  ComponentStore() = default;
  ComponentStore(const ComponentStore&) = delete;
  ComponentStore& operator=(const ComponentStore&) = delete;
  virtual ~ComponentStore() = default;

  /// False when key or value is over the limits of gleaner/ext/store.h. ttl_seconds 0: for good. Durable
  /// before it returns where the store is a file. All four throw a std::exception with a sentence when the
  /// file fails; nothing is changed then.
  virtual bool put(std::string_view space, std::string_view key, std::string_view value,
                   std::uint64_t ttl_seconds) = 0;
  /// The same for many rows of one namespace: all of them or none.
  virtual bool put_many(std::string_view space, std::span<const Row> rows, std::uint64_t ttl_seconds) = 0;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view space, std::string_view key) = 0;
  virtual void erase(std::string_view space, std::string_view key) = 0;
};

/// Any thread. Lasts as long as this object.
class MemoryStore final : public ComponentStore {
 public:
  explicit MemoryStore(const Clock& clock) : clock_(clock) {}

  bool put(std::string_view space, std::string_view key, std::string_view value,
           std::uint64_t ttl_seconds) override;
  bool put_many(std::string_view space, std::span<const Row> rows, std::uint64_t ttl_seconds) override;
  [[nodiscard]] std::optional<std::string> get(std::string_view space, std::string_view key) override;
  void erase(std::string_view space, std::string_view key) override;

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
