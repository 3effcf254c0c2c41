// Deliveries of digests to outputs. All functions stand inside Connection::use(), the writing ones inside a
// transaction.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "host/services/state/connection.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::state::deliveries {

/// Each in place of what is known under its key.
void put(Connection& open, std::span<const Delivery> deliveries);
/// A new digest of the date: as put(), and what is left of the date and was never delivered goes.
/// Those that were not delivered, oldest date first.
[[nodiscard]] std::vector<Delivery> due(Connection& open);
void erase(Connection& open, std::string_view key);
void replace(Connection& open, std::string_view date, std::span<const Delivery> deliveries);

/// By output name.
[[nodiscard]] std::vector<Delivery> of(Connection& open, std::string_view date);

}  // namespace gleaner::host::state::deliveries
