#include "host/cli/run_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/cli/verbs.hpp"

namespace gleaner::host::cli {
namespace {

using testing::ElementsAre;

RunRequest request(std::vector<std::string> words) {
  words.insert(words.begin(), "p.toml");
  return read_run_request(Arguments::parse(run_verb(), words));
}

TEST(RunRequest, ARangeIsEveryDayOldestFirst) {
  EXPECT_THAT(request({"--from", "2024-02-28", "--to", "2024-03-01"}).dates,
              ElementsAre("2024-02-28", "2024-02-29", "2024-03-01"));
  EXPECT_THAT(request({"--from", "2024-03-01", "--to", "2024-03-01"}).dates, ElementsAre("2024-03-01"));
}

TEST(RunRequest, WithoutADateThereIsOneRunOfToday) {
  EXPECT_THAT(request({}).dates, ElementsAre(""));
}

TEST(RunRequest, OutIsMadeAbsolute) {
  EXPECT_TRUE(request({"--out", "somewhere/../there"}).out.is_absolute());
  EXPECT_EQ(request({"--out", "/a/../b"}).out, "/b");
  EXPECT_TRUE(request({}).out.empty());
}

int exit_of(std::vector<Ending> endings) {
  return combined_exit(endings);
}

TEST(CombinedExit, OneRunSpeaksForItself) {
  for (const int code : {0, 1, 3, 78, 130})
    EXPECT_EQ(exit_of({{code, false}}), code);
}

TEST(CombinedExit, AnInterruptionGoesFirst) {
  EXPECT_EQ(exit_of({{0, true}, {1, false}, {130, false}}), 130);
}

TEST(CombinedExit, NoDigestAtAllIs1) {
  EXPECT_EQ(exit_of({{1, false}, {1, false}}), 1);
  EXPECT_EQ(exit_of({{0, false}, {1, false}}), 1);  // a quiet day and a failed one
}

TEST(CombinedExit, ADateThatIsMissingAmongOthersIs3) {
  EXPECT_EQ(exit_of({{0, true}, {1, false}}), 3);
}

TEST(CombinedExit, AnIncompleteDateIs3AndAllCompleteIs0) {
  EXPECT_EQ(exit_of({{0, true}, {3, true}}), 3);
  EXPECT_EQ(exit_of({{0, true}, {0, true}, {0, false}}), 0);
}

}  // namespace
}  // namespace gleaner::host::cli
