#include "host/services/state/open.hpp"

#include <cstdint>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>

#include "host/services/state/errors.hpp"
#include "host/services/state/schema.hpp"
#include "host/services/state/snapshot.hpp"

namespace gleaner::host::state {
namespace {

/// A file up to this size is always checked whole (a few milliseconds). A larger one only after a run that
/// did not close it: SQLite finds by itself most of what is wrong with a page when it comes to it.
constexpr std::uintmax_t always_checked = std::uintmax_t{2} << 20;
constexpr int patience_ms = 2000;  // with another program that looks into the file

void leave_log_alone(SQLite::Database& database, bool alone) {
  // Otherwise closing moves the log into the file, even into one that was refused.
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, alone ? 1 : 0, nullptr);
}

void configure(SQLite::Database& database) {
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // EXCLUSIVE: the lock file lets in one process anyhow, and without shared memory the log works on network
  // file systems too, and no full disk can end the process with a SIGBUS (wal.html, "Use of WAL Without
  // Shared-Memory").
  database.exec(
      "PRAGMA locking_mode = EXCLUSIVE;"
      "PRAGMA synchronous = FULL;"
      "PRAGMA secure_delete = OFF;"  // forgetting 40 MB must not mean writing 40 MB
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA cell_size_check = ON;"
      "PRAGMA trusted_schema = OFF;");
}

void check_kind(SQLite::Database& database, const Place& place) {
  if (database.execAndGet("PRAGMA application_id").getInt() != application_id) throw not_ours(place.given);
  const auto known = static_cast<int>(migrations().size());
  if (const int version = version_of(database); version > known) throw newer(place.given, version, known);
}

void check_whole(SQLite::Database& database, const Place& place, const Log& log) {
  const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
  if (found == "ok") return;
  log.debug(fmt::format("{}: {}", place.given.string(), found));
  throw corrupt(place.given);
}

/// The application id comes first, and before the log does: from its first page on the file says whose it is.
void begin_new(SQLite::Database& database) {
  database.exec(fmt::format("PRAGMA application_id = {}", application_id));
}

void prepare_file(SQLite::Database& database, const Place& place, const Log& log, bool check) {
  leave_log_alone(database, true);
  configure(database);
  if (database.execAndGet("PRAGMA page_count").getInt64() == 0)
    begin_new(database);
  else
    check_kind(database, place);
  if (check) check_whole(database, place, log);
  database.exec("PRAGMA journal_mode = WAL");
  migrate(database, migrations());
  leave_log_alone(database, false);
}

SQLite::Database load(Image image) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
  if (image.size == 0) {
    begin_new(database);
    return database;
  }
  const auto size = static_cast<sqlite3_int64>(image.size);
  const int result = sqlite3_deserialize(database.getHandle(), "main", image.bytes.release(), size, size,
                                         SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (result != SQLITE_OK) throw SQLite::Exception(database.getHandle(), result);
  // Room to grow: the usual limit is 1 GiB, which a state of many years comes near.
  sqlite3_int64 limit = size + (sqlite3_int64{1} << 32);
  sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_SIZE_LIMIT, &limit);
  return database;
}

}  // namespace

std::unique_ptr<Connection> open_file(const Place& place, const Log& log) {
  if (look_at(place, Wanted::writing) == Found::empty)
    log.warning(fmt::format("the state {} was empty and is begun anew", place.given.string()));
  std::error_code none;
  const auto size = std::filesystem::file_size(place.file, none);
  const bool check = was_left_open(place) || (!none && size <= always_checked);
  try {
    auto opened = std::make_unique<Connection>(
        SQLite::Database(place.file.string(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, patience_ms),
        place.given);
    opened->use([&](Connection& open) { prepare_file(open.database(), place, log, check); });
    return opened;
  } catch (const SQLite::Exception& error) {
    throw meaning_of(error, 0, place.given);  // it did not open at all
  }
}

std::unique_ptr<Connection> open_in_memory(const Place& place) {
  const bool there = look_at(place, Wanted::reading) == Found::state;
  try {
    auto opened = std::make_unique<Connection>(load(there ? read_image(place.file, place.given) : Image{}),
                                               place.given);
    opened->use([&](Connection& open) {
      configure(open.database());
      check_kind(open.database(), place);
      migrate(open.database(), migrations());
    });
    return opened;
  } catch (const SQLite::Exception& error) {
    throw meaning_of(error, 0, place.given);
  }
}

}  // namespace gleaner::host::state
