#include "host/services/state/component_table.hpp"

namespace gleaner::host::state {

bool ComponentTable::put(std::string_view space, std::string_view key, std::string_view value,
                         std::uint64_t ttl_seconds) {
  if (!store_takes(key, value)) return false;
  const auto until_ms = expiry_ms(clock_, ttl_seconds);
  connection_.use([&](Connection& open) {
    Query(open.prepared(
              "INSERT OR REPLACE INTO component_store (space, key, until_ms, value) VALUES (?, ?, ?, ?)"))
        .bind(space, Bytes{key}, until_ms, Bytes{value})
        .run();
  });
  return true;
}

bool ComponentTable::put_many(std::string_view space, std::span<const Row> rows, std::uint64_t ttl_seconds) {
  for (const auto& row : rows)
    if (!store_takes(row.key, row.value)) return false;
  const auto until_ms = expiry_ms(clock_, ttl_seconds);
  connection_.use([&](Connection& open) {
    SQLite::Transaction all(open.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto& row : rows)
      Query(open.prepared(
                "INSERT OR REPLACE INTO component_store (space, key, until_ms, value) VALUES (?, ?, ?, ?)"))
          .bind(space, Bytes{row.key}, until_ms, Bytes{row.value})
          .run();
    all.commit();
  });
  return true;
}

std::optional<std::string> ComponentTable::get(std::string_view space, std::string_view key) {
  return connection_.use([&](Connection& open) -> std::optional<std::string> {
    Query found(
        open.prepared("SELECT value FROM component_store WHERE space = ? AND key = ? AND (until_ms IS NULL "
                      "OR until_ms > ?)"));
    if (!found.bind(space, Bytes{key}, clock_.now_ms()).next()) return std::nullopt;
    return found.text(0);
  });
}

void ComponentTable::erase(std::string_view space, std::string_view key) {
  connection_.use([&](Connection& open) {
    Query(open.prepared("DELETE FROM component_store WHERE space = ? AND key = ?"))
        .bind(space, Bytes{key})
        .run();
  });
}

}  // namespace gleaner::host::state
