#include "work.hpp"

#include <array>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::chat {
namespace {

using testing::ElementsAre;

std::vector<std::vector<std::size_t>> places(const std::deque<Work>& work) {
  std::vector<std::vector<std::size_t>> out;
  for (const auto& item : work)
    out.push_back(item.papers);
  return out;
}

bool none_alone(std::size_t) {
  return false;
}

TEST(Requests, AreFilledInOrderUpToTheirTokens) {
  const std::array<std::size_t, 5> papers{0, 1, 2, 3, 4};
  const std::array<std::uint64_t, 5> tokens{40, 50, 30, 70, 10};
  const auto work = cut_into_requests(
      papers, {100, 10}, [&](std::size_t i) { return tokens[i]; }, none_alone);
  EXPECT_THAT(places(work), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
}

TEST(Requests, APaperLargerThanARequestGetsItsOwn) {
  const std::array<std::size_t, 3> papers{0, 1, 2};
  const std::array<std::uint64_t, 3> tokens{10, 500, 10};
  const auto work = cut_into_requests(
      papers, {100, 10}, [&](std::size_t i) { return tokens[i]; }, none_alone);
  EXPECT_THAT(places(work), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
}

TEST(Requests, HoldAsManyPapersAsAllowed) {
  std::array<std::size_t, 7> papers{};
  std::iota(papers.begin(), papers.end(), 0U);
  const auto work = cut_into_requests(
      papers, {1'000'000, 3}, [](std::size_t) { return 1U; }, none_alone);
  EXPECT_THAT(places(work), ElementsAre(ElementsAre(0, 1, 2), ElementsAre(3, 4, 5), ElementsAre(6)));
}

TEST(Requests, ASuspiciousPaperIsAloneAndDoesNotPartItsNeighbours) {
  const std::array<std::size_t, 4> papers{0, 1, 2, 3};
  const auto work = cut_into_requests(
      papers, {100, 10}, [](std::size_t) { return 10U; }, [](std::size_t i) { return i == 1; });
  EXPECT_THAT(places(work), ElementsAre(ElementsAre(1), ElementsAre(0, 2, 3)));
}

TEST(Bisection, HalvesAndEndsAtOnePaper) {
  const std::array<std::size_t, 5> five{7, 8, 9, 11, 12};
  const auto halves = bisected(five);
  ASSERT_EQ(halves.size(), 2U);
  EXPECT_THAT(halves[0].papers, ElementsAre(7, 8, 9));
  EXPECT_THAT(halves[1].papers, ElementsAre(11, 12));
  const std::array<std::size_t, 1> one{4};
  const auto alone = bisected(one);
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_THAT(alone[0].papers, ElementsAre(4));
}

}  // namespace
}  // namespace gleaner::chat
