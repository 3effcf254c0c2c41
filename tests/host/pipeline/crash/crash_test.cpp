// The last words of a process: what they are, and that they are said once, by whoever crashes.
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/crash_scene.hpp"
#include "host/pipeline/crash_text.hpp"

namespace gleaner::host {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

const ComponentInfo& words() {
  static const ComponentInfo info = [] {
    ComponentInfo out;
    out.kind = Kind::scorer;
    out.name = "words";
    out.plugin_name = "words";
    out.plugin_version = "1.0.0";
    out.plugin_file = "/path/words.so";
    return out;
  }();
  return info;
}

const CrashLabel* label(const std::string& name = "words") {
  ComponentConfig config;
  config.info = &words();
  config.name = name;
  return crash_label(config);
}

struct Papers {
  explicit Papers(std::vector<std::string> names) : ids(std::move(names)) {
    for (const auto& id : ids) {
      gleaner_paper paper{};
      paper.id = {id.data(), id.size()};
      papers.push_back(paper);
    }
    for (const auto& paper : papers)
      views.push_back(&paper);
  }
  std::vector<std::string> ids;
  std::vector<gleaner_paper> papers;
  std::vector<const gleaner_paper*> views;
};

std::string told(std::string_view what, CrashStake stake) {
  CrashLine line;
  tell_crash(line, what, stake);
  return std::string(line.finish());
}

TEST(CrashText, NamesStagePluginVersionFileAndPapers) {
  const Papers papers({"2505.00001", "2505.00002", "2505.00256"});
  InPlugin here(label());
  here.with(papers.views.data(), papers.views.size());
  EXPECT_EQ(
      told("crashed with SIGSEGV", CrashStake::unwritten),
      "gleaner: error: the scorer \"words\" (plugin words 1.0.0, /path/words.so) crashed with SIGSEGV while "
      "judging papers 2505.00001 to 2505.00256; nothing of this date was written. isolate = \"process\" in "
      "its table would end the stage alone; gleaner plugin check /path/words.so looks for the fault.\n");
}

TEST(CrashText, SaysWhatWasWrittenAndNothingWhereNothingWasToBe) {
  const InPlugin here(label(), "it was created");
  EXPECT_THAT(
      told("crashed with SIGBUS", CrashStake::written),
      HasSubstr("crashed with SIGBUS while it was created; what was written of this date before stays. "));
  EXPECT_THAT(told("crashed with SIGBUS", CrashStake::nothing), HasSubstr("while it was created. isolate"));
}

TEST(CrashText, NamesOnePaperByItsId) {
  const Papers papers({"2505.00001"});
  InPlugin here(label());
  here.with(papers.views.data(), 1);
  EXPECT_THAT(told("crashed", CrashStake::nothing), HasSubstr("while judging paper 2505.00001."));
}

TEST(CrashText, CountsPapersThatCannotBeReadAnyMore) {
  void* gone = ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(gone, MAP_FAILED);
  InPlugin here(label());
  here.with(static_cast<const gleaner_paper* const*>(gone), 256);
  EXPECT_THAT(told("crashed", CrashStake::nothing), HasSubstr("while judging 256 papers."));
  ::munmap(gone, 4096);
}

TEST(CrashText, IsOneLineWithoutEscapesHoweverLong) {
  const Papers papers({"2505\n\x1b[31m", std::string(5000, 'x')});
  InPlugin here(label());
  here.with(papers.views.data(), 2);
  const auto line = told("crashed", CrashStake::nothing);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_LT(line.size(), 1000U);
  CrashLine full;
  for (int i = 0; i < 10000; ++i)
    full << "word " << std::uint64_t{18446744073709551615u};
  EXPECT_THAT(std::string(full.finish()), StartsWith("word 18446744073709551615word "));
  EXPECT_THAT(std::string(full.finish()), EndsWith("\n"));
}

TEST(CrashText, OfAThreadOfNobodysNamesThoseWhoAreAtWork) {
  std::atomic<bool> inside{false};
  std::atomic<bool> leave{false};
  std::thread worker([&] {
    const InPlugin there(label("other"));
    inside = true;
    while (!leave)
      std::this_thread::yield();
  });
  while (!inside)
    std::this_thread::yield();
  const auto line = told("crashed with SIGABRT", CrashStake::unwritten);
  leave = true;
  worker.join();
  EXPECT_EQ(
      line,
      "gleaner: error: a thread that gleaner did not send into a plugin crashed with SIGABRT, while at work "
      "were the scorer \"other\" (plugin words 1.0.0, /path/words.so); nothing of this date was written. A "
      "thread that a plugin started is the likely cause: isolate = \"process\" in its table would end it "
      "alone; gleaner plugin check FILE looks for the fault.\n");
}

TEST(CrashText, OutsideEveryPluginNamesThoseThatWereUsed) {
  static_cast<void>(label());
  const auto line = told("crashed with SIGSEGV", CrashStake::unwritten);
  EXPECT_THAT(line,
              StartsWith("gleaner: error: gleaner crashed with SIGSEGV in no plugin's call; nothing of this "
                         "date was written. It is a fault of its own, or of a plugin that spoilt memory"));
  EXPECT_THAT(line, HasSubstr("the scorer \"words\" (plugin words 1.0.0, /path/words.so)"));
}

TEST(CrashScene, NestsAndIsLeftAsItWasFound) {
  const InPlugin outer(label());
  {
    const InPlugin inner(label("inner"), "it was destroyed");
    EXPECT_EQ(crash_site_here()->label.load(), label("inner"));
  }
  EXPECT_EQ(crash_site_here()->label.load(), label());
  EXPECT_STREQ(crash_site_here()->doing.load(), "judging");
}

TEST(CrashScene, NamesAComponentOnce) {
  EXPECT_EQ(label(), label());
  EXPECT_NE(label(), label("words-2"));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

/// Runs in the child of a death test.
class CrashDeath : public testing::Test {
 protected:
  static void watch() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    watch_crashes();
    set_crash_stake(CrashStake::unwritten);
  }
};

int* volatile nowhere = nullptr;

int deeper(volatile int* from, int depth) {
  volatile int room[512] = {depth};
  int (*volatile again)(volatile int*, int) = deeper;
  return depth < 0 ? from[0] : again(room, depth + 1) + room[0];
}

TEST_F(CrashDeath, ASignalEndsTheProcessAsItAlwaysDid) {
  const auto crash = [] {
    watch();
    const InPlugin here(label());
    *nowhere = 1;
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV),
              "the scorer \"words\" .* crashed with SIGSEGV while judging");
  const auto give_up = [] {
    watch();
    const InPlugin here(label());
    std::abort();
  };
  EXPECT_EXIT(give_up(), testing::KilledBySignal(SIGABRT),
              "crashed with SIGABRT .an abort.., or an exception");
}

