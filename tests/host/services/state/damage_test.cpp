#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class StateDamage : public StateTest {
 protected:
  static constexpr std::string_view no_database_words =
      " is not an SQLite database and was left as it is; give another file with --state, or move this one "
      "away";
  static constexpr std::string_view damaged_words =
      " is damaged and was left as it is; move it away to begin anew, or bring back a copy of it";

  /// A state of so many judged papers, closed.
  void fill(int papers) const {
    std::vector<Judgement> all;
    for (int i = 0; i < papers; ++i) {
      all.push_back(judged("2505." + std::to_string(100000 + i)));
      all.back().comment = std::string(200, 'c');
    }
    run(*open(), "2025-05-20", all);
  }
  void overwrite_page(std::size_t number, std::string_view log = "") const {
    std::string bytes = bytes_of(file);
    bytes.replace((number - 1) * 4096, 4096, std::string(4096, '\xA5'));
    write_bytes(file, bytes);
    if (!log.empty()) write_bytes(file.string() + "-wal", log);
  }
  void expect_refused(StateError::Kind kind, std::string_view words) const {
    const std::string before = bytes_of(file);
    const auto refused = refused_to_open();
    EXPECT_EQ(refused.kind, kind);
    EXPECT_EQ(refused.words, at(words));
    EXPECT_TRUE(bytes_of(file) == before);
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-journal"));
  }
};

TEST_F(StateDamage, AFileThatIsNoDatabaseIsLeftAsItIs) {
  for (const std::string& content :
       {std::string("a diary\n"), std::string(5000, 'x'), std::string("SQLite format 3")}) {
    write_bytes(file, content);
    expect_refused(StateError::Kind::foreign, no_database_words);
    EXPECT_EQ(refused_to_copy().words, at(no_database_words));
    EXPECT_EQ(bytes_of(file), content);
  }
}

TEST_F(StateDamage, ADatabaseOfAnotherProgramIsLeftAsItIs) {
  for (const char* made :
       {"CREATE TABLE bookmark (url TEXT)", "PRAGMA journal_mode = WAL; CREATE TABLE bookmark (url TEXT)",
        "PRAGMA user_version = 1; PRAGMA application_id = 252006675"}) {
    std::filesystem::remove(file);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(made);
    constexpr std::string_view words =
        " is a database of another program and was left as it is; give another file with --state";
    expect_refused(StateError::Kind::foreign, words);
    EXPECT_EQ(refused_to_copy().words, at(words));
  }
}

TEST_F(StateDamage, AFolderIsNoState) {
  std::filesystem::create_directory(file);
  EXPECT_EQ(refused_to_open().words, at(" is a folder; name a file with --state"));
  EXPECT_EQ(refused_to_copy().words, at(" is a folder; name a file with --state"));
}

TEST_F(StateDamage, AnEmptyFileIsBegunAnewAndSaid) {
  write_bytes(file, "");
  run(*open(), "2025-05-20", {judged("a")});
  EXPECT_EQ(lines, at(" was empty and is begun anew\n"));
  EXPECT_EQ(open()->runs().size(), 1U);
  EXPECT_EQ(lines, at(" was empty and is begun anew\n"));
}

TEST_F(StateDamage, AHeaderOfNonsenseIsSaid) {
  fill(10);
  std::string bytes = bytes_of(file);
  bytes.replace(16, 8, "nonsense");  // page size, versions, payload fractions
  write_bytes(file, bytes);
  expect_refused(StateError::Kind::corrupt, damaged_words);
  EXPECT_EQ(refused_to_copy().words, at(damaged_words));
}

TEST_F(StateDamage, ATruncatedFileIsSaid) {
  fill(3000);
  const auto whole = std::filesystem::file_size(file);
  for (const std::uintmax_t size : {whole - 4096, whole / 2, std::uintmax_t{4096}, std::uintmax_t{1000}}) {
    std::filesystem::resize_file(file, size);
    expect_refused(StateError::Kind::corrupt, damaged_words);
    EXPECT_EQ(refused_to_copy().words, at(damaged_words)) << size;
  }
}

TEST_F(StateDamage, AFlippedPageOfASmallFileIsFoundWhenItIsOpened) {
  fill(500);
  const auto pages = std::filesystem::file_size(file) / 4096;
  const std::string sound = bytes_of(file);
  for (std::size_t page = 2; page <= pages; page += 7) {
    write_bytes(file, sound);
    overwrite_page(page);
    expect_refused(StateError::Kind::corrupt, damaged_words);
  }
}

TEST_F(StateDamage, AFlippedPageOfALargeFileIsFoundWhenItIsReadAndNothingIsWritten) {
  fill(12000);
  ASSERT_GT(std::filesystem::file_size(file), 3U << 20);
  overwrite_page(std::filesystem::file_size(file) / 4096 / 2);
  const std::string before = bytes_of(file);
  {
    const auto state = open();  // cheap: nobody looks at all of it every day
    const auto refused = refusal([&] { run(*state, "2025-05-20", {}); });
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->kind, StateError::Kind::corrupt);
    EXPECT_EQ(refused->words, at(damaged_words));
    EXPECT_EQ(state->runs().front().finished, "");
  }
}

TEST_F(StateDamage, AFlippedPageOfALargeFileIsFoundAtOnceAfterARunThatDidNotCloseIt) {
  fill(12000);
  overwrite_page(std::filesystem::file_size(file) / 4096 / 2, "a log that says nothing");
  expect_refused(StateError::Kind::corrupt, damaged_words);
  EXPECT_EQ(bytes_of(file.string() + "-wal"), "a log that says nothing");
}

TEST_F(StateDamage, ALogOfNonsenseIsNoHarm) {
  fill(10);
  write_bytes(file.string() + "-wal", std::string(9000, 'n'));
  EXPECT_EQ(open_copy()->judgements("2505.100003").size(), 1U);
  EXPECT_EQ(open()->judgements("2505.100003").size(), 1U);
}

}  // namespace
}  // namespace gleaner::host::state
