#include "plugins/keyword/core/score.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::keyword {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Verdict judge(const Options& options, std::string_view title, std::string_view abstract,
              std::vector<std::string_view> categories = {}) {
  Scorer::Scratch scratch;
  Verdict verdict;
  Scorer(options).score({title, abstract, categories}, scratch, verdict);
  return verdict;
}

Options options() {
  Options options;
  options.positive = {{"mixture of experts", 4}, {"pruning", 3}};
  options.negative = {{"survey", 2}};
  options.category_weights = {{"cs.LG", 1}, {"stat.ML", 0.5}};
  return options;
}

TEST(Score, SumsWeightTimesField) {
  EXPECT_DOUBLE_EQ(judge(options(), "Pruning", "").raw, 9);                               // 3 × 3
  EXPECT_DOUBLE_EQ(judge(options(), "", "pruning").raw, 3);                               // 3 × 1
  EXPECT_DOUBLE_EQ(judge(options(), "Pruning", "pruning a mixture of experts").raw, 16);  // 9 + 3 + 4
}

TEST(Score, APhraseCountsOnceForAField) {
  EXPECT_DOUBLE_EQ(judge(options(), "", "pruning, pruning and more pruning").raw, 3);
}

TEST(Score, NegativePhrasesSubtractAndCategoriesAdd) {
  EXPECT_DOUBLE_EQ(judge(options(), "A survey of pruning", "", {"cs.LG", "cs.AI", "stat.ML"}).raw,
                   4.5);  // 9 − 6 + 1.5
}

// Worked out by hand from 1 + 9 · (1 − e^(−raw / 8)).
TEST(Score, RelevanceFollowsItsCurve) {
  EXPECT_DOUBLE_EQ(relevance_of(12, 8), 8.0);  // weight 4 in the title
  EXPECT_DOUBLE_EQ(relevance_of(1, 8), 2.1);
  EXPECT_DOUBLE_EQ(relevance_of(4, 8), 4.5);
  EXPECT_DOUBLE_EQ(relevance_of(16, 8), 8.8);
  EXPECT_DOUBLE_EQ(relevance_of(1e300, 8), 10.0);
  EXPECT_DOUBLE_EQ(relevance_of(0, 8), 1.0);
  EXPECT_DOUBLE_EQ(relevance_of(-5, 8), 1.0);
  EXPECT_DOUBLE_EQ(relevance_of(12, 1e300), 1.0);
}

TEST(Score, RelevanceNeverFallsAsTheSumRises) {
  double before = 1;
  for (double raw = -2; raw < 100; raw += 0.01) {
    const double relevance = relevance_of(raw, 8);
    ASSERT_GE(relevance, before) << raw;
    ASSERT_LE(relevance, 10);
    before = relevance;
  }
}

TEST(Comment, NamesWhatMatchedTheLargestFirst) {
  EXPECT_EQ(
      judge(options(), "Mixtures of experts: a survey", "We prune a mixture-of-experts by pruning", {"cs.LG"})
          .comment,
      "Matches: mixture of experts (title, abstract), pruning (abstract); against: survey (title); category "
      "cs.LG");
  EXPECT_EQ(judge(options(), "Pruning", "A mixture of experts").comment,
            "Matches: pruning (title), mixture of experts (abstract)");
}

TEST(Comment, EveryPartMayStandAlone) {
  EXPECT_EQ(judge(options(), "", "A survey").comment, "Against: survey (abstract)");
  EXPECT_EQ(judge(options(), "", "A survey", {"cs.LG"}).comment,
            "Against: survey (abstract); category cs.LG");
  EXPECT_EQ(judge(options(), "", "", {"stat.ML", "cs.LG"}).comment, "Categories stat.ML, cs.LG");
}

TEST(Comment, SaysWhenNothingMatched) {
  const Verdict verdict = judge(options(), "Moss", "on stones", {"q-bio.PE"});
  EXPECT_EQ(verdict.comment, "No keyword matched.");
  EXPECT_DOUBLE_EQ(verdict.relevance, 1);
}

TEST(Comment, EqualContributionsAreInByteOrder) {
  Options equal;
  equal.positive = {{"zebra", 1}, {"ant", 1}, {"Moth", 1}};
  EXPECT_EQ(judge(equal, "zebra moth ant", "").comment, "Matches: Moth (title), ant (title), zebra (title)");
}

TEST(Comment, AFieldWithoutWeightIsNotRead) {
  Options title_only = options();
  title_only.field_weights = {{"title", 3}};
  EXPECT_EQ(judge(title_only, "", "pruning").comment, "No keyword matched.");
}

TEST(Score, ScratchAndVerdictAreReusedWithoutATrace) {
  const Scorer scorer(options());
  Scorer::Scratch scratch;
  Verdict verdict;
  scorer.score({"Pruning", "survey", {}}, scratch, verdict);
  scorer.score({"Moss", "", {}}, scratch, verdict);
  EXPECT_EQ(verdict.comment, "No keyword matched.");
  EXPECT_DOUBLE_EQ(verdict.raw, 0);
}

TEST(Options, DefaultsCanBeUsed) {
  EXPECT_THAT(check(Options{}), IsEmpty());
}

TEST(Options, EveryMistakeIsSaid) {
  Options wrong;
  wrong.positive = {{"pruning", -1}, {"--", 2}};
  wrong.negative = {{"survey", std::numeric_limits<double>::infinity()}};
  wrong.field_weights = {{"titel", 3}};
  wrong.category_weights = {{"cs.LG", std::nan("")}, {"cs.AI", -2}};
  wrong.scale = 0;
  EXPECT_THAT(
      check(wrong),
      ElementsAre(
          "\"--\" in `positive` is no phrase: it needs at least one letter, digit or sign to look for.",
          "The weight of \"pruning\" in `positive` has to be a finite number of 0 or more; phrases that "
          "count against a paper go into `negative`.",
          "The weight of \"survey\" in `negative` has to be a finite number of 0 or more.",
          "`field_weights` knows `title` and `abstract`, not \"titel\".",
          "The weight of \"cs.LG\" in `category_weights` has to be a finite number.",
          "`scale` has to be a number above 0."));
  EXPECT_THROW(Scorer{wrong}, std::invalid_argument);
}

}  // namespace
}  // namespace gleaner::keyword