TEST_F(CrashDeath, AStackOverflowIsNamedOnEveryThread) {
  const auto crash = [] {
    watch();
    std::thread([] {
      const InPlugin here(label());
      volatile int start = 0;
      static_cast<void>(deeper(&start, 0));
    }).join();
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV), "SIGSEGV .its stack overflowed. while judging");
}

TEST_F(CrashDeath, TwoThreadsAtOnceSayOneSentence) {
  const auto crash = [] {
    watch();
    std::atomic<int> ready{0};
    const auto run = [&ready] {
      const InPlugin here(label());
      ++ready;
      while (ready < 2) {
      }
      *nowhere = 1;
    };
    std::thread one(run);
    std::thread two(run);
    one.join();
    two.join();
  };
  for (int i = 0; i < 5; ++i)
    EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV), "^gleaner: error: [^\n]*looks for the fault.\n$");
}

TEST_F(CrashDeath, ASignalFromElsewhereBlamesNobody) {
  const auto be_hit = [] {
    watch();
    const InPlugin here(label());
    const std::string kill = "kill -SEGV " + std::to_string(::getpid());
    static_cast<void>(std::system(kill.c_str()));
  };
  EXPECT_EXIT(be_hit(), testing::KilledBySignal(SIGSEGV),
              "^gleaner: error: gleaner was sent signal 11 by process [0-9]+.\n$");
}

TEST_F(CrashDeath, ExitByAPluginIsNoSuccess) {
  const auto crash = [] {
    watch();
    const InPlugin here(label());
    std::exit(0);
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(1),
              "the scorer \"words\" .* ended the process by calling exit.. while judging; nothing of this "
              "date was written");
}

TEST_F(CrashDeath, EndingAtOnceWhileAPluginIsAtWorkIsNoSuccess) {
  const auto end = [] {
    watch();
    const InPlugin here(label());
    ::_exit(0);
  };
  EXPECT_EXIT(end(), testing::ExitedWithCode(1),
              "the scorer \"words\" .* ended the process by calling _exit.. while judging; nothing");
  const auto by_another_thread = [] {
    watch();
    const InPlugin here(label());
    std::thread([] { std::_Exit(0); }).join();
  };
  EXPECT_EXIT(by_another_thread(), testing::ExitedWithCode(1), "ended the process by calling _exit");
}

TEST_F(CrashDeath, EndingAtOnceIsNobodysFaultElsewhere) {
  const auto end = [] {
    watch();
    ::_exit(7);
  };
  EXPECT_EXIT(end(), testing::ExitedWithCode(7), "^$");
  const auto in_a_copy = [] {
    watch();
    const InPlugin here(label());
    const pid_t copy = ::fork();
    if (copy == 0) ::_exit(9);
    int status = 0;
    ::waitpid(copy, &status, 0);
    leave(WEXITSTATUS(status));
  };
  EXPECT_EXIT(in_a_copy(), testing::ExitedWithCode(9), "^$");
}

TEST_F(CrashDeath, LeavingRunsNothingThatPluginsLeftBehind) {
  const auto end = [] {
    watch();
    std::atexit([] { std::abort(); });
    leave(3);
  };
  EXPECT_EXIT(end(), testing::ExitedWithCode(3), "^$");
}

TEST_F(CrashDeath, AHandlerThatIsThereStays) {
  const auto crash = [] {
    std::signal(SIGSEGV, [](int) { ::syscall(SYS_exit_group, 42); });
    watch();
    const InPlugin here(label());
    *nowhere = 1;
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(42), "^$");
}

#endif

}  // namespace
}  // namespace gleaner::host
