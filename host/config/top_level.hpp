// The file's own keys and the tables [run], [budget] and [secrets]. One thread. Internal to this room.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/config/component_table.hpp"

namespace gleaner::host {

/// name title contact state
[[nodiscard]] std::span<const std::string> top_level_words();
/// select run budget secrets
[[nodiscard]] std::span<const std::string> table_words();
/// Any key that may stand at the top, source, stage and output too.
[[nodiscard]] bool is_top_level_key(std::string_view key);

/// name, title, contact, state; and every key at the top that means nothing.
void read_top_level(const Reader& reader, Pipeline& pipeline);

void read_run(const Reader& reader, RunConfig& run);
void read_budget(const Reader& reader, std::span<const ReadComponent> stages, BudgetConfig& budget);
/// Looks at the file's mode when `check_mode`; `folder` is what the file's path is relative to.
enum class SecretsCheck { look, trust };
void read_secrets(const Reader& reader, const std::filesystem::path& folder, SecretsCheck check,
                  SecretsConfig& secrets);

/// The [table] of that name, or NULL; reports what is no table.
[[nodiscard]] const toml::table* find_table(const Reader& reader, std::string_view name);

/// Reports a key of [table] that is none of `known`.
void report_unknown_in(const Reader& reader, std::string_view table, const toml::key& key,
                       std::span<const std::string> known);

}  // namespace gleaner::host
