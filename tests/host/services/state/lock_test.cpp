#include <csignal>

#include <gtest/gtest.h>

#include "tests/host/services/state/state_children.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using StateLock = StateTest;

TEST_F(StateLock, ASecondRunAtTheSameTimeIsToldWhoHoldsTheStateAndAKillGivesItBack) {
  test::Child holder({state_child, "hold", file.string()}, {});
  ASSERT_TRUE(holder.wait_for_error("\n"));
  const auto refused = refused_to_open();
  holder.send(SIGKILL);
  const auto said = holder.finish().err;
  ASSERT_TRUE(said.starts_with("held by "));
  const std::string pid = said.substr(8, said.find('\n') - 8);
  EXPECT_EQ(refused.kind, StateError::Kind::busy);
  EXPECT_EQ(refused.words,
            at(" is in use by another run (process " + pid +
               ", since 2025-05-26T09:00:00Z); wait for it, or give this one another state with "
               "--state"));
  EXPECT_EQ(refusal([&] { (void)open(); }).has_value(), false);
}

TEST_F(StateLock, HoldsWithinOneProcessAndByEveryNameOfTheFile) {
  const auto state = open();
  EXPECT_EQ(refused_to_open().kind, StateError::Kind::busy);
  const auto other = folder / "other";
  std::filesystem::create_directory(other);
  std::filesystem::create_symlink(file, other / "link.db");
  EXPECT_THROW((void)State::open(other / "link.db", clock, log), StateError);
  EXPECT_THROW((void)State::open(other / ".." / "ml.db", clock, log), StateError);
}

TEST_F(StateLock, AHolderThatSaysNothingIsNotNamed) {
  const auto state = open();
  write_bytes(file.string() + ".lock", "");  // its disk was full
  EXPECT_EQ(refused_to_open().words,
            at(" is in use by another run; wait for it, or give this one another state with --state"));
}

TEST_F(StateLock, IsNotLeftBehindByAnOlderRun) {
  write_bytes(file.string() + ".lock",
              "pid 1 since 1999-01-01T00:00:00Z, and more than the line that comes\n");
  {
    const auto state = open();
    EXPECT_EQ(bytes_of(file.string() + ".lock"),
              "pid " + std::to_string(::getpid()) + " since 2025-05-26T09:00:00Z\n");
  }
  EXPECT_EQ(bytes_of(file.string() + ".lock"), "");
}

TEST_F(StateLock, SaysSinceWhenARunHoldsTheStateWithoutDisturbingIt) {
  EXPECT_FALSE(State::held_since(file).has_value());
  {
    const auto state = open();
    EXPECT_EQ(State::held_since(file), "2025-05-26T09:00:00Z");
    write_bytes(file.string() + ".lock", "");
    EXPECT_EQ(State::held_since(file), "");
  }
  EXPECT_FALSE(State::held_since(file).has_value());
  write_bytes(file.string() + ".lock", "pid 1 since 1999-01-01T00:00:00Z\n");  // a killed run's
  EXPECT_FALSE(State::held_since(file).has_value());
  (void)open();
}

TEST_F(StateLock, AnotherProgramThatHoldsTheDatabaseIsWaitedForAWhile) {
  (void)open();
  test::Child holder({state_child, "hold-sqlite", file.string()}, {});
  ASSERT_TRUE(holder.wait_for_error("held"));
  const auto refused = refused_to_open();
  EXPECT_EQ(refused.kind, StateError::Kind::busy);
  EXPECT_EQ(refused.words,
            at(" is held by another program; close that, or give this run another state with --state"));
}

}  // namespace
}  // namespace gleaner::host::state
