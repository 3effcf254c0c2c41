// What people say of papers. All functions stand inside Connection::use(), the writing one inside a
// transaction.
#pragma once

#include <string_view>
#include <vector>

#include "host/services/state/connection.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::state::labels {

/// In place of the one of the same paper, version and name.
void put(Connection& open, const Label& label);

/// By version, then by name.
[[nodiscard]] std::vector<Label> of(Connection& open, std::string_view id);

}  // namespace gleaner::host::state::labels
