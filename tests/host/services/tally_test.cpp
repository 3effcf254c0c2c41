#include "host/services/tally.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace gleaner::host {
namespace {

using testing::ElementsAre;

TEST(Tally, KeepsTheFirstAndCountsTheRest) {
  Tally tally(2, Tally::Keep::first);
  EXPECT_TRUE(tally.add("c"));
  EXPECT_TRUE(tally.add("b"));
  EXPECT_FALSE(tally.add("a"));
  EXPECT_FALSE(tally.add("c"));  // said before
  EXPECT_FALSE(tally.add("d"));
  EXPECT_THAT(tally.lines(), ElementsAre("c", "b", "… and 2 more."));
}

TEST(Tally, KeepsTheSmallestWhateverTheOrder) {
  std::vector<std::string> words{"a", "a", "b", "c", "c", "d"};
  do {
    Tally tally(2, Tally::Keep::smallest);
    for (const auto& word : words)
      tally.add(word);
    ASSERT_THAT(tally.lines(), ElementsAre("a", "b", "… and 3 more."));
  } while (std::next_permutation(words.begin(), words.end()));
}

TEST(Tally, OfNothingIsSilent) {
  const Tally tally(2, Tally::Keep::first);
  EXPECT_TRUE(tally.lines().empty());
  EXPECT_EQ(tally.more_words(), "");
}

}  // namespace
}  // namespace gleaner::host
