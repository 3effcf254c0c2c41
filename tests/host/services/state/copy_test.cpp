#include <chrono>
#include <csignal>
#include <map>

#include <gtest/gtest.h>

#include "tests/host/services/state/state_children.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

namespace fs = std::filesystem;

class StateCopy : public StateTest {
 protected:
  /// Names and bytes of all files in the folder.
  [[nodiscard]] std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::directory_iterator(folder))
      out[entry.path().filename()] = bytes_of(entry.path());
    return out;
  }
  /// Leaves the file as a killed run does: with what it last wrote in the log beside it.
  void leave_open() const {
    test::Child worker({state_child, "work", file.string(), "7"}, {});
    ASSERT_TRUE(worker.wait_for_error("working"));
    while (open_copy()->runs().empty() || open_copy()->runs().front().announced < 4) {
    }
    worker.send(SIGKILL);
    (void)worker.finish();
    ASSERT_TRUE(fs::exists(file.string() + "-wal"));
  }
  static void expect_whole(State& state) {
    const auto finished = state.digest("2025-05-20");
    for (int i = 0; i < 60; ++i)
      ASSERT_EQ(state.judgements("2505." + std::to_string(10000 + i)).front().comment, finished);
  }
};

TEST_F(StateCopy, OfNothingIsEmptyAndMakesNothing) {
  const auto copy = open_copy();
  EXPECT_TRUE(copy->runs().empty());
  run(*copy, "2025-05-20", {judged("a")}, {R"({"id": "a"})"});
  copy->components().put("s", "k", "v", 0);
  EXPECT_EQ(copy->runs().size(), 1U);
  EXPECT_EQ(copy->components().get("s", "k"), "v");
  EXPECT_TRUE(everything().empty());
  EXPECT_TRUE(State::open_copy(folder / "no" / "folder" / "ml.db", clock, log)->runs().empty());
  write_bytes(file, "");
  EXPECT_TRUE(open_copy()->runs().empty());
}

TEST_F(StateCopy, WorksWhileARunHoldsTheStateAndTouchesNothing) {
  const auto state = open();
  run(*state, "2025-05-20", {judged("a", End::selected)});
  state->components().put("s", "k", "v", 0);
  const auto before = everything();
  const auto copy = open_copy();
  EXPECT_EQ(copy->judgements("a").front().end, End::selected);
  EXPECT_EQ(copy->components().get("s", "k"), "v");
  copy->components().put("s", "k", "other", 0);
  run(*copy, "2025-05-21", {judged("b")});
  EXPECT_EQ(copy->components().get("s", "k"), "other");
  EXPECT_EQ(copy->runs().size(), 2U);
  EXPECT_TRUE(everything() == before);
  EXPECT_EQ(state->components().get("s", "k"), "v");
  EXPECT_EQ(state->runs().size(), 1U);
}

TEST_F(StateCopy, HoldsWhatSqliteFindsInTheFilesOfAKilledRun) {
  leave_open();
  const auto before = everything();
  const auto copy = open_copy();
  EXPECT_TRUE(everything() == before);
  const auto state = open();  // SQLite's own reading of the log
  ASSERT_EQ(copy->runs().size(), 1U);
  EXPECT_EQ(copy->runs().front().announced, state->runs().front().announced);
  EXPECT_EQ(copy->runs().front().started, state->runs().front().started);
  EXPECT_EQ(copy->digest("2025-05-20"), state->digest("2025-05-20"));
  EXPECT_EQ(copy->components().get("child", "number"), state->components().get("child", "number"));
  EXPECT_EQ(copy->components().get("child", "load"), state->components().get("child", "load"));
  EXPECT_EQ(copy->carried("2025-05-21"), state->carried("2025-05-21"));
  expect_whole(*copy);
}

TEST_F(StateCopy, WorksInAFolderThatMayNotBeWritten) {
  leave_open();
  const auto before = everything();
  fs::permissions(folder, fs::perms(0555));
  const auto said = said_by_child("copy", file);
  fs::permissions(folder, fs::perms(0755));
  EXPECT_TRUE(said.starts_with("2025-05-20 ")) << said;
  EXPECT_TRUE(said.ends_with("\nopened\n")) << said;
  EXPECT_TRUE(everything() == before);
}

TEST_F(StateCopy, IsNeverHalfARunHoweverFastTheOtherWrites) {
  test::Child worker({state_child, "work", file.string(), "3"}, {});
  ASSERT_TRUE(worker.wait_for_error("working"));
  std::uint64_t last = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (int i = 0; i < 60 && std::chrono::steady_clock::now() < deadline;) {
    const auto copy = open_copy();
    if (copy->digest("2025-05-20") == std::nullopt) continue;
    expect_whole(*copy);
    const auto number = std::stoull(copy->components().get("child", "number").value());
    EXPECT_GE(number, last);
    last = number;
    ++i;
  }
  EXPECT_GT(last, 3U);
}

}  // namespace
}  // namespace gleaner::host::state
