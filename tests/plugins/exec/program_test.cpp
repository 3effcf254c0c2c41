// `exec` as a user has it: the real program, the real plugin, the examples.
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/e2e/desk.hpp"

namespace gleaner::exec {
namespace {

using e2e::Desk;
using e2e::Ending;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace fs = std::filesystem;

const fs::path kExamples = fs::path(GLEANER_SOURCE_DIR) / "examples" / "exec";

void put_examples(const Desk& desk) {
  for (const auto& entry : fs::directory_iterator(kExamples))
    fs::copy_file(entry.path(), desk.work() / entry.path().filename());
}

void put_program(const Desk& desk, const std::string& name, const std::string& text) {
  fs::permissions(desk.put(name, text), fs::perms(0755));
}

std::size_t lines_of(const std::string& name) {
  std::ifstream file(kExamples / name);
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);)
    ++count;
  return count;
}

std::string with_stage(const std::string& stage) {
  return "contact = \"you@example.org\"\nstate = \"none\"\n\n[[source]]\nuse = \"exec\"\ncommand = [\"cat\", "
         "\"papers.jsonl\"]\nhandshake = false\n\n" +
         stage + "\n[[output]]\nuse = \"jsonl\"\npath = \"out.jsonl\"\n";
}

const std::string kPapers =
    "{\"id\": \"2611.00001\", \"title\": \"One\"}\n{\"id\": \"2611.00002\", \"title\": \"Two\"}\n";

