#include "host/pipeline/select.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr double none = unscored;

// Two scorers: "fast" gives relevance; "slow" gives relevance and novelty.
class Select : public testing::Test {
 protected:
  Select() {
    info_.kind = Kind::scorer;
    stages_.resize(2);
    for (auto& stage : stages_)
      stage.info = &info_;
    stages_[0].name = "fast";
    stages_[0].axes = {{"relevance", "", 1, 10}};
    stages_[1].name = "slow";
    stages_[1].axes = {{"relevance", "", 1, 10}, {"novelty", "", 1, 10}};
  }

  void add(const std::string& id, double fast, double slow, double novelty) {
    auto& paper = papers_.emplace_back(make_paper(id));
    paper.make_axes(3);
    paper.axes()[0] = fast;
    paper.axes()[1] = slow;
    paper.axes()[2] = novelty;
    paper.left_unscored = std::isnan(slow) && std::isnan(novelty);
  }
  void pick(const std::string& id, double total) {
    auto& paper = papers_.emplace_back(make_paper(id));
    paper.picked = true;
    paper.total = total;
  }
  Selection choose() { return select(std::move(papers_), config_, AxisTable(stages_)); }
  static std::vector<std::string> names(const std::vector<RunPaper>& papers) {
    std::vector<std::string> out;
    for (const auto& paper : papers)
      out.emplace_back(paper.id());
    return out;
  }

  ComponentInfo info_;
  std::vector<ComponentConfig> stages_;
  std::vector<RunPaper> papers_;
  SelectConfig config_;
};

TEST_F(Select, ABareAxisIsThatOfTheLastStageThatScoredThePaper) {
  add("both", 3, 8, 5);
  add("first only", 4, none, 5);
  const AxisTable axes(stages_);
  EXPECT_EQ(axes.value(papers_[0], "relevance"), 8);
  EXPECT_EQ(axes.value(papers_[1], "relevance"), 4);
  EXPECT_EQ(axes.value(papers_[0], "fast.relevance"), 3);
  EXPECT_EQ(axes.value(papers_[0], "slow.relevance"), 8);
  EXPECT_TRUE(std::isnan(axes.value(papers_[1], "slow.relevance")));
  EXPECT_TRUE(std::isnan(axes.value(papers_[0], "fas.relevance")));
  EXPECT_TRUE(std::isnan(axes.value(papers_[0], "fast.relevan")));
}

TEST_F(Select, ScoresNameTheStageOnlyWhereTwoStagesWroteAnAxis) {
  add("both", 3, 8, 5);
  add("one", none, 8, 5);
  const AxisTable axes(stages_);
  EXPECT_THAT(axes.scores(papers_[0]), ElementsAre(Pair("relevance", 8), Pair("novelty", 5),
                                                   Pair("fast.relevance", 3), Pair("slow.relevance", 8)));
  EXPECT_THAT(axes.scores(papers_[1]), ElementsAre(Pair("relevance", 8), Pair("novelty", 5)));
}

TEST_F(Select, TheTotalIsTheSumOfBareAxes) {
  add("a", 1, 8, 5);
  EXPECT_EQ(choose().selected.at(0).total, 13);
}

TEST_F(Select, WeightsReplaceTheSum) {
  config_.weights = {{"novelty", 2, {}}, {"fast.relevance", 0.5, {}}};
  add("a", 4, 8, 5);
  EXPECT_EQ(choose().selected.at(0).total, 12);
}

TEST_F(Select, OrderIsDescendingAndTiesKeepSourceOrder) {
  config_.order = {{"relevance", {}}};
  config_.order_given = true;
  add("low", none, 2, 9);
  add("tie one", none, 7, 1);
  add("high", none, 9, 1);
  add("tie two", none, 7, 9);
  EXPECT_THAT(names(choose().selected), ElementsAre("high", "tie one", "tie two", "low"));
}

TEST_F(Select, TheSecondKeyDecidesTies) {
  config_.order = {{"relevance", {}}, {"novelty", {}}};
  config_.order_given = true;
  add("less new", none, 7, 1);
  add("newer", none, 7, 9);
  EXPECT_THAT(names(choose().selected), ElementsAre("newer", "less new"));
}

TEST_F(Select, WithoutOrderTheTotalRanks) {
  add("small", none, 1, 1);
  add("large", none, 9, 9);
  EXPECT_THAT(names(choose().selected), ElementsAre("large", "small"));
}

