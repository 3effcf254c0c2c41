// The tables of a state file and how an older file becomes a newer one.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace gleaner::host::state {

/// "GLNR" in the header of every state file (PRAGMA application_id): what tells it from another program's
/// database.
inline constexpr std::int32_t application_id = 0x474C4E52;

/// SQL that makes version n+1 of version n, at place n. Appended to, never changed: files of every version
/// are about.
[[nodiscard]] std::span<const std::string_view> migrations();

/// PRAGMA user_version: how many steps a file has behind it.
[[nodiscard]] int version_of(SQLite::Database& database);

/// Takes the steps a file lacks, all of them or none. Throws SQLite::Exception.
void migrate(SQLite::Database& database, std::span<const std::string_view> steps);

}  // namespace gleaner::host::state
