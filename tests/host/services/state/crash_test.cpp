// kill -9 at random instants of a process that writes all the time. After each the file opens as if nothing
// had happened, and holds whatever the process had said that it holds.
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/host/services/state/state_children.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class StateCrash : public StateTest {
 protected:
  using Promises =
      std::map<std::string, std::uint64_t>;  // the last number of "put", "answer", "label", "run"

  /// Adds what it said; the number of lines.
  std::size_t kill_after(std::chrono::microseconds time, std::uint64_t seed, Promises& promised) const {
    test::Child worker({state_child, "work", file.string(), std::to_string(seed)}, {});
    std::this_thread::sleep_for(time);
    worker.send(SIGKILL);
    const auto result = worker.finish();
    EXPECT_EQ(result.signal, SIGKILL) << result.out;
    std::istringstream said(result.out);
    std::string what;
    std::size_t lines = 0;
    for (std::uint64_t number = 0; said >> what >> number; ++lines)
      promised[what] = number;
    return lines;
  }

  static void expect_kept(State& state, Promises& promised) {
    const auto at = [&](const std::string& what) {
      const auto found = promised.find(what);
      return found == promised.end() ? 0 : found->second;
    };
    const auto put = std::stoull(state.components().get("child", "number").value_or("0"));
    EXPECT_GE(put, at("put"));
    EXPECT_LE(put, at("put") + 1);  // one more may have arrived before it could be said
    promised["put"] = put;          // the next one goes on from there
    const auto labels = state.labels_of("2505.10000");
    ASSERT_LE(labels.size(), 1U);
    EXPECT_GE(labels.empty() ? 0 : std::stoull(labels.front().value), at("label"));
    const auto runs = state.runs();
    ASSERT_LE(runs.size(), 1U);
    const auto digest = std::stoull(state.digest("2025-05-20").value_or("0"));
    EXPECT_GE(digest, at("run"));
    if (digest > 0) {
      for (int i = 0; i < 60; ++i) {
        const auto said = state.judgements("2505." + std::to_string(10000 + i));
        ASSERT_EQ(said.size(), 1U);
        ASSERT_EQ(said.front().comment, std::to_string(digest));
      }
      const std::string paper = R"({"id": ")" + std::to_string(digest) + "\"}";
      EXPECT_EQ(state.carried("2025-05-21"), std::vector<std::string>{paper});
      ASSERT_EQ(state.deliveries("2025-05-20").size(), 1U);
      EXPECT_EQ(state.deliveries("2025-05-20").front().error, std::to_string(digest));
    }
    if (at("answer") > digest) {  // received, and its run not over: another try finds it
      state.begin_run({"2025-05-20", "another try", false});
      const auto answer = state.answers().received("answer");
      ASSERT_TRUE(answer);
      EXPECT_GE(std::stoull(answer->body), at("answer"));
    }
  }
};

TEST_F(StateCrash, FortyKillsLoseNothingAndLeaveNothingHalfDone) {
  constexpr std::uint64_t seed = 20250526;
  std::mt19937_64 chance(seed);
  Promises promised;
  std::size_t made = 0;
  for (int i = 0; i < 40; ++i) {
    const auto time = std::chrono::microseconds(1'000 + chance() % 150'000);
    made += kill_after(time, chance(), promised);
    const auto state = open();
    expect_kept(*state, promised);
    ASSERT_FALSE(HasFailure()) << "seed " << seed << ", kill " << i;
  }
  EXPECT_GT(made, 20U);  // it came to work
}

}  // namespace
}  // namespace gleaner::host::state
