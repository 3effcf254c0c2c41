// Files of older versions. version1.sql is what `sqlite3 FILE .dump` says of a state that version 1 wrote,
// with the two numbers of the header that a dump leaves out. It is never changed; a new version adds a file
// of its own.
#include <array>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "host/services/state/schema.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class StateVersions : public StateTest {
 protected:
  static std::string recorded(int version) {
    return bytes_of(std::string(GLEANER_SOURCE_DIR "/tests/host/services/state/version") +
                    std::to_string(version) + ".sql");
  }
  [[nodiscard]] SQLite::Database raw() const {
    return {file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  }
  static std::string schema(SQLite::Database& database) {
    std::string out;
    SQLite::Statement each(database,
                           "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name");
    while (each.executeStep())
      out += each.getColumn(0).getString() + "\n";
    return out;
  }
};

TEST_F(StateVersions, AFileOfVersionOneIsReadWhole) {
  raw().exec(recorded(1));
  const auto state = open();
  ASSERT_EQ(state->runs().size(), 2U);
  EXPECT_EQ(state->runs()[0].announced, 3U);
  EXPECT_TRUE(state->runs()[0].complete);
  EXPECT_EQ(state->runs()[1].finished, "");
  EXPECT_EQ(state->digest("2025-05-20"), R"({"schema": "gleaner.digest/1"})");
  EXPECT_EQ(state->judgements("2505.00001").front().end, End::selected);
  EXPECT_EQ(state->judgements("2505.00001").front().total, 19.0);
  EXPECT_EQ(state->selected_paper("2505.00001"), R"({"id": "2505.00001"})");
  EXPECT_EQ(state->carried("2025-05-21").size(), 1U);
  EXPECT_EQ(state->components().get("source/arxiv", "ids"), "2505.00001");
  EXPECT_EQ(state->answers().validated("feed")->body, "<rss/>");
  state->begin_run({"2025-05-21", "2025-05-26T09:00:00Z", false});
  EXPECT_EQ(state->answers().received("feed")->headers.front().second, "text/xml");
}

TEST_F(StateVersions, TheFirstStepIsWhatVersionOneWas) {
  SQLite::Database then(":memory:", SQLite::OPEN_READWRITE), now(":memory:", SQLite::OPEN_READWRITE);
  then.exec(recorded(1));
  migrate(now, migrations().first(1));
  EXPECT_EQ(schema(now), schema(then));
  EXPECT_EQ(version_of(then), 1);
}

TEST_F(StateVersions, AnOlderFileTakesTheStepsItLacks) {
  auto database = raw();
  database.exec(recorded(1));
  const std::array<std::string_view, 3> steps{
      "this one was taken long ago", "ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",
      "CREATE TABLE label (id TEXT PRIMARY KEY); UPDATE run SET note = 'third'"};
  migrate(database, steps);
  EXPECT_EQ(version_of(database), 3);
  EXPECT_EQ(database.execAndGet("SELECT note FROM run LIMIT 1").getString(), "third");
  migrate(database, steps);  // there is nothing left to do
  EXPECT_EQ(version_of(database), 3);
}

TEST_F(StateVersions, AStepThatFailsTakesAllStepsWithIt) {
  auto database = raw();
  database.exec(recorded(1));
  const std::string before = schema(database);
  const std::array<std::string_view, 3> steps{"", "CREATE TABLE label (id TEXT PRIMARY KEY)",
                                              "DROP TABLE judgement; SELECT nothing FROM nowhere"};
  EXPECT_THROW(migrate(database, steps), SQLite::Exception);
  EXPECT_EQ(version_of(database), 1);
  EXPECT_EQ(schema(database), before);
}

TEST_F(StateVersions, AFileOfANewerVersionIsRefusedAndLeftAsItIs) {
  (void)open();
  raw().exec("PRAGMA user_version = 7");
  const std::string before = bytes_of(file);
  for (const auto& refused : {refused_to_open(), refused_to_copy()}) {
    EXPECT_EQ(refused.kind, StateError::Kind::newer);
    EXPECT_EQ(refused.words, at(" was written by a newer Gleaner (schema 7, this one knows 1) and was left "
                                "as it is; use that one, or "
                                "give another state with --state"));
  }
  EXPECT_EQ(bytes_of(file), before);
}

}  // namespace
}  // namespace gleaner::host::state
