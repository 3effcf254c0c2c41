// Runs, their digests, and what they said of papers. All functions stand inside Connection::use(), the
// writing ones inside a transaction.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/services/state/connection.hpp"
#include "host/services/state/state.hpp"

namespace gleaner::host::state::ledger {

void write_attempt(Connection& open, const RunRecord& record);
void erase_attempt(Connection& open, std::string_view date);
void write_run(Connection& open, const RunRecord& record, const RunFacts& facts);

[[nodiscard]] std::map<std::string, Earlier> judged_elsewhere(Connection& open,
                                                              std::span<const std::string_view> ids,
                                                              std::string_view date);
[[nodiscard]] std::optional<std::string> selected_paper(Connection& open, std::string_view id);
[[nodiscard]] std::vector<std::string> carried(Connection& open, std::string_view date);
[[nodiscard]] std::optional<RunRecord> standing_run(Connection& open, std::string_view date);
[[nodiscard]] std::vector<RunRecord> runs(Connection& open);
[[nodiscard]] std::optional<std::string> digest(Connection& open, std::string_view date);
[[nodiscard]] std::vector<Judgement> judgements(Connection& open, std::string_view id);

}  // namespace gleaner::host::state::ledger
