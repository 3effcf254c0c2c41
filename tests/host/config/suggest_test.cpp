#include "host/config/suggest.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

const std::vector<std::string> words{"openai", "markdown", "model", "via", "file", "base_url", "categories"};

TEST(Distance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("model", "model"), 0U);
  EXPECT_EQ(edit_distance("modle", "model"), 1U);
  EXPECT_EQ(edit_distance("moel", "model"), 1U);
  EXPECT_EQ(edit_distance("modeel", "model"), 1U);
  EXPECT_EQ(edit_distance("modal", "model"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // a swapped pair is not edited again
}

TEST(Suggest, FindsTheSlip) {
  EXPECT_EQ(nearest("modle", words), "model");
  EXPECT_EQ(nearest("opnai", words), "openai");
  EXPECT_EQ(nearest("catagorys", words), "categories");
  EXPECT_EQ(nearest("vai", words), "via");
}

TEST(Suggest, CaseAndDashesAreNoMistake) {
  EXPECT_EQ(nearest("Base-URL", words), "base_url");
  EXPECT_EQ(nearest("OpenAI", words), "openai");
}

TEST(Suggest, TheStartOfExactlyOneWordIsEnough) {
  EXPECT_EQ(nearest("cat", words), "categories");
  EXPECT_EQ(nearest("ca", words), std::nullopt);
  EXPECT_EQ(nearest("abc", std::vector<std::string>{"abcdefgh", "abcdefgx"}), std::nullopt);
}

TEST(Suggest, DoesNotGuessFarWordsNorShortOnes) {
  EXPECT_EQ(nearest("temperature", words), std::nullopt);
  EXPECT_EQ(nearest("xy", words), std::nullopt);
  EXPECT_EQ(nearest("", words), std::nullopt);
  EXPECT_EQ(nearest("a", std::vector<std::string>{"b"}), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'm'), words), std::nullopt);
}

TEST(Suggest, SaysItAsAQuestion) {
  EXPECT_EQ(did_you_mean("modle", words), "; did you mean \"model\"?");
  EXPECT_EQ(did_you_mean("zzzzzz", words), "");
}

}  // namespace
}  // namespace gleaner::host
