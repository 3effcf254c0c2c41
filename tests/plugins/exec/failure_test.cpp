// Programs that fail or mean harm: each is named, with what happened and what to do, and nothing of it is
// left.
#include <csignal>

#include "plugins/exec/stage.hpp"
#include "tests/plugins/exec/workbench.hpp"

namespace gleaner::exec {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const kit::Given kSoon{"patience", "700ms"};

kit::Judged judged(const kit::Settings& settings, std::size_t count = 3, std::size_t bytes = 20) {
  kit::FakeHost host;
  return kit::make<ExecStage>(host, settings).judge(papers(count, bytes));
}

kit::Outcome outcome(const kit::Settings& settings, std::size_t count = 3, std::size_t bytes = 20) {
  return judged(settings, count, bytes).error;
}

void expect(const kit::Outcome& found, std::int32_t status, const std::string& sentence) {
  EXPECT_EQ(found.status, status);
  EXPECT_EQ(found.message, sentence);
}

/// Of a process that is not ours; a zombie that waits for its parent is none any more.
bool is_alive(const std::string& pid) {
  std::ifstream file("/proc/" + std::to_string(pid.empty() ? 0 : std::stoi(pid)) + "/stat");
  std::string stat((std::istreambuf_iterator<char>(file)), {});
  const auto name_end = stat.rfind(") ");
  return name_end != std::string::npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}

/// Within a second: a signal is delivered when its process is scheduled.
bool is_gone(const std::string& pid) {
  for (int i = 0; i < 100 && is_alive(pid); ++i)
    ::usleep(10'000);
  return !is_alive(pid);
}

const std::string kFlush =
    ". Does it flush its standard output after each line? If it needs longer, raise `patience` or let it "
    "write "
    "{\"progress\": [done, total]}.";

TEST(ExecFailure, NoProgramOnPath) {
  const Workbench bench;
  bench.put("rank.py", "#!/bin/sh\n");
  const auto missing = outcome(bench.command({"no-such-program-here"}));
  expect(missing, GLEANER_INVALID,
         "There is no program \"no-such-program-here\" on PATH. Install it, or name its file with a slash, "
         "\"./no-such-program-here\".");
  EXPECT_EQ(missing.option, "/command/0");
  expect(outcome(bench.command({"rank.py"})), GLEANER_INVALID,
         "There is no program \"rank.py\" on PATH. For the file in `folder` write "
         "\"./rank.py\".");
}

TEST(ExecFailure, NoFileOfThatName) {
  const Workbench bench;
  expect(outcome(bench.command({"./rank.py"})), GLEANER_INVALID,
         "There is no file " + bench.folder() + "/rank.py; a relative `command` starts at `folder`.");
  expect(outcome(bench.command({"/"})), GLEANER_INVALID, "/ is no file that could be run.");
}

TEST(ExecFailure, NoFolderOfThatName) {
  const Workbench bench;
  const auto found = outcome({{"command", kit::list("cat")}, {"folder", bench.folder() + "/gone"}});
  EXPECT_EQ(found.option, "/folder");
  EXPECT_EQ(found.message, "The folder " + bench.folder() + "/gone does not exist.");
}

TEST(ExecFailure, AFileThatCannotBeRun) {
  const Workbench bench;
  bench.put("rank.py", "print(1)\n", false);
  expect(outcome(bench.command({"./rank.py"})), GLEANER_INVALID,
         bench.folder() + "/rank.py is not executable; chmod +x rank.py makes it so.");
  bench.put("plain", "echo hello\n");
  expect(
      outcome(bench.command({"./plain"})), GLEANER_INVALID,
      bench.folder() + "/plain cannot be run: its first line has to name its interpreter, as in #!/bin/sh.");
  bench.put("odd", "#!/no/such/interpreter\n");
  expect(outcome(bench.command({"./odd"})), GLEANER_INVALID,
         bench.folder() +
             "/odd cannot be run: the interpreter of its first line, \"#!/no/such/interpreter\", is not "
             "there.");
}

TEST(ExecFailure, ItEndsBadlyAndItsLastWordsAreQuoted) {
  const Workbench bench;
  const auto found =
      judged(bench.shell(kShellReady + "read -r p; echo '{\"drop\": \"x\"}'; read -r p\n"
                                       "for i in 1 2 3 4; do echo \"line $i\" >&2; done; exit 3\n"));
  expect(found.error, GLEANER_FAILED,
         "program ended with exit status 3 before it had answered for 1 of 3 papers. On its standard error: "
         "\"line 2 / "
         "line 3 / line 4\".");
  EXPECT_TRUE(found.papers[0].dropped());  // what had come counts
  EXPECT_TRUE(found.papers[1].passed());
}

TEST(ExecFailure, ASignalEndsIt) {
  const Workbench bench;
  expect(outcome(bench.shell(kShellReady + "read -r p; kill -SEGV $$\n")), GLEANER_FAILED,
         "program was ended by SIGSEGV (Segmentation fault) before it had answered for 0 of 3 papers.");
}

TEST(ExecFailure, ItEndsBeforeItsWorkIsDone) {
  const Workbench bench;
  expect(outcome(bench.shell(kShellReady + "read -r p; echo '{}'\n")), GLEANER_FAILED,
         "program ended, with exit status 0, before it had answered for 1 of 3 papers. It has to go on until "
         "its "
         "standard input ends.");
  expect(outcome(bench.shell("exit 0\n")), GLEANER_FAILED,
         "program ended, with exit status 0, before its answer to the handshake. It has to go on until its "
         "standard "
         "input ends.");
}

TEST(ExecFailure, ItNeverAnswers) {
  const Workbench bench;
  expect(outcome(bench.shell("sleep 60\n", {kSoon})), GLEANER_TIMED_OUT,
         "program was silent for 700ms before its answer to the handshake" + kFlush);
  expect(outcome(bench.shell(kShellReady + "read -r p; echo '{}'; sleep 60\n", {kSoon})), GLEANER_TIMED_OUT,
         "program was silent for 700ms before it had answered for 1 of 3 papers" + kFlush);
}

TEST(ExecFailure, ProgressKeepsItAliveAndLogLinesDoNot) {
  const Workbench bench;
  const auto slow = [&](const std::string& line) {
    return bench.shell(kShellReady + "read -r p\nfor i in 1 2 3 4 5 6; do echo '" + line +
                           "'; sleep 0.3; done\nfor i in 1 2 3; do echo '{}'; done; cat > /dev/null\n",
                       {{"patience", "1s"}});
  };
  EXPECT_TRUE(outcome(slow("{\"progress\": [1, 3]}")).ok());
  EXPECT_EQ(outcome(slow("{\"log\": \"debug\", \"message\": \"busy\"}")).status, GLEANER_TIMED_OUT);
}

TEST(ExecFailure, ItPrintsGarbage) {
  const Workbench bench;
  expect(outcome(bench.shell(kShellReady + "read -r p; echo '{}'; echo 'Loading model …'; sleep 5\n")),
         GLEANER_MALFORMED,
         "Line 3 of program is no JSON object: \"Loading model …\". Only lines of JSON may go to its "
         "standard output; "
         "what is for people goes to standard error.");
  const std::string longest(61, 'x');
  EXPECT_THAT(outcome(bench.shell(kShellReady + "echo " + longest + "\ncat\n")).message,
              StartsWith("Line 2 of program is no JSON object: \"" + longest.substr(0, 60) + "…\"."));
  for (const std::string line : {"[1, 2]", "7", "{\"id\": NaN}", "{} {}", "{\"id\": \"2611.00001\""})
    EXPECT_EQ(outcome(bench.shell(kShellReady + "echo '" + line + "'; cat\n")).status, GLEANER_MALFORMED)
        << line;
}

TEST(ExecFailure, ItIsNotUtf8) {
  const Workbench bench;
  const auto found =
      outcome(bench.shell(kShellReady + "printf '{\"drop\": \"\\377\\033[31m\"}\\n'; cat > /dev/null\n"));
  EXPECT_THAT(found.message,
              StartsWith("Line 2 of program is no JSON object: \"{\"drop\": \"\uFFFD\uFFFD[31m\"}\"."));
}

TEST(ExecFailure, ALineWithoutAnEnd) {
  const Workbench bench;
  for (const std::string end : {"", "\\\"}\\n"}) {
    const auto found =
        outcome(bench.python(python_ready() + "sys.stdout.write('{\"drop\": \"' + 'y' * 10000000 + '" + end +
                             "'); sys.stdout.flush(); time.sleep(60)\n"));
    EXPECT_EQ(found.status, GLEANER_MALFORMED);
    EXPECT_THAT(found.message, StartsWith("Line 2 of program is longer than 4 MiB: \"{\"drop\": \"yyyyyy"));
  }
}

TEST(ExecFailure, AFloodEndsWithItsPatienceOrItsFirstBadLine) {
  const Workbench bench;
  EXPECT_EQ(outcome(bench.command({"yes"}, {kSoon})).status, GLEANER_INVALID);  // "y" is no handshake
  EXPECT_EQ(outcome(bench.shell(kShellReady + "yes >&2\n", {kSoon})).status, GLEANER_TIMED_OUT);
  EXPECT_EQ(
      outcome(bench.shell(kShellReady + "yes '{\"log\": \"debug\", \"message\": \"m\"}'\n", {kSoon})).status,
      GLEANER_TIMED_OUT);
}

TEST(ExecFailure, AFloodOfLogLinesIsNotKept) {
  const Workbench bench;
  kit::FakeHost host;
  (void)kit::make<ExecStage>(
      host, bench.shell(kShellReady + "yes '{\"log\": \"info\", \"message\": \"m\"}'\n", {kSoon}))
      .judge(papers(1));
  EXPECT_LE(host.log().size(), 1010U);
}

TEST(ExecFailure, ItClosesItsStandardInputAndLives) {
  const Workbench bench;
  const auto found = outcome(bench.shell(kShellReady + "exec 0<&-; sleep 60\n"), 200, 10'000);
  EXPECT_THAT(found.message,
              StartsWith("program closed its standard input before it had answered for 0 of 200 papers."));
}

TEST(ExecFailure, WhatItStartedIsGoneWithIt) {
  const Workbench bench;
  // The grandchild holds both pipes open and ignores what it is asked.
  const std::string grandchild = "(trap '' TERM HUP; sleep 60) & echo $! > pid\n";
  expect(outcome(bench.shell(kShellReady + grandchild + "exit 5\n")), GLEANER_FAILED,
         "program ended with exit status 5 before it had answered for 0 of 3 papers.");
  EXPECT_TRUE(is_gone(bench.get("pid")));
  EXPECT_TRUE(outcome(bench.shell(kShellReady + grandchild + "while read -r p; do echo '{}'; done\n")).ok());
  EXPECT_TRUE(is_gone(bench.get("pid")));
}

TEST(ExecFailure, WhoIgnoresTheEndAndSigtermIsKilled) {
  const Workbench bench;
  kit::FakeHost host;
  const auto begin = std::chrono::steady_clock::now();
  {
    auto stage = kit::make<ExecStage>(host, bench.shell("trap '' TERM HUP\necho $$ > pid\n" + kShellReady +
                                                        "for i in 1 2 3; do read -r p; echo '{}'; done\n"
                                                        "while :; do sleep 0.1; done\n"));
    EXPECT_TRUE(stage.judge(papers(3)).error.ok());
    EXPECT_TRUE(is_alive(bench.get("pid")));
  }
  EXPECT_TRUE(is_gone(bench.get("pid")));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_THAT(warnings(host),
              ::testing::ElementsAre("program did not end when its standard input did, and was stopped."));
}

TEST(ExecFailure, ABadEndAfterTheLastAnswerIsAWarning) {
  const Workbench bench;
  kit::FakeHost host;
  EXPECT_TRUE(
      kit::make<ExecStage>(host, bench.shell(kShellReady + "while read -r p; do echo '{}'; done; exit 2\n"))
          .judge(papers(3))
          .error.ok());
  EXPECT_THAT(warnings(host),
              ::testing::ElementsAre("program ended with exit status 2 after its last answer."));
}

TEST(ExecFailure, ForTheNextBatchItIsStartedAnew) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage = kit::make<ExecStage>(
      host, bench.shell("echo x >> starts\n" + kShellReady +
                        "[ -e fixed ] || exit 1\nwhile read -r p; do echo '{}'; done\n"));
  EXPECT_FALSE(stage.judge(papers(1)).error.ok());
  bench.put("fixed", "");
  EXPECT_TRUE(stage.judge(papers(1)).error.ok());
  EXPECT_TRUE(stage.judge(papers(1)).error.ok());
  EXPECT_EQ(bench.get("starts"), "x\nx\n");
}

TEST(ExecFailure, AfterThreeFailuresInARowItIsLeftAlone) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage = kit::make<ExecStage>(host, bench.shell("echo x >> starts\nexit 9\n"));
  for (int i = 0; i < 6; ++i)
    EXPECT_THAT(stage.judge(papers(1)).error.message, StartsWith("program ended with exit status 9 before"));
  EXPECT_EQ(bench.get("starts"), "x\nx\nx\n");
}

TEST(ExecFailure, ASecretThatIsNotSetStartsNothingForLong) {
  const Workbench bench;
  kit::FakeHost host;
  auto stage =
      kit::make<ExecStage>(host, bench.shell(kShellReady + "cat\n", {{"secret", kit::secret("NOBODY")}}));
  EXPECT_EQ(stage.judge(papers(1)).error.status, GLEANER_DENIED);
}

}  // namespace
}  // namespace gleaner::exec
