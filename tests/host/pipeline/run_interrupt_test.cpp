#include <atomic>
#include <chrono>
#include <thread>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Sets the flag once a file has appeared.
class Interrupt {
 public:
  Interrupt(std::atomic<bool>& flag, std::filesystem::path file)
      : thread_([&flag, file = std::move(file)] {
          for (int i = 0; i < 20'000 && !std::filesystem::exists(file); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          flag = true;
        }) {}
  ~Interrupt() { thread_.join(); }
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  std::thread thread_;
};

// It pushes without end and never asks: the host's queue must tell it.
TEST_F(PipelineRun, ASourceThatNeverAsksIsStoppedByTheSink) {
  for (const unsigned threads : {1u, 4u}) {
    std::filesystem::remove(file("started"));
    std::atomic<bool> cancelled{false};
    options.cancelled = &cancelled;
    options.threads = threads;
    const Interrupt interrupt(cancelled, file("started"));
    const auto result = run(
        with("[[source]]\nuse = \"deaf\"\nstarted = \"started\"\n[[stage]]\nuse = \"rule\"\ndrop = \"*\"\n"));
    EXPECT_EQ(result.exit, exit_interrupted);
    EXPECT_THAT(left_behind(), ElementsAre("started"));
  }
}

TEST_F(PipelineRun, AllSourcesAreStoppedAtTheBarrier) {
  std::atomic<bool> cancelled{false};
  options.cancelled = &cancelled;
  const Interrupt interrupt(cancelled, file("started"));
  const auto result =
      run(with("[[source]]\nuse = \"deaf\"\nstarted = \"started\"\n[[source]]\nuse = \"given\"\npapers = "
               "[\"a|A\"]\n"));
  EXPECT_EQ(result.exit, exit_interrupted);
}

TEST_F(PipelineRun, WhatEndsBecauseOfTheInterruptionIsNoFailure) {
  std::atomic<bool> cancelled{true};
  options.cancelled = &cancelled;
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[stage]]\nuse = \"fails\"\nstatus = 6\n"));
  EXPECT_EQ(result.exit, exit_interrupted);
  EXPECT_THAT(result.errors, Not(testing::Contains(HasSubstr("It broke"))));
}

}  // namespace
}  // namespace gleaner::host
