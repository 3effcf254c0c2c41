// gleaner.store/1 in the state file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/services/clock.hpp"
#include "host/services/state/connection.hpp"
#include "host/services/store.hpp"

namespace gleaner::host::state {

/// Every put() and erase() is a commit of its own. They throw StateError and change nothing then.
class ComponentTable final : public ComponentStore {
 public:
  ComponentTable(Connection& connection, const Clock& clock) : connection_(connection), clock_(clock) {}

  bool put(std::string_view space, std::string_view key, std::string_view value,
           std::uint64_t ttl_seconds) override;
  bool put_many(std::string_view space, std::span<const Row> rows, std::uint64_t ttl_seconds) override;
  [[nodiscard]] std::optional<std::string> get(std::string_view space, std::string_view key) override;
  void erase(std::string_view space, std::string_view key) override;

 private:
  Connection& connection_;
  const Clock& clock_;
};

}  // namespace gleaner::host::state
