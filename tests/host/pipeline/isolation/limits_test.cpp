// What a worker may use, and what it is not let near.
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

class IsolatedLimits : public PipelineRun {
 protected:
  static std::string beast(const std::string& how, const std::string& isolate, int papers = 20) {
    return with("[[source]]\nuse = \"many\"\ncount = " + std::to_string(papers) +
                "\n[[stage]]\nuse = \"beast\"\nhow = \"" + how +
                "\"\non = \"p000003\"\nisolate = " + isolate + "\n");
  }
};

TEST_F(IsolatedLimits, AHangEndsAtTheDeadline) {
  const auto begun = std::chrono::steady_clock::now();
  const auto result = run(beast("loop", "{ deadline = \"3s\" }"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 60s);
  EXPECT_THAT(
      result.errors,
      ElementsAre("beast: the scorer \"beast\" 1.2.0 (isolation-beasts.so) did not come back within 3s "
                  "and was stopped while it probably judged p000003; the paper is left unjudged and the "
                  "others were judged in a new process."));
  EXPECT_EQ(result.digest.papers.size(), 19U);
}

TEST_F(IsolatedLimits, MemoryEndsWhereItIsSaid) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(beast("memory", "{ memory = \"256MiB\" }"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("memory")));
}

TEST_F(IsolatedLimits, OpenFilesAreCounted) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(beast("files", "\"process\""));
  EXPECT_THAT(result.errors, ElementsAre(testing::MatchesRegex("beast: Open number [56][0-9] failed\\.")));
  const auto more = run(beast("files", "{ files = 400 }"));
  EXPECT_THAT(more.errors, IsEmpty());
}

TEST_F(IsolatedLimits, NoSocketNoSecretInSightButTheServices) {
  ::setenv("ISOLATION_TEST_KEY", "hidden-value", 1);
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 5\n[[stage]]\nuse = \"teller\"\nkey = "
               "\"${secret:ISOLATION_TEST_KEY}\"\nisolate = \"process\"\n"));
  ASSERT_EQ(result.exit, exit_complete);
  const auto digest = read("digest.json");
  EXPECT_THAT(digest, HasSubstr("socket: Permission denied"));
  EXPECT_THAT(digest, HasSubstr("store: 12-"));
  EXPECT_THAT(digest, HasSubstr("secret: hidden"));
  EXPECT_THAT(digest, HasSubstr("environment: clean"));
  EXPECT_THAT(digest, testing::Not(HasSubstr("\"pid: " + std::to_string(::getpid()) + "\"")));
}

TEST_F(IsolatedLimits, AnInterruptionDoesNotWaitForADeafPlugin) {
  std::atomic<bool> cancelled{false};
  options.cancelled = &cancelled;
  std::thread reader([&cancelled] {
    std::this_thread::sleep_for(500ms);
    cancelled = true;
  });
  const auto begun = std::chrono::steady_clock::now();
  const auto result = run(beast("loop", "\"process\""));
  reader.join();
  EXPECT_EQ(result.exit, exit_interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 60s);
}

/// The process the file names, once it does.
pid_t pid_in(const std::filesystem::path& file) {
  for (int i = 0; i < 2000; ++i) {
    pid_t pid = 0;
    if (std::ifstream(file) >> pid) return pid;
    std::this_thread::sleep_for(10ms);
  }
  return 0;
}

/// Gone, or a zombie that nobody has looked at yet.
bool is_gone(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string number, name, state;
  return !(stat >> number >> name >> state) || state == "Z";
}

TEST_F(IsolatedLimits, AWorkerDoesNotOutliveItsHost) {
  std::ofstream(file("ml.toml"))
      << "state = \"none\"\n[[source]]\nuse = \"many\"\ncount = 5\n[[stage]]\nuse = "
         "\"beast\"\nhow = \"loop\"\non = \"p000003\"\nmark = \"pid\"\nisolate = "
         "\"process\"\n[[output]]\nuse = \"dump\"\npath = \"digest.json\"\n";
  test::Child host({GLEANER_BINARY_DIR "/bin/gleaner", "run", file("ml.toml").string(), "--plugin-path",
                    GLEANER_BINARY_DIR "/tests/pipeline_plugins"},
                   {});
  const auto worker = pid_in(file("pid"));
  ASSERT_GT(worker, 0);
  std::ifstream cmdline("/proc/" + std::to_string(worker) + "/cmdline");
  std::string name;
  std::getline(cmdline, name, '\0');
  EXPECT_EQ(name, "gleaner");
  host.send(SIGKILL);
  EXPECT_EQ(host.finish().signal, SIGKILL);
  for (int i = 0; i < 500 && !is_gone(worker); ++i)
    std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(is_gone(worker));
}

}  // namespace
}  // namespace gleaner::host