TEST_F(Select, AnEmptyOrderKeepsSourceOrder) {
  config_.order_given = true;
  add("small", none, 1, 1);
  add("large", none, 9, 9);
  EXPECT_THAT(names(choose().selected), ElementsAre("small", "large"));
}

TEST_F(Select, UnscoredKeysComeLastInSourceOrder) {
  config_.order = {{"novelty", {}}};
  config_.order_given = true;
  add("none one", none, 5, none);
  add("some", none, 5, 1);
  add("none two", none, 5, none);
  add("more", none, 5, 2);
  EXPECT_THAT(names(choose().selected), ElementsAre("more", "some", "none one", "none two"));
}

TEST_F(Select, CutOffsAreInclusive) {
  config_.min = {{"relevance", 8, {}}, {"novelty", 7, {}}};
  add("exactly", none, 8, 7);
  add("less relevant", none, 7.99, 9);
  add("less novel", none, 9, 6);
  const auto out = choose();
  EXPECT_THAT(names(out.selected), ElementsAre("exactly"));
  EXPECT_THAT(names(out.below), ElementsAre("less relevant", "less novel"));
  EXPECT_THAT(out.unscored, IsEmpty());
}

TEST_F(Select, LackOfAnAxisThatMinAsksForIsUnscoredNotBelow) {
  config_.min = {{"relevance", 8, {}}, {"novelty", 7, {}}};
  add("half", none, 2, none);
  const auto out = choose();
  EXPECT_THAT(names(out.unscored), ElementsAre("half"));
  EXPECT_THAT(out.below, IsEmpty());
}

TEST_F(Select, APaperTheLastScorerLeftOutIsUnscored) {
  add("left", 9, none, none);
  EXPECT_THAT(names(choose().unscored), ElementsAre("left"));
}

TEST_F(Select, MinMayAskForTheTotal) {
  config_.min = {{"total", 10, {}}};
  add("enough", none, 5, 5);
  add("little", none, 5, 4);
  const auto out = choose();
  EXPECT_THAT(names(out.selected), ElementsAre("enough"));
  EXPECT_THAT(names(out.below), ElementsAre("little"));
}

TEST_F(Select, PicksComeFirstPassCutOffsAndCountToTheLimit) {
  config_.min = {{"relevance", 5, {}}};
  config_.limit = 2;
  add("scored high", none, 10, 10);
  add("scored low", none, 6, 1);
  pick("picked", 3);
  const auto out = choose();
  EXPECT_THAT(names(out.selected), ElementsAre("picked", "scored high"));
  EXPECT_THAT(names(out.over), ElementsAre("scored low"));
}

TEST_F(Select, PicksRankAmongThemselvesByTotal) {
  pick("twenty", 20);
  pick("thirty", 30);
  EXPECT_THAT(names(choose().selected), ElementsAre("thirty", "twenty"));
}

TEST_F(Select, ALimitOfNothingSelectsNothing) {
  config_.limit = 0;
  add("a", none, 5, 5);
  const auto out = choose();
  EXPECT_THAT(out.selected, IsEmpty());
  EXPECT_THAT(names(out.over), ElementsAre("a"));
}

TEST_F(Select, NothingIsLostWhateverTheScores) {
  config_.min = {{"relevance", 4, {}}};
  config_.limit = 3;
  const double values[] = {none, 1, 5, 10};
  std::size_t count = 0;
  for (const double fast : values)
    for (const double slow : values)
      for (const double novelty : values)
        add(std::to_string(count++), fast, slow, novelty);
  const auto out = choose();
  EXPECT_EQ(out.selected.size() + out.over.size() + out.below.size() + out.unscored.size(), count);
  EXPECT_EQ(out.selected.size(), 3u);
}

TEST(RanksBefore, IsAStrictWeakOrderingWithNaNLast) {
  const double inf = std::numeric_limits<double>::infinity();
  const double values[] = {none, -inf, -1, 0, 2, inf};
  for (const double a : values) {
    EXPECT_FALSE(ranks_before(a, a));
    for (const double b : values) {
      EXPECT_FALSE(ranks_before(a, b) && ranks_before(b, a));
      EXPECT_TRUE(ranks_before(b, a) || !std::isnan(a) || std::isnan(b));
    }
  }
}

}  // namespace
}  // namespace gleaner::host
