#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Two stages that remember, one that works on several threads in any order, warnings, prices and repeats.
constexpr std::string_view day = R"(
[[source]]
use = "many"
count = 5000
repeats = true
[[stage]]
use = "counter"
name = "first"
[[stage]]
use = "busy"
[[stage]]
use = "counter"
name = "second"
[select]
min = { relevance = 3 }
order = ["relevance", "first.place"]
limit = 400
)";

TEST_F(PipelineRun, SixteenThreadsMakeTheBytesOfOne) {
  options.threads = 1;
  const auto one = run(with(day));
  const auto bytes = read("digest.json");
  EXPECT_EQ(one.digest.papers.size(), 400u);
  for (const unsigned threads : {2u, 16u, 16u}) {
    options.threads = threads;
    const auto many = run(with(day));
    ASSERT_EQ(read("digest.json"), bytes) << threads;
    EXPECT_EQ(many.exit, one.exit);
    ASSERT_EQ(many.dropped.size(), one.dropped.size());
    for (std::size_t i = 0; i < one.dropped.size(); ++i)
      ASSERT_EQ(many.dropped[i].id, one.dropped[i].id);
  }
}

TEST_F(PipelineRun, AStageThatRemembersSeesThePapersInOrder) {
  options.threads = 16;
  const auto result =
      run(with("[[source]]\nuse = \"many\"\ncount = 3000\n[[stage]]\nuse = \"busy\"\n[[stage]]\nuse = "
               "\"counter\"\n[select]\norder = []\n"));
  double last = -1;
  std::size_t seen = 0;
  for (const auto& paper : result.digest.papers)
    for (const auto& [axis, value] : paper.scores) {
      if (axis != "place") continue;
      ASSERT_GT(value, last);
      last = value;
      ++seen;
    }
  EXPECT_GT(seen, 2000u);
}

TEST_F(PipelineRun, FaultsAreTheSameThreeWhateverTheThreads) {
  std::vector<std::string> first;
  for (const unsigned threads : {1u, 16u}) {
    options.threads = threads;
    const auto result = run(with("[[source]]\nuse = \"many\"\ncount = 4000\n[[stage]]\nuse = \"busy\"\n"));
    std::size_t faults = 0;
    for (const auto& warning : result.digest.warnings)
      faults += warning.find("the score was not taken") != std::string::npos ? 1u : 0u;
    EXPECT_EQ(faults, 3u);
    if (first.empty()) first = result.digest.warnings;
    EXPECT_EQ(result.digest.warnings, first);
  }
}

// It throws std::bad_alloc in the middle of the day, with stages after it that wait for every chunk in turn.
TEST_F(PipelineRun, AStageThatThrowsAcrossTheLineFailsAndHangsNothing) {
  for (const unsigned threads : {1u, 4u, 16u}) {
    options.threads = threads;
    const auto result = run(with(R"(
[[source]]
use = "many"
count = 20000
[[stage]]
use = "counter"
name = "before"
[[stage]]
use = "thrower"
[[stage]]
use = "counter"
name = "after"
)"));
    EXPECT_EQ(result.exit, exit_incomplete);
    EXPECT_THAT(result.errors, ElementsAre("thrower: It ran out of memory."));
    EXPECT_EQ(result.digest.date, "2025-05-07");
    EXPECT_THAT(left_behind(), ElementsAre("digest.json"));
  }
}

}  // namespace
}  // namespace gleaner::host
