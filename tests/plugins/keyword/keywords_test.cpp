// The component `keyword`: its options, and what it tells the host.
#include "plugins/keyword/keywords.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

namespace gleaner::keyword {
namespace {

namespace kit = gleaner::testkit;
using ::testing::IsEmpty;

Error refusal(const kit::Settings& settings) {
  kit::FakeHost host;
  try {
    const auto scorer = kit::make<Keywords>(host, settings);
  } catch (const Error& error) {
    return error;
  }
  return Error("none", GLEANER_OK);
}

const kit::Settings kExperts = {{"positive", kit::map({{"mixture of experts", 4}, {"pruning", 3}})}};

TEST(Keywords, ScoreByTheDefaultWeightsOfTitleAndAbstract) {  // 1 + 9 (1 - e^(-raw / 8)), worked out by hand
  kit::FakeHost host;
  auto scorer = kit::make<Keywords>(host, kExperts);
  const auto judged = scorer.judge({kit::paper("2603.00001", "Mixtures of Experts"),
                                    kit::paper("2603.00002", "A title", "We prune nothing. Pruning."),
                                    kit::paper("2603.00003", "A title")});
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, IsEmpty());
  EXPECT_DOUBLE_EQ(judged.score(0, "relevance"), 8.0);  // raw 12
  EXPECT_DOUBLE_EQ(judged.score(1, "relevance"), 3.8);  // raw 3
  EXPECT_DOUBLE_EQ(judged.score(2, "relevance"), 1.0);
  EXPECT_EQ(judged.papers[0].comment(), "Matches: mixture of experts (title)");
  EXPECT_EQ(judged.papers[2].comment(), "No keyword matched.");
  EXPECT_TRUE(judged.papers[2].passed());
}

TEST(Keywords, CategoriesCountAndNegativesCountAgainst) {
  kit::FakeHost host;
  auto scorer = kit::make<Keywords>(host, {{"positive", kit::map({{"pruning", 3}})},
                                           {"negative", kit::map({{"survey", 3}})},
                                           {"category_weights", kit::map({{"cs.LG", 4}})}});
  const auto judged = scorer.judge({kit::paper("2603.00001", "Pruning: a survey")});
  EXPECT_DOUBLE_EQ(judged.score(0, "relevance"), 4.5);  // raw 4
  EXPECT_EQ(judged.papers[0].comment(), "Matches: pruning (title); against: survey (title); category cs.LG");
}

TEST(Keywords, AFieldLeftOutOfTheWeightsCountsNothing) {
  kit::FakeHost host;
  auto scorer = kit::make<Keywords>(
      host, {{"positive", kit::map({{"pruning", 3}})}, {"field_weights", kit::map({{"title", 1}})}});
  const auto judged = scorer.judge({kit::paper("2603.00001", "A title", "Pruning")});
  EXPECT_DOUBLE_EQ(judged.score(0, "relevance"), 1.0);
}

TEST(Keywords, ALongCommentIsCutBetweenCharacters) {
  kit::Map phrases;
  std::string abstract;
  for (char c = 'a'; c <= 'z'; ++c) {
    std::string phrase;
    for (int i = 0; i < 100; ++i)
      phrase += "é";
    phrase += c;
    phrases.emplace_back(phrase, 1);
    abstract += phrase + " ";
  }
  kit::FakeHost host;
  auto scorer = kit::make<Keywords>(host, {{"positive", phrases}});
  const auto judged = scorer.judge({kit::paper("2603.00001", "A title", abstract)});
  EXPECT_THAT(judged.violations, IsEmpty());
  EXPECT_GT(judged.papers[0].comment().size(), 4000u);
}

TEST(KeywordOptions, AWrongWeightIsBlamedAtItsEntry) {
  const Error error = refusal({{"positive", kit::map({{"pruning", 3}, {"a/b", -1}})}});
  EXPECT_EQ(error.option(), "/positive/a~1b");
  EXPECT_STREQ(
      error.what(),
      "The weight of \"a/b\" in `positive` has to be a finite number of 0 or more; phrases that count "
      "against a paper go into `negative`.");
}

TEST(KeywordOptions, AFieldNobodyLooksInIsBlamedAtItsEntry) {
  const Error error =
      refusal({{"positive", kit::map({{"pruning", 3}})}, {"field_weights", kit::map({{"titel", 1}})}});
  EXPECT_EQ(error.option(), "/field_weights/titel");
  EXPECT_STREQ(error.what(), "`field_weights` knows `title` and `abstract`, not \"titel\".");
}

TEST(KeywordOptions, SomethingHasToBeLookedFor) {
  EXPECT_EQ(refusal({}).option(), "/positive");
  EXPECT_EQ(refusal({{"negative", kit::map({{"survey", 1}})}}).option(), "/positive");
  EXPECT_EQ(refusal({{"category_weights", kit::map({{"cs.LG", 1}})}}).status(), GLEANER_OK);
}

TEST(KeywordOptions, TheScaleHasBounds) {
  EXPECT_THROW(refusal({{"positive", kit::map({{"pruning", 3}})}, {"scale", 0.0}}), kit::BadSettings);
}

TEST(KeywordDescriptor, SaysThatItMayRunOnSeveralThreads) {
  EXPECT_NE(kit::descriptor<Keywords>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::keyword
