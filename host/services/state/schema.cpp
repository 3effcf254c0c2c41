#include "host/services/state/schema.hpp"

#include <array>
#include <string>

namespace gleaner::host::state {
namespace {

// Large values stand last in their rows, so that reading the rest does not walk through their pages.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE component_store (
  space    TEXT NOT NULL,
  key      BLOB NOT NULL,
  until_ms INTEGER,               -- null: for good
  value    BLOB NOT NULL,
  UNIQUE (space, key));
CREATE INDEX component_store_until ON component_store (until_ms) WHERE until_ms IS NOT NULL;

CREATE TABLE answer (             -- what an unfinished run has received
  date    TEXT NOT NULL,
  key     BLOB NOT NULL,
  kept_ms INTEGER NOT NULL,
  status  INTEGER NOT NULL,
  url     TEXT NOT NULL,
  headers TEXT NOT NULL,          -- "name: value" a line
  body    BLOB NOT NULL,
  UNIQUE (date, key));

CREATE TABLE validator (          -- answers with an ETag or Last-Modified
  key     BLOB NOT NULL PRIMARY KEY,
  kept_ms INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  status  INTEGER NOT NULL,
  url     TEXT NOT NULL,
  headers TEXT NOT NULL,
  body    BLOB NOT NULL);
CREATE INDEX validator_age ON validator (kept_ms, bytes);

CREATE TABLE run (
  date      TEXT NOT NULL,
  standing  INTEGER NOT NULL,     -- 1: the run whose judgements stand; 0: a later try that has not come so far
  started   TEXT NOT NULL,
  finished  TEXT NOT NULL,
  exit      INTEGER NOT NULL,
  quiet     INTEGER NOT NULL,
  complete  INTEGER NOT NULL,
  remedial  INTEGER NOT NULL,
  announced INTEGER NOT NULL,
  scanned   INTEGER NOT NULL,
  selected  INTEGER NOT NULL,
  unscored  INTEGER NOT NULL,
  tokens    INTEGER NOT NULL,
  cost      REAL,
  receipt   TEXT NOT NULL,
  PRIMARY KEY (date, standing)) WITHOUT ROWID;

CREATE TABLE digest (
  date TEXT NOT NULL PRIMARY KEY,
  text TEXT NOT NULL);

CREATE TABLE judgement (
  id          TEXT NOT NULL,
  date        TEXT NOT NULL,
  ending      TEXT NOT NULL,
  version     INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  total       REAL,
  scores      TEXT NOT NULL,
  comment     TEXT NOT NULL,
  sources     TEXT NOT NULL,
  title       TEXT NOT NULL,
  prompt_hash TEXT NOT NULL,
  paper       TEXT NOT NULL,
  PRIMARY KEY (id, date)) WITHOUT ROWID;
CREATE INDEX judgement_date ON judgement (date);

CREATE TABLE carried (
  date     TEXT NOT NULL,
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  paper    TEXT NOT NULL,
  PRIMARY KEY (date, position)) WITHOUT ROWID;
)sql";

constexpr std::string_view version_2 = R"sql(
CREATE TABLE delivery (           -- of a digest to an output: how the last try of it ended
  key      TEXT NOT NULL PRIMARY KEY,
  date     TEXT NOT NULL,
  output   TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  papers   INTEGER NOT NULL,
  tried    TEXT NOT NULL,
  error    TEXT NOT NULL,
  written  TEXT NOT NULL) WITHOUT ROWID;  -- a path a line
CREATE INDEX delivery_date ON delivery (date, output);

CREATE TABLE label (
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  date    TEXT NOT NULL,
  given   TEXT NOT NULL,
  PRIMARY KEY (id, version, name)) WITHOUT ROWID;
)sql";

constexpr std::array<std::string_view, 2> all_steps{version_1, version_2};

}  // namespace

std::span<const std::string_view> migrations() {
  return all_steps;
}

int version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database, std::span<const std::string_view> steps) {
  const auto have = static_cast<std::size_t>(version_of(database));
  if (have >= steps.size()) return;
  SQLite::Transaction all(database, SQLite::TransactionBehavior::IMMEDIATE);
  for (const std::string_view step : steps.subspan(have))
    database.exec(std::string(step));
  database.exec("PRAGMA user_version = " + std::to_string(steps.size()));  // part of the transaction
  all.commit();
}

}  // namespace gleaner::host::state
