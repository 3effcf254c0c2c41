#include "host/services/account.hpp"

#include <cmath>
#include <limits>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/services/figures.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::Pair;

UsageRow request(const std::string& model, std::optional<double> prompt, std::optional<double> completion) {
  UsageRow out;
  out.model = model;
  out.requests = 1;
  out.prompt_tokens = 100;
  out.completion_tokens = 10;
  out.prompt_cost = prompt;
  out.completion_cost = completion;
  return out;
}

TEST(Account, CountsAreOfOneComponentAndCategory) {
  const Clock clock;
  Account account({}, clock);
  account.count("source/arxiv", "announced", "cs.LG", 3);
  account.count("source/arxiv", "announced", "cs.AI", 2);
  account.count("source/arxiv", "announced", "cs.LG", 4);
  account.count("output/arxiv", "announced", "cs.LG", 100);
  const auto counts = account.counts("source/arxiv", "announced");
  EXPECT_THAT(counts.by_key, ElementsAre(Pair("cs.AI", 2u), Pair("cs.LG", 7u)));
  EXPECT_EQ(counts.sum(), 9u);
  EXPECT_TRUE(counts.said);
  EXPECT_FALSE(account.counts("source/arxiv", "skipped").said);
  EXPECT_FALSE(account.counts("source/other", "announced").said);
}

TEST(Account, UsageIsOneRowAModelByName) {
  const Clock clock;
  Account account({}, clock);
  account.add_usage(request("z", 0.5, 0.25));
  account.add_usage(request("a", 1, 1));
  account.add_usage(request("z", 0.5, 0.25));
  const auto usage = account.usage();
  ASSERT_EQ(usage.size(), 2u);
  EXPECT_EQ(usage[0].model, "a");
  EXPECT_EQ(usage[1].model, "z");
  EXPECT_EQ(usage[1].requests, 2u);
  EXPECT_EQ(usage[1].prompt_tokens, 200u);
  EXPECT_EQ(usage[1].prompt_cost, 1.0);
  EXPECT_EQ(usage[1].total_cost(), 1.5);
}

TEST(Account, OneUnknownPriceMakesTheSumUnknown) {
  const Clock clock;
  Account account({}, clock);
  account.add_usage(request("m", 0.5, 0.25));
  account.add_usage(request("m", std::nullopt, 0.25));
  account.add_usage(request("m", 0.5, 0.25));
  EXPECT_FALSE(account.usage()[0].prompt_cost);
  EXPECT_EQ(account.usage()[0].completion_cost, 0.75);
  EXPECT_TRUE(std::isnan(account.usage()[0].total_cost()));
}

TEST(Account, APriceThatIsNoNumberIsUnknown) {
  const Clock clock;
  Account account({}, clock);
  account.add_usage(
      request("m", std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(account.usage()[0].prompt_cost);
  EXPECT_FALSE(account.usage()[0].completion_cost);
}

// 0.1 + 0.2 + 0.3 is another double than 0.3 + 0.2 + 0.1.
TEST(Account, SumsDoNotDependOnTheOrderOfTheThreads) {
  const Clock clock;
  Account up({}, clock);
  Account down({}, clock);
  for (int i = 1; i <= 1000; ++i) {
    up.add_usage(request("m", 0.1 * i, 1e-7 * i));
    down.add_usage(request("m", 0.1 * (1001 - i), 1e-7 * (1001 - i)));
  }
  EXPECT_EQ(up.usage()[0].prompt_cost, down.usage()[0].prompt_cost);
  EXPECT_EQ(up.usage()[0].completion_cost, down.usage()[0].completion_cost);
  EXPECT_EQ(up.usage()[0].prompt_cost, 50050.0);
  EXPECT_EQ(up.usage()[0].completion_cost, 0.05005);
}

TEST(Account, ManyThreadsMaySpeakAtOnce) {
  const Clock clock;
  Account account({}, clock);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&account] {
      for (int i = 0; i < 500; ++i) {
        account.count("source/a", "announced", "k", 1);
        account.add_usage(request("m", 0.001, 0));
      }
    });
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(account.counts("source/a", "announced").sum(), 4000u);
  EXPECT_EQ(account.usage()[0].prompt_cost, 4.0);
}