// A helper is killed with its parent; the kernel may take a moment.
bool is_running(const std::string& pid);
bool ends(const std::string& pid) {
  for (int i = 0; i < 100 && is_running(pid); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return !is_running(pid);
}

bool is_running(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string stat((std::istreambuf_iterator<char>(file)), {});
  const auto name_end = stat.rfind(") ");
  return name_end != std::string::npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}

std::string pid_in(const Desk& desk, const std::string& file) {
  std::string pid = desk.get(file);
  if (pid.ends_with('\n')) pid.pop_back();
  return pid;
}

bool appears(const Desk& desk, const std::string& file) {
  for (int i = 0; i < 500 && (!desk.has(file) || desk.get(file).empty()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  return desk.has(file);
}

TEST(ExecExamples, AreAsShortAsTheySay) {
  EXPECT_LE(lines_of("rank.py"), 15U);
  EXPECT_LE(lines_of("has_code.sh"), 5U);
  EXPECT_LE(lines_of("page.py"), 15U);
  RecordProperty("rank.py", static_cast<int>(lines_of("rank.py")));
  RecordProperty("has_code.sh", static_cast<int>(lines_of("has_code.sh")));
}

TEST(ExecExamples, RunTogether) {
  Desk desk;
  put_examples(desk);
  const Ending ending = desk.run({"run", "pipeline.toml", "--date", "2026-11-20"});
  ASSERT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.out, (desk.work() / "out/2026-11-20.txt").string() + "\n");
  EXPECT_EQ(desk.get("out/2026-11-20.txt"),
            "Papers with code 2026-11-20\n\n* Sparse experts, pruned (sparse, prune)\n* Roses are sparse "
            "(sparse)\n");
}

TEST(ExecExamples, AreWell) {
  Desk desk;
  put_examples(desk);
  const Ending ending = desk.run({"check", "pipeline.toml"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(ending.out, "source exec: well\nscorer has_code: well\nscorer rank: well\noutput exec: well\n");
}

TEST(ExecExamples, TheMistakeOfTheReadmeIsShownAsItSays) {
  Desk desk;
  put_examples(desk);
  std::string text = desk.get("pipeline.toml");
  text.replace(text.find("words "), 6, "wrods ");
  desk.put("pipeline.toml", text);
  const std::string sentence =
      "pipeline.toml:22:11: rank: rank.py knows no option \"wrods\"; did you mean \"words\"?\n";
  const Ending check = desk.run({"check", "pipeline.toml"});
  EXPECT_EQ(check.exit, 1);
  EXPECT_THAT(check.out, HasSubstr("scorer rank: " + sentence));
  const Ending run = desk.run({"run", "pipeline.toml", "--date", "2026-11-20"});
  EXPECT_EQ(run.exit, 78) << run.err;
  EXPECT_THAT(run.err, HasSubstr(sentence));
  EXPECT_FALSE(desk.has("out/2026-11-20.txt"));
  std::ifstream readme(kExamples / "README.md");
  const std::string page((std::istreambuf_iterator<char>(readme)), {});
  EXPECT_THAT(page, HasSubstr("    " + sentence));
}

TEST(ExecProgram, LintStartsNothingAndSaysInANoteWhatItCannotKnow) {
  Desk desk;
  desk.put("papers.jsonl", kPapers);
  put_program(desk, "rank.sh", "#!/bin/sh\ntouch started\n");
  desk.put(
      "p.toml",
      with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./rank.sh\"]\n[stage.options]\nwords = [\"a\"]\n"));
  const Ending lint = desk.run({"lint", "p.toml"});
  EXPECT_EQ(lint.exit, 0);
  EXPECT_EQ(lint.out,
            "p.toml:10:7: note[G609]: exec: Its options are known to rank.sh alone, which was not started; "
            "\"gleaner "
            "check\" asks it.\nuse = \"exec\"\n      ^\n");
  EXPECT_EQ(lint.err, "0 errors, 0 warnings, 1 note\n");
  EXPECT_FALSE(desk.has("started"));
  EXPECT_THAT(desk.run({"lint", "--json", "p.toml"}).out, HasSubstr("\"severity\":\"note\""));
  EXPECT_EQ(desk.run({"lint", "-q", "p.toml"}).out, "");
}

TEST(ExecProgram, AFailingProgramLeavesItsPapersUnjudgedAndIsNamed) {
  Desk desk;
  desk.put("papers.jsonl", kPapers);
  put_program(desk, "rank.sh",
              "#!/bin/sh\nread -r hello; echo '{\"ready\": \"exec/1\"}'; echo 'no model' >&2; exit 3\n");
  desk.put(
      "p.toml",
      with_stage(
          "[[stage]]\nuse = \"exec\"\nname = \"rank\"\ncommand = [\"./rank.sh\"]\naxes = [\"relevance\"]\n"));
  const Ending run = desk.run({"run", "p.toml"});
  EXPECT_EQ(run.exit, 3);
  EXPECT_THAT(run.err,
              HasSubstr("rank: rank.sh ended with exit status 3 before it had answered for 0 of 2 papers. On "
                        "its standard error: \"no model\"."));
  desk.put("q.toml",
           with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./rank.sh\"]\non_error = \"stop\"\n"));
  EXPECT_EQ(desk.run({"run", "q.toml"}).exit, 1);
}

// A filter that never ran would let every paper through, to whoever the outputs write.
TEST(ExecProgram, ThatIsNotThereEndsTheRunBeforeAnythingIsWritten) {
  Desk desk;
  desk.put("papers.jsonl", kPapers);
  desk.put("p.toml", with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./gone.sh\"]\n") +
                         "[[output]]\nuse = \"json\"\nname = \"whole\"\npath = \"whole.json\"\n");
  const Ending run = desk.run({"run", "p.toml"});
  EXPECT_EQ(run.exit, 78);
  EXPECT_THAT(run.err, HasSubstr("p.toml:11:12: exec: There is no file "));
  EXPECT_EQ(run.out, "");
  EXPECT_FALSE(desk.has("whole.json"));
}

TEST(ExecProgram, ThatIsNotThereAsTheOnlySourceMeansNoDigest) {
  Desk desk;
  desk.put("p.toml",
           "[[source]]\nuse = \"exec\"\ncommand = [\"./gone.sh\"]\n[[output]]\nuse = \"markdown\"\npath = "
           "\"-\"\n");
  const Ending run = desk.run({"run", "p.toml"});
  EXPECT_EQ(run.exit, 1);
  EXPECT_THAT(run.err, HasSubstr("p.toml:3:12: exec: There is no file "));
  EXPECT_EQ(run.out, "");
}

TEST(ExecProgram, AnInterruptedRunLeavesNoProgramBehind) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Desk desk;
    desk.put("papers.jsonl", kPapers);
    // It has a helper of its own, and neither of them listens.
    put_program(
        desk, "rank.sh",
        "#!/bin/sh\ntrap '' TERM INT HUP\nread -r hello; echo '{\"ready\": \"exec/1\"}'\n"
        "(trap '' TERM INT HUP; sleep 60) & echo $! > helper\necho $$ > pid\nwhile :; do sleep 0.1; done\n");
    desk.put("p.toml", with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./rank.sh\"]\n"));
    const auto run = desk.start(desk.gleaner({"run", "p.toml"}));
    ASSERT_TRUE(appears(desk, "pid"));
    run->send(signal);
    const Ending ending = run->wait(std::chrono::seconds(20));
    EXPECT_EQ(ending.exit, 130) << ending.err;
    EXPECT_FALSE(is_running(pid_in(desk, "pid")));
    EXPECT_TRUE(ends(pid_in(desk, "helper")));
  }
}

