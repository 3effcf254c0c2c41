// The sentences of StateError, in one place. `file` is the path as the user gave it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "host/services/state/state.hpp"

namespace gleaner::host::state {

/// `holder`: what the lock file says, "process 123, since 2025-05-26T09:00:00Z"; empty: it says nothing.
[[nodiscard]] StateError busy_with_a_run(const std::filesystem::path& file, std::string_view holder);
[[nodiscard]] StateError busy_with_a_program(const std::filesystem::path& file);
[[nodiscard]] StateError busy_changing(const std::filesystem::path& file);
[[nodiscard]] StateError newer(const std::filesystem::path& file, int version, int known);
[[nodiscard]] StateError not_ours(const std::filesystem::path& file);
[[nodiscard]] StateError no_database(const std::filesystem::path& file);
[[nodiscard]] StateError is_a_folder(const std::filesystem::path& file);
[[nodiscard]] StateError corrupt(const std::filesystem::path& file);
/// `reason`: a clause, "Permission denied".
[[nodiscard]] StateError unwritable(const std::filesystem::path& file, std::string_view reason);
[[nodiscard]] StateError unreadable(const std::filesystem::path& file, std::string_view reason);
[[nodiscard]] StateError full(const std::filesystem::path& file, std::string_view reason);

/// The operating system's words for an errno.
[[nodiscard]] std::string words_of(int error);

/// What an error of SQLite means. `system_error`: the errno behind it (sqlite3_system_errno), or 0. Throws
/// std::bad_alloc itself for want of memory.
[[nodiscard]] StateError meaning_of(const SQLite::Exception& error, int system_error,
                                    const std::filesystem::path& file);

}  // namespace gleaner::host::state
