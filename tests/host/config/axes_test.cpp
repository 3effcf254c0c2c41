// [select] and [budget] against the axes and stages that are there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

/// keyword and openai, then the lines, the first of them on line 10.
std::string scored(std::string_view lines) {
  return around("[[stage]]\nuse = \"keyword\"\n[[stage]]\nuse = \"openai\"\nmodel = \"m\"\n" +
                std::string(lines) + "\n");
}

TEST(Axes, BareOnesAndThoseOfAStageAreKnown) {
  const LoadResult result = Loading()(
      scored("[select]\nmin = { relevance = 8, keyword.relevance = 2, \"openai.novelty\" = 7, total = 15 }\n"
             "order = [\"total\", \"openai.relevance\", \"novelty\"]\nweights = { relevance = 2, novelty = "
             "0.5 }\nlimit = 60"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const SelectConfig& select = result.pipeline.select;
  ASSERT_EQ(select.min.size(), 4U);
  EXPECT_EQ(select.min[1].axis, "keyword.relevance");
  EXPECT_EQ(select.min[1].value, 2);
  EXPECT_EQ(select.min[2].axis, "openai.novelty");
  EXPECT_EQ(select.min[3].axis, "total");
  EXPECT_EQ(select.min[0].where.column, 21);
  EXPECT_TRUE(select.order_given);
  EXPECT_EQ(select.order.at(1).first, "openai.relevance");
  EXPECT_EQ(select.weights.at(1).value, 0.5);
  EXPECT_EQ(select.limit, 60U);
}

TEST(Axes, UnknownOnesAreSaidAtTheirPlaces) {
  EXPECT_THAT(
      lint(scored("[select]\nmin = { clarity = 8, keyword.novelty = 2 }\norder = [\"totl\", \"x\"]\nweights "
                  "= { total = 2 }")),
      ElementsAre(
          "11:9 G501 no stage gives the axis \"clarity\"; there are \"relevance\", \"novelty\"",
          "11:30 G501 no stage gives the axis \"keyword.novelty\"; there are \"relevance\", \"novelty\"",
          "12:10 G501 no stage gives the axis \"totl\"; did you mean \"total\"?", StartsWith("12:18 G501"),
          "13:13 G505 total cannot be weighted, it is what the weights make"));
}

TEST(Axes, WithoutAScorerThereAreNone) {
  EXPECT_THAT(
      lint(around("[select]\nmin = { relevance = 8 }\norder = [\"total\"]\n")),
      ElementsAre("6:9 G501 no stage gives the axis \"relevance\"; no stage of this pipeline scores"));
}

TEST(Axes, AStageAfterSelectIsTooLateToGiveOne) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"summary\"\n[select]\nmin = { clarity = 8 }\n")),
              ElementsAre(StartsWith("8:9 G501")));
}

TEST(Axes, AnUnknownStageMayHaveGivenIt) {
  EXPECT_THAT(
      lint(around("[[stage]]\nuse = \"zzzzzz\"\n[select]\nmin = { clarity = 8 }\n")),
      ElementsAre(StartsWith("6:7 G401"),
                  "8:9 G501 no stage gives the axis \"clarity\", unless the unknown stage \"zzzzzz\" does"));
}

TEST(Axes, AnOptionCanNameThem) {
  const LoadResult result = Loading()(scored("axes = [\"novelty\", \"fit\"]\n[select]\nmin = { fit = 8 }"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const auto& axes = result.pipeline.stages.at(1).axes;
  ASSERT_EQ(axes.size(), 2U);
  EXPECT_EQ(axes[1].name, "fit");
  EXPECT_EQ(axes[1].lowest, 1);
  EXPECT_EQ(axes[1].highest, 10);
  EXPECT_THAT(lint(scored("axes = [\"fit\"]\n[select]\nmin = { openai.relevance = 8 }")),
              ElementsAre(StartsWith("12:16 G501")));
}

TEST(Axes, NamesOfAxesAreChecked) {
  EXPECT_THAT(lint(scored("axes = [\"fit\", \"Fit!\", \"total\", \"fit\"]")),
              ElementsAre("10:16 G502 \"Fit!\" cannot be an axis; it takes small letters, digits and '_'",
                          "10:24 G502 an axis cannot be named total, that is the sum of the axes",
                          "10:33 G502 the axis \"fit\" is named twice"));
  EXPECT_THAT(lint(scored("axes = []")), ElementsAre("10:8 G502 axes of openai names no axis"));
}

TEST(Axes, AMinimumNothingReachesIsAWarning) {
  EXPECT_THAT(lint(scored("[select]\nmin = { relevance = 80 }")),
              ElementsAre("11:21 G606 no paper reaches relevance 80; the axis ends at 10"));
}

TEST(Select, WrongShapesAreSaid) {
  EXPECT_THAT(
      lint(scored("[select]\nmin = 8\norder = \"total\"\nlimit = 0\nmax = 3")),
      ElementsAre("11:7 G201 min of [select] wants a map of numbers, not an integer; write { relevance = 7 }",
                  "12:9 G201 order of [select] wants a list of strings, not a string; put brackets around "
                  "it: [\"total\"]",
                  "13:9 G203 limit of [select] must be at least 1, not 0",
                  StartsWith("14:1 G104 unknown key \"max\" for [select]")));
}

TEST(Budget, ReadsLimitsAndALocalFallback) {
  const LoadResult result =
      Loading()(scored("[budget]\nusd = 0.5\ntokens = 100000\nminutes = 10\nfallback = \"keyword\""));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  EXPECT_EQ(result.pipeline.budget.usd, 0.5);
  EXPECT_EQ(result.pipeline.budget.tokens, 100000);
  EXPECT_EQ(result.pipeline.budget.minutes, 10);
  EXPECT_EQ(result.pipeline.budget.fallback, "keyword");
}

TEST(Budget, TheFallbackIsAStageWithoutNetwork) {
  EXPECT_THAT(
      lint(scored("[budget]\nfallback = \"keywrd\"")),
      ElementsAre("11:12 G503 fallback of [budget] names no stage: \"keywrd\"; did you mean \"keyword\"?"));
  EXPECT_THAT(lint(scored("[budget]\nfallback = \"openai\"\nusd = -1")),
              ElementsAre("11:12 G504 fallback of [budget] cannot be openai, which asks a server; name a "
                          "stage without network",
                          "12:7 G203 usd of [budget] must be at least 0, not -1"));
}

TEST(Budget, TheFallbackIsAStageThatScores) {
  EXPECT_THAT(
      lint(around("[[stage]]\nuse = \"authors\"\nfollow = \"p.toml\"\n[budget]\nfallback = \"authors\"\n")),
      testing::Contains(testing::EndsWith(
          "G506 fallback of [budget] cannot be authors, which gives no axis; name a stage that scores")));
}

TEST(Run, ReadsItsThreeSettings) {
  const LoadResult result = Loading()(around("[run]\ncatch_up = 0\nreplacements = \"all\"\nseen = false\n"));
  EXPECT_EQ(result.pipeline.run.catch_up, 0);
  EXPECT_EQ(result.pipeline.run.replacements, "all");
  EXPECT_FALSE(result.pipeline.run.seen);
  EXPECT_THAT(lint(around("[run]\ncatch_up = -1\nreplacements = \"al\"\nsen = 1\n")),
              ElementsAre(StartsWith("6:12 G203"), StartsWith("7:16 G202"),
                          "8:1 G104 unknown key \"sen\" for [run]; did you mean \"seen\"?"));
}

}  // namespace
}  // namespace gleaner::host
