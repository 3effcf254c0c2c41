// The sample run under valgrind: no invalid access, nothing lost.
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"

namespace gleaner::e2e {
namespace {

TEST(Valgrind, SampleRunLosesNoMemory) {
  if (!std::string(GLEANER_SANITIZED).empty())
    GTEST_SKIP() << "the sanitizers of this build do not run under valgrind";
  Desk desk;
  if (desk.ask({"valgrind", "--version"}).empty()) GTEST_SKIP() << "valgrind is not installed";
  // Under valgrind a plugin may take longer to load than the 2 s that a scan gives it: what it says is known.
  EXPECT_EQ(desk.run(desk.gleaner({"plugin", "rescan"})).exit, 0);
  Command command =
      desk.gleaner({"run", GLEANER_SOURCE_DIR "/pipelines/sample.toml", "--out", desk.work().string()});
  command.words.insert(command.words.begin(), {"/usr/bin/env", "valgrind", "--quiet", "--error-exitcode=9",
                                               "--leak-check=full", "--errors-for-leak-kinds=definite"});
  command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
  const Ending ending = desk.start(command)->wait(std::chrono::seconds(240));
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_TRUE(desk.has("out/2026-11-18.md"));
}

}  // namespace
}  // namespace gleaner::e2e