TEST(Account, ThePromptIsTheComponentsLast) {
  const Clock clock;
  Account account({}, clock);
  account.set_prompt("stage/a", "first");
  account.set_prompt("stage/b", "other");
  account.set_prompt("stage/a", "second");
  EXPECT_EQ(account.prompt("stage/a"), "second");
  EXPECT_EQ(account.prompt("stage/b"), "other");
  EXPECT_EQ(account.prompt("stage/c"), "");
}

using Answer = Account::Answer;

TEST(Budget, WithoutOneEverythingMayBeSpent) {
  const Clock clock;
  Account account({}, clock);
  EXPECT_EQ(account.may_spend("stage/m", 1'000'000'000, 1e6), Answer::yes);
  EXPECT_EQ(account.may_spend("stage/m", 1, std::numeric_limits<double>::quiet_NaN()), Answer::yes);
  EXPECT_FALSE(account.budget_spent());
  EXPECT_THAT(account.budget_words(), testing::IsEmpty());
}

TEST(Budget, CountsWhatIsAskedOnTopOfWhatWasSpent) {
  const Clock clock;
  BudgetConfig budget;
  budget.tokens = 250;
  Account account(budget, clock);
  EXPECT_EQ(account.may_spend("stage/m", 250, 0), Answer::yes);
  account.add_usage(request("m", 0, 0));  // 110 tokens
  EXPECT_EQ(account.may_spend("stage/m", 140, 0), Answer::yes);
  EXPECT_FALSE(account.budget_spent());
  EXPECT_EQ(account.may_spend("stage/m", 141, 0), Answer::used_up);
  EXPECT_TRUE(account.budget_spent());
  EXPECT_TRUE(account.was_refused("stage/m"));
  EXPECT_FALSE(account.was_refused("stage/other"));
  EXPECT_THAT(
      account.budget_words(),
      ElementsAre("The budget of 250 tokens is used up: 110 were spent in 1 request, and the next one "
                  "would have taken about 141."));
}

TEST(Budget, DollarsAreCountedOverAllModels) {
  const Clock clock;
  BudgetConfig budget;
  budget.usd = 1;
  Account account(budget, clock);
  account.add_usage(request("a", 0.3, 0.1));
  account.add_usage(request("b", 0.3, 0.1));
  EXPECT_EQ(account.may_spend("stage/a", 1, 0.2), Answer::yes);
  EXPECT_EQ(account.may_spend("stage/a", 1, 0.21), Answer::used_up);
  EXPECT_THAT(account.budget_words(),
              ElementsAre("The budget of $1.00 is used up: $0.80 was spent in 2 requests, and the next one "
                          "would have cost about $0.21."));
  account.add_usage(request("b", 0.3, 0.1));  // it was in flight
  EXPECT_THAT(account.budget_words(),
              ElementsAre("The budget of $1.00 is used up: $1.20 was spent in 3 requests."));
}

TEST(Budget, NoMinutesAreNoTime) {
  const Clock clock;
  BudgetConfig budget;
  budget.minutes = 0;
  Account account(budget, clock);
  EXPECT_EQ(account.may_spend("stage/m", 1, 0), Answer::used_up);
  EXPECT_THAT(account.budget_words(), ElementsAre("The budget of 0 minutes is used up, after 0 requests."));
}

TEST(Budget, ARequestWithoutAPriceIsNotForABudgetInDollars) {
  const Clock clock;
  BudgetConfig budget;
  budget.usd = 100;
  Account account(budget, clock);
  EXPECT_EQ(account.may_spend("stage/m", 1, std::numeric_limits<double>::quiet_NaN()), Answer::unpriced);
  EXPECT_TRUE(account.budget_spent());
  EXPECT_THAT(account.budget_words(), testing::IsEmpty());  // nothing is used up
  EXPECT_EQ(account.may_spend("stage/n", 1, 0.5), Answer::yes);
}

TEST(Figures, AreWrittenForPeople) {
  EXPECT_EQ(dollars_text(0.5), "$0.50");
  EXPECT_EQ(dollars_text(0.0045), "$0.0045");
  EXPECT_EQ(dollars_text(12), "$12.00");
  EXPECT_EQ(dollars_text(0.1234567), "$0.123457");
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "request"), "1 request");
  EXPECT_EQ(counted(2000, "request"), "2,000 requests");
  EXPECT_EQ(roughly(999), "999");
  EXPECT_EQ(roughly(52'317), "52,300");
  EXPECT_EQ(roughly(1'999'600), "2,000,000");
}

}  // namespace
}  // namespace gleaner::host
