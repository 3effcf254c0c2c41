// The expressions of `terms`: how they are read, and what is said of those that cannot be.
#include "plugins/filters/core/expression.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/filters/core/words.hpp"

namespace gleaner::filters {
namespace {

using ::testing::ElementsAre;

/// A paper of which only the title says something.
class TitleOnly final : public Searched {
 public:
  explicit TitleOnly(std::string_view title) : title_(folded_words(title)) {}
  std::string_view words(Fields one) override { return one == kTitle ? std::string_view(title_) : ""; }
  bool has_category(const CategoryPattern&) override { return false; }

 private:
  std::string title_;
};

bool holds(std::string_view expression, std::string_view title) {
  TitleOnly paper(title);
  return !Expression(expression, kEverywhere).first_unmet(paper);
}

/// The sentence about an expression that cannot be read, or "".
std::string complaint(std::string_view expression, Fields fields = kEverywhere) {
  try {
    const Expression read(expression, fields);
  } catch (const BadExpression& error) {
    return error.what();
  }
  return "";
}

TEST(Expression, OfTheManual) {
  const char* moe = "(\"mixture of experts\" OR moe) AND NOT survey";
  EXPECT_TRUE(holds(moe, "Sparse MoE models"));
  EXPECT_TRUE(holds(moe, "Mixture-of-Experts at scale"));
  EXPECT_FALSE(holds(moe, "MoE: a survey"));
  EXPECT_FALSE(holds(moe, "Experts of mixture"));
}

// All eight papers that have or lack a, b and c, against the truth table worked out by hand.
std::string truth(std::string_view expression) {
  std::string out;
  for (const char* title : {"x", "c", "b", "b c", "a", "a c", "a b", "a b c"})
    out += holds(expression, title) ? '1' : '0';
  return out;
}

TEST(Expression, OperatorsMeanWhatTheySay) {
  EXPECT_EQ(truth("a AND b"), "00000011");
  EXPECT_EQ(truth("a OR b"), "00111111");
  EXPECT_EQ(truth("NOT a"), "11110000");
  EXPECT_EQ(truth("NOT NOT a"), "00001111");
}

TEST(Expression, TwoTermsSideBySideAreMeantBoth) {
  EXPECT_EQ(truth("a b"), "00000011");
  EXPECT_EQ(truth("a NOT b"), "00001100");
  EXPECT_EQ(truth("(a OR b)(b OR c)"), "00110111");
}

TEST(Expression, NotBindsCloserThanAndAndThatCloserThanOr) {
  EXPECT_EQ(truth("a OR b AND c"), "00011111");
  EXPECT_EQ(truth("a AND b OR c"), "01010111");
  EXPECT_EQ(truth("(a OR b) AND c"), "00010101");
  EXPECT_EQ(truth("a OR b c"), "00011111");
  EXPECT_EQ(truth("NOT a AND b"), "00110000");
  EXPECT_EQ(truth("NOT (a AND b)"), "11111100");
  EXPECT_EQ(truth("NOT a OR b"), "11110011");
  EXPECT_EQ(truth("a AND NOT (b OR c)"), "00001000");
}

TEST(Expression, WordsMatchWhole) {
  EXPECT_TRUE(holds("art", "The ART of it"));
  EXPECT_FALSE(holds("art", "start of artists"));
  EXPECT_TRUE(holds("godel", "Gödel machines"));
  EXPECT_TRUE(holds("Gödel", "Godel machines"));
  EXPECT_TRUE(holds("k-means", "$k$-means"));
  EXPECT_TRUE(holds("注意力", "自注意力机制"));
}

TEST(Expression, AStarIsAnyEnding) {
  EXPECT_TRUE(holds("transform*", "Transformers"));
  EXPECT_TRUE(holds("transform*", "a transform"));
  EXPECT_FALSE(holds("transform*", "a metatransform"));
  EXPECT_TRUE(holds("\"neural net*\"", "Neural networks"));
  EXPECT_FALSE(holds("\"neural net*\"", "Neural big networks"));
}

TEST(Expression, CurvedQuotationMarksAreQuotationMarks) {
  EXPECT_TRUE(holds("“mixture of experts”", "mixture of experts"));
  EXPECT_FALSE(holds("„mixture of experts“", "experts of mixture"));
}

TEST(Expression, QuotedOperatorsAreWords) {
  EXPECT_TRUE(holds("\"AND\"", "this and that"));
  EXPECT_FALSE(holds("\"not\"", "this and that"));
}

TEST(Expression, FieldsReachOverParenthesesOnly) {
  EXPECT_TRUE(holds("title:(a OR b) AND c", "a c"));
  EXPECT_FALSE(holds("abstract:(a OR b)", "a b"));
  EXPECT_FALSE(holds("abstract:a b", "a b"));
  EXPECT_TRUE(holds("TITLE: a", "a"));
  EXPECT_TRUE(holds("NOT abstract:a b", "a b"));
}

TEST(Expression, ItsPartsAreWhatTheOutermostAndsJoin) {
  const Expression read("(\"mixture of\n  experts\" OR moe) AND NOT (a AND b) title:c", kEverywhere);
  EXPECT_THAT(read.parts(), ElementsAre("(\"mixture of experts\" OR moe)", "NOT (a AND b)", "title:c"));
  TitleOnly paper("moe");
  EXPECT_EQ(read.first_unmet(paper), 2u);
  EXPECT_THAT(Expression("a OR b", kEverywhere).parts(), ElementsAre("a OR b"));
}

TEST(Expression, ALongPartIsCutBetweenCharacters) {
  std::string phrase = "x";
  for (int i = 0; i < 60; ++i)
    phrase += "é";
  const Expression read(phrase, kEverywhere);
  EXPECT_EQ(read.parts().front(), phrase.substr(0, 79) + "…");
}

TEST(BadExpression, SaysWhatIsMissingAndWhere) {
  EXPECT_EQ(complaint(""), "column 1: there is nothing to look for.");
  EXPECT_EQ(complaint("  "), "column 1: there is nothing to look for.");
  EXPECT_EQ(complaint("moe AND"), "column 8: the expression ends where a term has to follow.");
  EXPECT_EQ(complaint("AND moe"), "column 1: a term has to stand before AND.");
  EXPECT_EQ(complaint("a OR OR b"), "column 6: a term has to stand before OR.");
  EXPECT_EQ(complaint("a AND NOT"), "column 10: the expression ends where a term has to follow.");
  EXPECT_EQ(complaint("a ()"), "column 4: a term has to stand before this ).");
}

TEST(BadExpression, SaysWhatIsNotClosed) {
  EXPECT_EQ(complaint("a AND (b OR (c d)"), "column 7: this ( is never closed.");
  EXPECT_EQ(complaint("(a OR b)) AND c"), "column 9: this ) has no ( before it.");
  EXPECT_EQ(complaint("a AND \"b c"), "column 7: this quotation mark is never closed.");
}

TEST(BadExpression, CountsCharactersAndLines) {
  EXPECT_EQ(complaint("\"größe\" AND )"), "column 13: a term has to stand before this ).");
  EXPECT_EQ(complaint("a AND\n  b AND )"), "line 2, column 9: a term has to stand before this ).");
}

TEST(BadExpression, TakesNoOperatorOfElsewhereForAWord) {
  EXPECT_EQ(
      complaint("moe and pruning"),
      "column 5: write AND in capitals, or the word \"and\" in quotation marks if it is to be looked for.");
  EXPECT_EQ(
      complaint("moe Not survey"),
      "column 5: write NOT in capitals, or the word \"Not\" in quotation marks if it is to be looked for.");
  EXPECT_EQ(complaint("a && b"), "column 3: write AND for &&.");
  EXPECT_EQ(complaint("a | b"), "column 3: write OR for |.");
  EXPECT_EQ(complaint("moe -survey"), "column 5: write NOT for a leading -.");
  EXPECT_EQ(complaint("!survey"), "column 1: write NOT for a leading !.");
  EXPECT_EQ(complaint("'mixture of experts'"),
            "column 1: phrases are put in double quotation marks, \"like this\".");
}

TEST(BadExpression, KnowsItsFields) {
  EXPECT_EQ(
      complaint("moe titel:survey"),
      "column 5: there is no field \"titel\"; the fields are title, abstract, author and category. What "
      "has a colon in it is put in quotation marks.");
  EXPECT_EQ(complaint("\"arxiv:2505\""), "");
  EXPECT_EQ(complaint("title: AND a"), "column 1: after a field comes a word, a phrase or a parenthesis.");
  EXPECT_EQ(complaint("title:(a author:b)"),
            "column 10: the field of these parentheses is given before them already.");
}

TEST(BadExpression, KnowsWhereAStarMayStand) {
  EXPECT_EQ(complaint("a AND trans*er"), "column 12: a * stands at the end of a word or phrase only.");
  EXPECT_EQ(complaint("\"neural* net\""), "column 8: a * stands at the end of a word or phrase only.");
  EXPECT_EQ(complaint("\"neural net\"*"), "column 13: the * of a phrase belongs inside the quotation marks.");
  EXPECT_EQ(complaint("title:cs.*"), "column 7: a * follows a letter or a digit.");
  EXPECT_EQ(complaint("cs.*"), "");
  EXPECT_EQ(complaint("cs.*", kTitle), "column 1: a * follows a letter or a digit.");
  EXPECT_EQ(complaint("a *"), "column 3: there is no letter or digit to look for.");
}

TEST(BadExpression, NothingToLookForIsSaid) {
  EXPECT_EQ(complaint("a AND \"\""), "column 7: there is no letter or digit to look for.");
  EXPECT_EQ(complaint("+ a"), "column 1: there is no letter or digit to look for.");
}

TEST(BadExpression, DepthHasAnEnd) {
  EXPECT_EQ(complaint(std::string(100, '(') + "a" + std::string(100, ')')), "");
  EXPECT_EQ(complaint(std::string(100000, '(') + "a"),
            "column 101: there are too many parentheses within each other.");
  std::string nots;
  for (int i = 0; i < 100000; ++i)
    nots += "NOT ";
  EXPECT_EQ(complaint(nots + "a"), "column 401: there are too many parentheses within each other.");
}

TEST(Expression, MayBeLong) {
  std::string many = "w0";
  for (int i = 1; i < 20000; ++i)
    many += " OR w" + std::to_string(i);
  EXPECT_TRUE(holds(many, "about w19999"));
  EXPECT_FALSE(holds(many, "about w20000"));
}

}  // namespace
}  // namespace gleaner::filters
