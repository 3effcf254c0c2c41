// SIGINT and SIGTERM, and what a terminal shows meanwhile.
#include <csignal>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::Child;

class Interrupt : public Gleaner {
 protected:
  Interrupt() {
    std::string waiting = pipeline;
    waiting.replace(waiting.find("use  = \"jsonl\"\nfile = \"papers.jsonl\""), 34, "use = \"probe-cancel\"");
    write("waiting.toml", waiting);
  }
  [[nodiscard]] std::vector<std::string> words() const {
    return {executable(), "run", "waiting.toml", "-v", "--plugin-path", GLEANER_BINARY_DIR "/tests/probes"};
  }
};

class InterruptBy : public Interrupt, public ::testing::WithParamInterface<int> {};

TEST_P(InterruptBy, EndsTheRunWith130AndNoFile) {
  ChildOptions terminal = options();
  terminal.environment.emplace_back("LANG", "C");
  Child child({"sh", "-c", "echo started >&2; exec \"$@\"", "sh", words()[0], "run", "waiting.toml",
               "--plugin-path", GLEANER_BINARY_DIR "/tests/probes"},
              terminal);
  ASSERT_TRUE(child.wait_for_error("started"));
  // The flag is set up before plugins are opened; the source waits for a minute.
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  child.send(GetParam());
  const ChildResult result = child.finish();
  EXPECT_EQ(result.exit, 130) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr(": interrupted.\n"));
  EXPECT_FALSE(exists("out"));
}
INSTANTIATE_TEST_SUITE_P(Both, InterruptBy, ::testing::Values(SIGINT, SIGTERM),
                         [](const auto& each) { return each.param == SIGINT ? "Sigint" : "Sigterm"; });

}  // namespace
}  // namespace gleaner::host::cli::test
