#include "host/services/state/errors.hpp"

#include <cerrno>
#include <new>
#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>

namespace gleaner::host::state {
namespace {

using Kind = StateError::Kind;

bool means_full(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

}  // namespace

std::string words_of(int error) {
  return std::generic_category().message(error);
}

StateError busy_with_a_run(const std::filesystem::path& file, std::string_view holder) {
  const std::string who = holder.empty() ? std::string() : fmt::format(" ({})", holder);
  return {Kind::busy, fmt::format("the state {} is in use by another run{}; wait for it, or give this one "
                                  "another state with --state",
                                  file.string(), who)};
}

StateError busy_with_a_program(const std::filesystem::path& file) {
  return {Kind::busy, fmt::format("the state {} is held by another program; close that, or give this run "
                                  "another state with --state",
                                  file.string())};
}

StateError busy_changing(const std::filesystem::path& file) {
  return {Kind::busy,
          fmt::format("the state {} changes too fast to be read; try again when the run that uses it is over",
                      file.string())};
}

StateError newer(const std::filesystem::path& file, int version, int known) {
  return {Kind::newer, fmt::format("the state {} was written by a newer Gleaner (schema {}, this one knows "
                                   "{}) and was left as it is; use that one, or give another state with "
                                   "--state",
                                   file.string(), version, known)};
}

StateError not_ours(const std::filesystem::path& file) {
  return {Kind::foreign, fmt::format("the state {} is a database of another program and was left as it is; "
                                     "give another file with --state",
                                     file.string())};
}

StateError no_database(const std::filesystem::path& file) {
  return {Kind::foreign, fmt::format("the state {} is not an SQLite database and was left as it is; give "
                                     "another file with --state, or move this one away",
                                     file.string())};
}

StateError is_a_folder(const std::filesystem::path& file) {
  return {Kind::foreign, fmt::format("the state {} is a folder; name a file with --state", file.string())};
}

StateError corrupt(const std::filesystem::path& file) {
  return {Kind::corrupt, fmt::format("the state {} is damaged and was left as it is; move it away to begin "
                                     "anew, or bring back a copy of it",
                                     file.string())};
}

StateError unwritable(const std::filesystem::path& file, std::string_view reason) {
  return {Kind::unwritable, fmt::format("the state {} cannot be written: {}; change that, or give another "
                                        "state with --state",
                                        file.string(), reason)};
}

StateError unreadable(const std::filesystem::path& file, std::string_view reason) {
  return {Kind::unwritable, fmt::format("the state {} cannot be read: {}; change that, or give another "
                                        "state with --state",
                                        file.string(), reason)};
}

StateError full(const std::filesystem::path& file, std::string_view reason) {
  return {Kind::full, fmt::format("there is no room for the state {}: {}; what it held is safe, make room "
                                  "and run again",
                                  file.string(), reason)};
}

StateError meaning_of(const SQLite::Exception& error, int system_error, const std::filesystem::path& file) {
  const std::string reason = system_error != 0 ? words_of(system_error) : std::string(error.what());
  switch (error.getErrorCode() & 0xFF) {  // an extended code holds the plain one in its last byte
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return busy_with_a_program(file);
    case SQLITE_FULL:
      return full(file, words_of(ENOSPC));  // SQLite gives this code for that errno alone
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return means_full(system_error) ? full(file, reason) : unwritable(file, reason);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return corrupt(file);
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      return unwritable(file, reason);
  }
}

}  // namespace gleaner::host::state
