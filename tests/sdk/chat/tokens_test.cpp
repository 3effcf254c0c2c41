// Expected counts are those of the vocabularies o200k_base (gpt-4o) and cl100k_base (gpt-4), counted with
// js-tiktoken 1.0.21; on these texts the two differ by one token at most, except where it is said.
#include "tokens.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace gleaner::chat {
namespace {

/// How far the estimate is from the count, as a part of the count.
double error_of(std::string_view text, double count) {
  return std::abs(static_cast<double>(estimate_tokens(text)) / count - 1);
}

constexpr std::string_view plain_english =
    "Large language models answer questions well, but each answer is slow and expensive. We show that most "
    "attention "
    "heads can be left out without loss of accuracy, provided that the remaining ones are trained a little "
    "longer. On "
    "twelve tasks our method halves the time for one answer.";

constexpr std::string_view with_formulas =
    R"(We study stochastic gradient descent with heavy-tailed noise. If the $\alpha$-th moment of the gradient is bounded for some $1 < \alpha \leq 2$, then the expected loss decreases like $O(T^{-(\alpha-1)/\alpha})$, and this rate cannot be improved. The proof uses a truncation argument and the inequality $\mathbb{E}[\|x_t\|^2] \leq C \sum_{s<t} \eta_s^2$.)";

constexpr std::string_view whole_paper =
    "<paper id=\"2505.01557\">\nTitle: Routing Tokens to Experts by Hashing\nAuthors: Maria Keller, John O. "
    "Smith, Wei "
    "Zhang\nAbstract: A mixture of experts needs a router. We replace it by a hash function and lose 0.3 "
    "points of "
    "accuracy on 14 benchmarks, while training is 27% faster on 1,024 GPUs.\n</paper>\n";

TEST(Tokens, PlainEnglishIsWithinFifteenPercent) {
  EXPECT_LT(error_of(plain_english, 53), 0.15);
}

TEST(Tokens, FormulasAreWithinFifteenPercent) {
  EXPECT_LT(error_of(with_formulas, 105), 0.15);
}

TEST(Tokens, APaperInItsFenceIsWithinFifteenPercent) {
  EXPECT_LT(error_of(whole_paper, 81), 0.15);
}

TEST(Tokens, ATitleIsWithinFifteenPercent) {
  EXPECT_LT(
      error_of("Sparse Attention Without Tears: A Practical Guide to Pruning Transformers for Long Documents",
               15),
      0.15);
}

TEST(Tokens, AnAnswerInJsonIsWithinFifteenPercent) {
  EXPECT_LT(
      error_of(R"({"papers": [{"id": "2505.01557", "comment": "Matches criterion 2: routing without learned )"
               R"(parameters.", "relevance": 8, "novelty": 7}]})",
               43),
      0.15);
}

TEST(Tokens, AClassicPromptIsWithinFifteenPercent) {
  std::ifstream file(GLEANER_SHARED_DIR "/golden/2025-02-19/prompt.txt", std::ios::binary);
  if (!file) GTEST_SKIP() << "The golden days are not here (" GLEANER_SHARED_DIR "/golden).";
  const std::string prompt{std::istreambuf_iterator<char>(file), {}};
  EXPECT_LT(error_of(prompt, 1292), 0.15);
}

TEST(Tokens, ACommonWordWithItsSpaceIsOne) {
  EXPECT_EQ(estimate_tokens("model"), 1U);
  EXPECT_EQ(estimate_tokens(" model"), 1U);
  EXPECT_EQ(estimate_tokens("The model"), 2U);
}

TEST(Tokens, DigitsGoByThrees) {
  EXPECT_EQ(estimate_tokens("123"), 1U);
  EXPECT_EQ(estimate_tokens("1234"), 2U);
  EXPECT_EQ(estimate_tokens("1234567890"), 4U);
}

TEST(Tokens, ChineseIsAboutOneACharacter) {
  // 16 characters: 12 tokens of o200k_base, 17 of cl100k_base.
  const auto tokens = estimate_tokens("本文提出了一种新的稀疏注意力方法");
  EXPECT_GE(tokens, 12U);
  EXPECT_LE(tokens, 17U);
}

TEST(Tokens, NothingIsNoneAndAnythingIsAtLeastOne) {
  EXPECT_EQ(estimate_tokens(""), 0U);
  EXPECT_EQ(estimate_tokens(" "), 1U);
  EXPECT_EQ(estimate_tokens("\x80"), 1U);  // half a character
  EXPECT_EQ(estimate_tokens("."), 1U);
}

TEST(Tokens, ALongerTextNeverHasFewer) {
  const std::string text = std::string(whole_paper) + std::string(with_formulas) +
                           "José Müller, ΑΒγδ, Привет LLMs GPTs 本文🚀🚀 ----  \n\n\t\r\n aB1c2D3 $$\\\\{}{}";
  std::uint64_t before = 0;
  for (std::size_t length = 1; length <= text.size(); ++length) {
    const auto now = estimate_tokens(std::string_view(text).substr(0, length));
    ASSERT_GE(now, before) << "at byte " << length;
    before = now;
  }
}

TEST(Tokens, TwoTextsTogetherAreAboutTheirSum) {
  const auto together = estimate_tokens(std::string(whole_paper) + std::string(whole_paper));
  EXPECT_NEAR(static_cast<double>(together), 2.0 * static_cast<double>(estimate_tokens(whole_paper)), 2);
}

TEST(Tokens, RandomLettersAreNotTakenForOneWord) {
  // DNA, keys in base64: vocabularies have two to four letters a token for them.
  EXPECT_GT(estimate_tokens(std::string(4000, 'g')), 1000U);
}

}  // namespace
}  // namespace gleaner::chat
