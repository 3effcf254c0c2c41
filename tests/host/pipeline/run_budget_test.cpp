// [budget]: what is left over when it is used up, and by whom it is ranked.
#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view six = R"(
[[source]]
use = "given"
papers = ["a|A", "b|B", "c|C", "d|D", "e|E", "f|F"]
)";

std::string spender(std::string_view more = {}) {
  return "[[stage]]\nuse = \"spender\"\n" + std::string(more);
}

constexpr std::string_view plain = R"([[stage]]
use = "plain"
by_id = { a = 10, b = 10, c = 3, d = 8, e = 6, f = 10 }
)";

std::unique_ptr<state::State> a_state(const std::filesystem::path& path) {
  static const Clock clock;
  static const Redactor redactor;
  static const Log quiet(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
  return state::State::open_copy(path, clock, quiet);
}

std::string budget(std::string_view lines) {
  return "[budget]\n" + std::string(lines);
}

class Fallback : public PipelineRun {
 protected:
  RunResult spend(std::string_view limits, std::string_view more = {}, std::string_view of_spender = {}) {
    return run(with(std::string(six) + std::string(plain) + spender(of_spender) + std::string(more) +
                    budget(std::string(limits) + "fallback = \"plain\"\n")));
  }
};

TEST_F(Fallback, IsNoPartOfTheChainWhileTheBudgetLasts) {
  const auto result = spend("usd = 1\n");
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_TRUE(result.digest.complete);
  ASSERT_EQ(result.digest.papers.size(), 6u);
  for (const auto& paper : result.digest.papers) {
    EXPECT_THAT(paper.scores, ElementsAre(Pair("relevance", 9), Pair("novelty", 9)));
    EXPECT_EQ(paper.decided_by, "spender");
    EXPECT_EQ(paper.flag, "");
  }
  EXPECT_THAT(result.digest.warnings, IsEmpty());
}

TEST_F(Fallback, RanksWhatIsLeftOverAndNothingElse) {
  const auto result = spend("usd = 0.02\n");
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_FALSE(result.digest.complete);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f", "d", "e", "c"));
  EXPECT_THAT(result.digest.unscored_papers, IsEmpty());
  const auto& first = result.digest.papers[0];
  EXPECT_EQ(first.total, 18);
  EXPECT_EQ(first.comment, "");
  const auto& ranked = result.digest.papers[2];
  EXPECT_THAT(ranked.scores, ElementsAre(Pair("relevance", 10)));
  EXPECT_EQ(ranked.total, 10);
  EXPECT_EQ(ranked.comment, "plain words");
  EXPECT_EQ(ranked.flag, "ranked by plain: the budget was used up");
  EXPECT_EQ(ranked.decided_by, "plain");
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("The budget of $0.02 is used up: $0.02 was spent in 2 requests.",
                          "4 papers left over are ranked by plain, without a model."));
  EXPECT_TRUE(result.digest.receipt.closes);
}

TEST_F(Fallback, CutOffsCountOnAxesThatItGives) {
  const auto result = spend("usd = 0.02\n", "[select]\nmin = { relevance = 8, novelty = 8, total = 17 }\n");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f", "d"));
  EXPECT_THAT(result.digest.unscored_papers, IsEmpty());
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("given/select/below threshold: 2", "given/select/selected: 4"));
}

TEST_F(Fallback, CountsToTheLimitAfterWhatTheModelsScored) {
  const auto result = spend("usd = 0.02\n", "[select]\nlimit = 3\n", "score = 2\n");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f"));
  EXPECT_EQ(result.digest.papers[0].total, 4);  // less than f's 10, and before it
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("given/select/over limit: 3", "given/select/selected: 3"));
}

TEST_F(Fallback, TotalIsMadeOfItsOwnAxes) {
  const std::string weights =
      "[select]\nweights = { \"spender.relevance\" = 1, \"plain.relevance\" = 0.5 }\n";
  const auto result = spend("usd = 0.02\n", weights);
  EXPECT_EQ(result.digest.papers[0].total, 9);
  EXPECT_EQ(result.digest.papers[2].total, 5);
  const auto others = spend("usd = 0.02\n", "[select]\nweights = { \"spender.relevance\" = 1 }\n");
  EXPECT_EQ(others.digest.papers[2].total, 10);  // the weights say nothing of it
}

