// SIGINT and SIGTERM, and what a terminal shows meanwhile.
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/stat.h>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::Child;

/// The pipeline with the source `slow`, which warns once it runs.
class Waiting : public Gleaner {
 protected:
  Waiting() {
    std::string waiting = pipeline;
    const std::string source = "use  = \"jsonl\"\nfile = \"papers.jsonl\"";
    waiting.replace(waiting.find(source), source.size(), "use = \"slow\"");
    write("waiting.toml", waiting);
  }
  const std::vector<std::string> words{executable(), "run", "waiting.toml", "--plugin-path",
                                       CLI_PLUGINS "/slow_source"};
  const std::string warning = "gleaner: warning: slow: the third page is slow";
};

class Interrupt : public Waiting, public ::testing::WithParamInterface<int> {};

TEST_P(Interrupt, EndsTheRunWith130AndWritesNothing) {
  Child child(words, options());
  ASSERT_TRUE(child.wait_for_error(warning));
  child.send(GetParam());
  const ChildResult result = child.finish();
  expect(result, 130, "", warning + "\n2025-05-20: interrupted.\n");
  EXPECT_FALSE(exists("out"));
}
INSTANTIATE_TEST_SUITE_P(By, Interrupt, ::testing::Values(SIGINT, SIGTERM),
                         [](const auto& each) { return each.param == SIGINT ? "Sigint" : "Sigterm"; });

TEST_F(Waiting, AnInterruptedRangeDoesNotGoOn) {
  std::vector<std::string> range = words;
  range.insert(range.end(), {"--from", "2025-05-19", "--to", "2025-05-20"});
  Child child(range, options());
  ASSERT_TRUE(child.wait_for_error(warning));
  child.send(SIGINT);
  const ChildResult result = child.finish();
  EXPECT_EQ(result.exit, 130);
  EXPECT_THAT(result.err, Not(HasSubstr("2025-05-20")));
}

TEST_F(Waiting, ASecondSignalKillsWhatDoesNotEnd) {
  ASSERT_EQ(mkfifo((folder / "pipe.jsonl").c_str(), 0600), 0);  // nobody ever writes: whoever opens it waits
  write("plugins/notes.so", "not a plugin");
  Child child(
      {executable(), "run", "garden.toml", "--set", "jsonl.file=pipe.jsonl", "--plugin-path", "plugins"},
      options());
  ASSERT_TRUE(child.wait_for_error("notes.so is not used"));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // until it waits at the pipe
  child.send(SIGINT);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // sooner it counts as the same one
  child.send(SIGTERM);
  EXPECT_EQ(child.finish().exit, 130);
}

// timeout(1) signals its child and then the child's group: two at once are one.
TEST_F(Waiting, ASignalThatComesTwiceAtOnceIsOne) {
  Child child(words, options());
  ASSERT_TRUE(child.wait_for_error(warning));
  child.send(SIGTERM);
  child.send(SIGCONT);
  child.send(SIGINT);
  child.send(SIGTERM);
  expect(child.finish(), 130, "", warning + "\n2025-05-20: interrupted.\n");
}

/// A pipeline with a stage that never returns and never asks.
class Hanging : public Gleaner {
 protected:
  Child start(const std::string& more) {
    std::string hanging = pipeline;
    hanging.insert(hanging.find("[select]"), "[[stage]]\nuse = \"odd\"\n" + more + "\n");
    write("hanging.toml", hanging);
    return Child({executable(), "run", "hanging.toml", "--plugin-path", CLI_PLUGINS "/odd_scorer"},
                 options());
  }
};

TEST_F(Hanging, WhatIsWaitedForIsNamedAndASecondSignalEndsIt) {
  Child child = start("");
  ASSERT_TRUE(child.wait_for_error("odd: judging"));
  child.send(SIGINT);
  const std::string words =
      "gleaner: warning: Interrupted, and still waiting for odd to stop. A second Ctrl-C or signal ends the "
      "process at once.\n";
  EXPECT_TRUE(child.wait_for_error(words));
  child.send(SIGINT);
  const ChildResult result = child.finish();
  EXPECT_EQ(result.exit, 130);
  EXPECT_EQ(result.err, "gleaner: warning: odd: judging\n" + words);
}

TEST_F(Hanging, ACallThatOutlastsItsTimeoutIsNamedOnce) {
  Child child = start("timeout = \"1s\"");
  const std::string words =
      "gleaner: warning: The scorer odd has been working for 2 s, beyond its timeout of 1 s. A plugin must "
      "stop "
      "by itself; interrupt to end the run.\n";
  EXPECT_TRUE(child.wait_for_error(words));
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  child.send(SIGTERM);
  EXPECT_TRUE(child.wait_for_error("ends the process at once"));
  child.send(SIGTERM);
  const ChildResult result = child.finish();
  EXPECT_EQ(result.exit, 130);
  EXPECT_EQ(result.err.find(words),
            result.err.rfind("The scorer odd") - std::string("gleaner: warning: ").size());
}

// It asks the host again and again: its timeout is that of one request, not of all its work.
TEST_F(Waiting, ACallThatSpeaksWithTheHostMayTakeItsTime) {
  std::vector<std::string> limited = words;
  limited.insert(limited.end(), {"--set", "slow.timeout=\"1s\""});
  Child child(limited, options());
  ASSERT_TRUE(child.wait_for_error(warning));
  std::this_thread::sleep_for(std::chrono::milliseconds(2600));
  child.send(SIGINT);
  expect(child.finish(), 130, "", warning + "\n2025-05-20: interrupted.\n");
}

TEST_F(Waiting, ATerminalShowsOneLineThatGivesWayAndIsCleared) {
  ChildOptions terminal = options();
  terminal.terminal = true;
  Child child(words, terminal);
  ASSERT_TRUE(child.wait_for_error("slow: pages 3 of 3"));
  child.send(SIGINT);
  // A terminal turns the newline into carriage return and newline; what was typed shows as nothing here.
  EXPECT_EQ(child.finish().err, "\r\033[Kslow: pages 2 of 3\r\033[K" + warning +
                                    "\r\n\r\033[Kslow: pages 3 of 3\r\033[K2025-05-20: interrupted.\r\n");
}

TEST_F(Waiting, ADumbTerminalAndQuietShowNoProgress) {
  ChildOptions dumb = options();
  dumb.terminal = true;
  dumb.environment.emplace_back("TERM", "dumb");
  Child child(words, dumb);
  ASSERT_TRUE(child.wait_for_error("the third page"));
  child.send(SIGINT);
  EXPECT_THAT(child.finish().err, Not(HasSubstr("pages 2 of 3")));
}

}  // namespace
}  // namespace gleaner::host::cli::test
