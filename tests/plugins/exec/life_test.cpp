// What a program runs in, and how it is interrupted.
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "plugins/exec/find_program.hpp"
#include "plugins/exec/line_buffer.hpp"
#include "plugins/exec/stage.hpp"
#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t open_files() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    count += entry.path().empty() ? 0u : 1u;
  return count;
}

TEST(ExecLife, TheEnvironmentHoldsWhatIsSafeAndWhatIsNamed) {
  ::setenv("GLEANER_TEST_TOKEN", "hidden", 1);
  ::setenv("GLEANER_TEST_PROXY", "shown", 1);
  const Workbench bench;
  kit::FakeHost host;
  (void)kit::make<ExecStage>(
      host, bench.shell("env > seen\n" + kShellReady + "while read -r p; do echo '{}'; done\n",
                        {{"env", kit::list("GLEANER_TEST_PROXY", "GLEANER_TEST_UNSET")}}))
      .judge(papers(1));
  const std::string seen = "\n" + bench.get("seen");
  EXPECT_THAT(seen, HasSubstr("\nPATH="));
  EXPECT_THAT(seen, HasSubstr("\nGLEANER_TEST_PROXY=shown\n"));
  EXPECT_THAT(seen, HasSubstr("\nGLEANER_KIND=stage\n"));
  EXPECT_THAT(seen, HasSubstr("\nGLEANER_NAME=exec\n"));
  EXPECT_THAT(seen, Not(HasSubstr("hidden")));
  EXPECT_THAT(seen, Not(HasSubstr("GLEANER_TEST_UNSET")));
}

TEST(ExecLife, ItRunsInTheFolderWithThreeOpenFilesAndInAGroupOfItsOwn) {
  const Workbench bench;
  kit::FakeHost host;
  const auto judged =
      kit::make<ExecStage>(
          host,
          bench.python(python_ready() +
                       "files = sorted(os.listdir('/proc/self/fd'))[:-1]\n"
                       "open('seen', 'w').write(f'{os.getcwd()} {files} {os.getpgrp() == os.getpid()}')\n"
                       "for line in sys.stdin: print('{}')\n"))
          .judge(papers(1));
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_EQ(bench.get("seen"), std::filesystem::canonical(bench.folder()).string() + " ['0', '1', '2'] True");
}

TEST(ExecLife, SignalsAreAsAShellWouldGiveThem) {
  const Workbench bench;
  kit::FakeHost host;
  sigset_t held;
  sigset_t before;
  sigemptyset(&held);
  sigaddset(&held, SIGUSR1);
  sigaddset(&held, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &held, &before);
  const auto ignored = ::signal(SIGPIPE, SIG_IGN);
  const auto judged =
      kit::make<ExecStage>(host, bench.shell("grep -E '^Sig(Blk|Ign):' /proc/self/status > seen\n" +
                                             kShellReady + "while read -r p; do echo '{}'; done\n"))
          .judge(papers(1));
  ::signal(SIGPIPE, ignored);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  // The last 31 bits: those above are of real-time signals, two of which are the C library's own.
  std::istringstream seen(bench.get("seen"));
  std::string name;
  std::uint64_t bits = 0;
  int lines = 0;
  for (; seen >> name >> std::hex >> bits; ++lines)
    EXPECT_EQ(bits & 0x7FFFFFFFu, 0U) << name;
  EXPECT_EQ(lines, 2);
}

TEST(ExecLife, NoFileStaysOpenAndNoBrokenPipeEndsTheHost) {
  const Workbench bench;
  kit::FakeHost host;
  const auto before = open_files();
  const auto settings = bench.shell(kShellReady + "exit 0\n", {{"patience", "500ms"}});
  for (int i = 0; i < 5; ++i)
    (void)kit::make<ExecStage>(host, settings).judge(papers(250, 10'000));  // 2.5 MB to someone who is gone
  EXPECT_EQ(open_files(), before);
}

TEST(ExecLife, InterruptedItIsToldAndEnds) {
  const Workbench bench;
  kit::FakeHost host;
  const auto settings =
      bench.shell(kShellReady + "while read -r line; do echo \"$line\" >> heard; done; echo end >> heard\n");
  auto stage = kit::make<ExecStage>(host, settings);
  host.cancel_after(4);
  const auto begin = std::chrono::steady_clock::now();
  const auto judged = stage.judge(papers(2));
  EXPECT_EQ(judged.error.status, GLEANER_CANCELLED);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1500));
  EXPECT_THAT(bench.get("heard"), ::testing::EndsWith("\n{\"cancel\":true}\nend\n"));
}

TEST(ExecLife, InterruptedWhileItsInputIsFullItHearsWholeLines) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage = kit::make<ExecStage>(host, bench.shell(kShellReady + "sleep 0.6; tail -n 1 > last\n"));
  host.cancel_after(6);
  EXPECT_EQ(stage.judge(papers(200, 10'000)).error.status, GLEANER_CANCELLED);
  EXPECT_EQ(bench.get("last"), "{\"cancel\":true}\n");
}

TEST(ExecLife, WhoDoesNotListenIsEndedWithinTwoSeconds) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage = kit::make<ExecStage>(
      host, bench.shell("trap '' TERM\n" + kShellReady + "while :; do sleep 0.1; done\n"));
  host.cancel_after(4);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(stage.judge(papers(2)).error.status, GLEANER_CANCELLED);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took, std::chrono::milliseconds(1400));  // it was given its time
  EXPECT_LT(took, std::chrono::milliseconds(3000));
}

TEST(ExecLife, InABreakOffNothingNewIsStarted) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage = kit::make<ExecStage>(host, bench.shell("touch started\n"));
  host.cancel();
  EXPECT_EQ(stage.judge(papers(1)).error.status, GLEANER_CANCELLED);
  EXPECT_FALSE(bench.has("started"));
}

TEST(ExecLife, ItsStandardErrorIsALogForWhoAsks) {
  const Workbench bench;
  kit::FakeHost host;
  (void)kit::make<ExecStage>(host, bench.shell("printf 'loading\\nno newline' >&2\n" + kShellReady +
                                               "while read -r p; do echo '{}'; done\n"))
      .judge(papers(1));
  EXPECT_TRUE(host.logged("program: loading"));
  EXPECT_TRUE(host.logged("program: no newline"));
  EXPECT_TRUE(warnings(host).empty());
}

TEST(ExecLife, NothingStartsWhenItIsOnlyMade) {
  const Workbench bench;
  kit::FakeHost host;
  { const auto stage = kit::make<ExecStage>(host, bench.shell("touch started\n")); }
  EXPECT_FALSE(bench.has("started"));
}

TEST(LineBuffer, CutsLinesAsTheyCome) {
  LineBuffer lines;
  lines.add("one\ntw");
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), std::nullopt);
  lines.add("o\r\n\nlast");
  EXPECT_EQ(lines.next(), "two");
  EXPECT_EQ(lines.next(), "");
  EXPECT_EQ(lines.next(), std::nullopt);
  lines.end();
  EXPECT_EQ(lines.next(), "last");
  EXPECT_EQ(lines.number(), 4U);
  EXPECT_EQ(lines.next(), std::nullopt);
}

}  // namespace
}  // namespace gleaner::exec