TEST_F(Fallback, PapersLeftForAnotherReasonStayUnscored) {
  const auto result = spend("usd = 0.02\n", {}, "declines = [\"d\", \"f\"]\n");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "e", "c"));
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("d", "f"));
  EXPECT_EQ(result.digest.unscored_papers[0].flag, "unscored: the model declined");
}

TEST_F(Fallback, WhatItCannotScoreStaysUnscoredWithTheReason) {
  const auto result = run(with(std::string(six) + "[[stage]]\nuse = \"plain\"\nby_id = { d = 8 }\n" +
                               spender() + budget("usd = 0.02\nfallback = \"plain\"\n")));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "d"));
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("c", "e", "f"));
  EXPECT_EQ(result.digest.unscored_papers[0].flag, "unscored: the budget was used up");
}

TEST_F(Fallback, ThatFailsIsSaidAndLeavesThePapersUnscored) {
  const auto result = run(with(std::string(six) + "[[stage]]\nuse = \"plain\"\nfails = \"It broke.\"\n" +
                               spender() + budget("usd = 0.02\nfallback = \"plain\"\n")));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.unscored_papers.size(), 4u);
  EXPECT_THAT(result.errors, ElementsAre("plain: It broke."));
}

TEST_F(Fallback, AStageThatEndsItsCallHasNotFailed) {
  const auto result = spend("usd = 0.02\n", {}, "throws = true\non_error = \"stop\"\n");
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f", "d", "e", "c"));
}

TEST_F(Fallback, WhatWasPaidForBeforeCountsAfterTheBudgetToo) {
  const auto result = spend("usd = 0\n", {}, "free = [\"e\"]\n");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("e", "a", "b", "f", "d", "c"));
  EXPECT_EQ(result.digest.papers[0].decided_by, "spender");
}

TEST_F(Fallback, RankedPapersAreNotCarriedAndUnscoredOnesAre) {
  state = a_state(file("none.db"));
  options.date = "2025-05-06";
  (void)spend("usd = 0.02\n", {}, "declines = [\"d\"]\n");
  options.date = "2025-05-07";
  EXPECT_THAT(ids(run(with("[[source]]\nuse = \"given\"\npapers = [\"x|X\", \"f|F\"]\n")).digest.papers),
              ElementsAre("d", "x"));
}

TEST_F(Fallback, PapersOfTwoSourcesAreRankedToo) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\nname = \"one\"\npapers = [\"a|A\", \"b|B\"]\n"
               "[[source]]\nuse = \"given\"\nname = \"two\"\npapers = [\"b|B\", \"f|F\"]\n" +
               std::string(plain) + spender() + budget("usd = 0.01\nfallback = \"plain\"\n")));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f"));
  EXPECT_EQ(result.digest.papers[2].flag, "ranked by plain: the budget was used up");
}

using BudgetRun = PipelineRun;

TEST_F(BudgetRun, WithoutAFallbackTheRestIsUnscoredAndSaysWhy) {
  const auto result = run(with(std::string(six) + spender() + budget("tokens = 250\n")));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("c", "d", "e", "f"));
  EXPECT_EQ(result.digest.unscored_papers[0].flag, "unscored: the budget was used up");
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre("The budget of 250 tokens is used up: 200 were spent in 2 requests, and the next one "
                  "would have taken about 100."));
  EXPECT_THAT(read("digest.json"), HasSubstr("\"flag\":\"unscored: the budget was used up\""));
}

TEST_F(BudgetRun, IsExceededByNoMoreThanTheRequestsInFlight) {
  for (const int in_flight : {1, 2, 4}) {
    const auto result =
        run(with(std::string(six) + spender("in_flight = " + std::to_string(in_flight) + "\n") +
                 budget("usd = 0.02\n")));
    ASSERT_EQ(result.digest.usage.size(), 1u);
    const auto requests = result.digest.usage[0].requests;
    EXPECT_GE(requests, 2u) << in_flight;
    EXPECT_LE(requests, 2u + static_cast<unsigned>(in_flight) - 1) << in_flight;
    EXPECT_EQ(requests + result.digest.unscored_papers.size(), 6u);
  }
}

TEST_F(BudgetRun, AModelWithoutAPriceIsNotAskedAndThatIsSaidOnce) {
  const auto result =
      run(with(std::string(six) + spender("priced = false\nname = \"dear\"\n") + budget("usd = 5\n")));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.digest.usage, IsEmpty());
  EXPECT_EQ(result.digest.unscored_papers.size(), 6u);
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre("dear: The price of dear's model is not known, so [budget] usd cannot be kept: write "
                  "price = { input = …, output = … } in its table."));
  const auto limited = run(with(std::string(six) + spender("priced = false\n") + budget("tokens = 5000\n")));
  EXPECT_EQ(limited.exit, exit_complete);  // tokens can be counted at any price
}

