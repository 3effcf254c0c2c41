// Files of older versions. versionN.sql is what `sqlite3 FILE .dump` says of a state that version N wrote,
// with the two numbers of the header that a dump leaves out. None is ever changed; a new version adds a file
// of its own.
#include <array>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/services/state/schema.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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

TEST_F(StateVersions, AFileOfVersionOneTakesDeliveriesAndLabels) {
  raw().exec(recorded(1));
  {
    const auto state = open();
    EXPECT_THAT(state->deliveries("2025-05-20"), IsEmpty());
    EXPECT_THAT(state->labels_of("2505.00001"), IsEmpty());
    state->put_delivery({.key = "key", .date = "2025-05-20", .output = "page"});
    state->put_label({.id = "2505.00001", .name = "relevant", .value = "yes"});
  }
  EXPECT_EQ(open()->deliveries("2025-05-20").size(), 1U);
  EXPECT_EQ(open()->labels_of("2505.00001").size(), 1U);
  auto database = raw();
  EXPECT_EQ(version_of(database), 2);
}

TEST_F(StateVersions, ACopyOfAFileOfVersionOneIsMigratedAndTheFileIsNot) {
  raw().exec(recorded(1));
  const std::string before = bytes_of(file);
  const auto copy = open_copy();
  copy->put_label({.id = "2505.00001", .name = "relevant", .value = "yes"});
  EXPECT_EQ(copy->labels_of("2505.00001").size(), 1U);
  EXPECT_EQ(bytes_of(file), before);
}

TEST_F(StateVersions, AFileOfVersionTwoIsReadWhole) {
  raw().exec(recorded(2));
  const auto state = open();
  EXPECT_EQ(state->judgements("2505.00001").front().prompt_hash, "0011");
  const auto deliveries = state->deliveries("2025-05-20");
  ASSERT_EQ(deliveries.size(), 2U);
  EXPECT_EQ(deliveries[0].key, "gleaner-2025-05-20-mail-0000000000000001");
  EXPECT_EQ(deliveries[0].outcome, Outcome::failed);
  EXPECT_EQ(deliveries[0].attempts, 2U);
  EXPECT_EQ(deliveries[0].error, "mail: It's gone.");
  EXPECT_THAT(deliveries[0].written, IsEmpty());
  EXPECT_EQ(deliveries[1].output, "markdown");
  EXPECT_EQ(deliveries[1].outcome, Outcome::delivered);
  EXPECT_EQ(deliveries[1].papers, 1U);
  EXPECT_EQ(deliveries[1].tried, "2025-05-26T09:01:00Z");
  EXPECT_THAT(deliveries[1].written, ElementsAre("/home/ada/out/2025-05-20.md", "-"));
  const auto labels = state->labels_of("2505.00001");
  ASSERT_EQ(labels.size(), 1U);
  EXPECT_EQ(labels[0].version, 1U);
  EXPECT_EQ(labels[0].name, "relevant");
  EXPECT_EQ(labels[0].value, "yes");
  EXPECT_EQ(labels[0].date, "2025-05-20");
  EXPECT_EQ(labels[0].given, "2025-05-26T10:00:00Z");
}

TEST_F(StateVersions, EveryStepIsWhatItsVersionWas) {
  for (const int version : {1, 2}) {
    SQLite::Database then(":memory:", SQLite::OPEN_READWRITE), now(":memory:", SQLite::OPEN_READWRITE);
    then.exec(recorded(version));
    migrate(now, migrations().first(static_cast<std::size_t>(version)));
    EXPECT_EQ(schema(now), schema(then)) << version;
    EXPECT_EQ(version_of(then), version);
  }
  EXPECT_EQ(migrations().size(), 2U) << "a version without a record of it";
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
    EXPECT_EQ(refused.words, at(" was written by a newer Gleaner (schema 7, this one knows 2) and was left "
                                "as it is; use that one, or "
                                "give another state with --state"));
  }
  EXPECT_EQ(bytes_of(file), before);
}

}  // namespace
}  // namespace gleaner::host::state