TEST(ExecProgram, ADryRunTellsStagesAndStartsNoOutput) {
  Desk desk;
  desk.put("papers.jsonl", kPapers);
  put_program(desk, "rank.sh",
              "#!/bin/sh\nread -r hello; echo \"$hello\" > hello; echo '{\"ready\": \"exec/1\"}'\nwhile read "
              "-r p; do echo '{}'; "
              "done\n");
  put_program(desk, "post.sh", "#!/bin/sh\ntouch posted\n");
  desk.put("p.toml", with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./rank.sh\"]\n") +
                         "[[output]]\nuse = \"exec\"\ncommand = [\"./post.sh\"]\n");
  EXPECT_EQ(desk.run({"run", "--dry-run", "p.toml"}).exit, 0);
  EXPECT_THAT(desk.get("hello"), HasSubstr("\"dry_run\":true"));
  EXPECT_FALSE(desk.has("posted"));
}

TEST(ExecProgram, ASecretReachesTheProgramAndNoLog) {
  Desk desk;
  desk.set("TOKEN", "hunter2hunter2");
  desk.put("papers.jsonl", kPapers);
  put_program(desk, "rank.sh",
              "#!/bin/sh\nread -r hello; echo \"$hello\" > hello; echo \"$hello\" >&2; env > seen; exit 1\n");
  desk.put(
      "p.toml",
      with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./rank.sh\"]\nsecret = \"${secret:TOKEN}\"\n"));
  const Ending run = desk.run({"run", "-v", "p.toml"});
  EXPECT_THAT(desk.get("hello"), HasSubstr("\"secret\":\"hunter2hunter2\""));
  EXPECT_THAT(run.err, Not(HasSubstr("hunter2")));
  EXPECT_THAT(desk.get("seen"), Not(HasSubstr("hunter2")));
}

TEST(ExecProgram, ASecretInACommentOrAReasonIsBlackedOutInTheDigest) {
  Desk desk;
  desk.set("TOKEN", "hunter2hunter2");
  desk.put("papers.jsonl", kPapers);
  put_program(desk, "tell.sh",
              "#!/bin/sh\nread -r hello\necho "
              "'{\"ready\":\"exec/1\",\"name\":\"t\",\"version\":\"1\",\"kind\":\"filter\"}'\n"
              "n=0\nwhile read -r paper; do n=$((n+1)); if [ $n = 1 ]; then echo '{\"drop\":\"no "
              "hunter2hunter2\"}'; else "
              "echo '{\"comment\":\"c hunter2hunter2\"}'; fi; done\n");
  desk.put(
      "p.toml",
      with_stage("[[stage]]\nuse = \"exec\"\ncommand = [\"./tell.sh\"]\nsecret = \"${secret:TOKEN}\"\n") +
          "[[output]]\nuse = \"json\"\nname = \"whole\"\npath = \"whole.json\"\n");
  const Ending run = desk.run({"run", "p.toml"});
  EXPECT_THAT(desk.get("whole.json"), HasSubstr("\"comment\":\"c ***\"")) << run.err;
  EXPECT_THAT(desk.get("whole.json"), HasSubstr("\"reason\":\"no ***\""));
  EXPECT_THAT(desk.get("whole.json"), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace gleaner::exec