TEST_F(BudgetRun, TheFlagOfADayBeforeIsGoneWhenAPaperIsScored) {
  state = a_state(file("none.db"));
  options.date = "2025-05-06";
  (void)run(with(std::string(six) + spender() + budget("usd = 0.02\n")));
  options.date = "2025-05-07";
  const auto result = run(with("[[source]]\nuse = \"given\"\npapers = [\"x|X\"]\n" + spender()));
  EXPECT_EQ(result.digest.papers.size(), 5u);
  for (const auto& paper : result.digest.papers)
    EXPECT_EQ(paper.flag, "") << paper.paper.id();
}

using Cautions = PipelineRun;

TEST_F(Cautions, WhatAStageWarnsOfWhenMadeIsLoggedAndNotInTheDigest) {
  const auto result = run(with(std::string(six) + spender("caution = \"Mind the gap.\"\n")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(result.digest.warnings, IsEmpty());
  const auto first = log().find("spender: Mind the gap.\n");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(log().find("Mind the gap.", first + 20), std::string::npos);
}

using SeveralScorers = PipelineRun;

std::string two(std::string_view select) {
  return std::string(six) + spender("name = \"a\"\nmodel = \"m1\"\nscore = 4\n") +
         spender("name = \"b\"\nmodel = \"m2\"\nscore = 8\ndeclines = [\"c\"]\n") + std::string(select);
}

TEST_F(SeveralScorers, KeepTheirAxesApart) {
  const auto result = run(with(two("")));
  const auto& paper = result.digest.papers.at(0);
  EXPECT_THAT(paper.scores, ElementsAre(Pair("relevance", 8), Pair("novelty", 8), Pair("a.relevance", 4),
                                        Pair("a.novelty", 4), Pair("b.relevance", 8), Pair("b.novelty", 8)));
  EXPECT_EQ(paper.total, 16);  // the bare axes are the last one's
}

TEST_F(SeveralScorers, AreWeighedEachByItself) {
  const auto result = run(with(two("[select]\nweights = { \"a.relevance\" = 1, \"b.relevance\" = 0.5 }\n")));
  EXPECT_EQ(result.digest.papers.at(0).total, 8);
}

TEST_F(SeveralScorers, WhatTheLastOneLeavesIsUnscoredWithTheScoresItHas) {
  const auto result = run(with(two("")));
  ASSERT_THAT(ids(result.digest.unscored_papers), ElementsAre("c"));
  const auto& paper = result.digest.unscored_papers[0];
  EXPECT_THAT(paper.scores, ElementsAre(Pair("relevance", 4), Pair("novelty", 4)));
  EXPECT_EQ(paper.flag, "unscored: the model declined");
}

TEST_F(SeveralScorers, HaveARowAModel) {
  const auto result = run(with(two("")));
  ASSERT_EQ(result.digest.usage.size(), 2u);
  EXPECT_EQ(result.digest.usage[0].model, "m1");
  EXPECT_EQ(result.digest.usage[0].requests, 6u);
  EXPECT_EQ(result.digest.usage[0].total_cost(), 0.06);
  EXPECT_EQ(result.digest.usage[1].model, "m2");
  EXPECT_EQ(result.digest.usage[1].requests, 5u);
  EXPECT_EQ(result.digest.usage[1].total_cost(), 0.05);
}

TEST_F(SeveralScorers, AFallbacksBareAxisIsAboveWhatAnotherOneGave) {
  const auto result =
      run(with(std::string(six) + std::string(plain) + spender("name = \"a\"\nscore = 4\n") +
               spender("name = \"b\"\nscore = 8\n") + budget("usd = 0.07\nfallback = \"plain\"\n")));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b", "f", "d", "e", "c"));
  const auto& ranked = result.digest.papers[2];
  EXPECT_THAT(ranked.scores, ElementsAre(Pair("relevance", 10), Pair("novelty", 4),
                                         Pair("plain.relevance", 10), Pair("a.relevance", 4)));
  EXPECT_EQ(ranked.total, 10);
}

}  // namespace
}  // namespace gleaner::host
