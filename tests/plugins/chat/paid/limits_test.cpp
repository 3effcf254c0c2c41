// How much is asked at once, in a minute, and for how much money.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/paid/ledger.hpp"

namespace gleaner::chat_test {
namespace {

using e2e::contains;
using std::chrono::milliseconds;

class Concurrency : public testing::TestWithParam<unsigned> {};

TEST_P(Concurrency, IsReachedAndNeverExceeded) {
  const unsigned most = GetParam();
  Ledger ledger(milliseconds(60));
  ChatDesk desk(24);
  desk.pipeline(
      ledger.table("prompt = \"criteria.txt\"\nbatch = 1\nconcurrency = " + std::to_string(most) + "\n"));
  EXPECT_EQ(desk.run().exit, 0);
  EXPECT_EQ(ledger.requests(), 24U);
  EXPECT_EQ(ledger.most_at_once(), most);
}

INSTANTIATE_TEST_SUITE_P(Of, Concurrency, testing::Values(1U, 3U, 12U));

TEST(RetryAfter, IsObeyed) {
  Ledger ledger;
  ChatDesk desk(3);
  desk.pipeline(ledger.table("prompt = \"criteria.txt\"\nbatch = 1\nconcurrency = 1\n"));
  ledger.answers([](const Asking&, std::size_t number) -> std::optional<test::Reply> {
    if (number != 1) return std::nullopt;
    return error(Protocol::openai, Trouble::throttled, true);  // for a second
  });
  EXPECT_EQ(desk.run().exit, 0);
  const auto askings = ledger.askings();
  ASSERT_EQ(askings.size(), 4U);
  EXPECT_GE(askings[2].at - askings[1].at, milliseconds(1000));
  EXPECT_EQ(askings[1].question.ids, askings[2].question.ids);
}

/// Spent as the ledger has it, in dollars at 2 and 8 a million tokens.
double dollars_of(const Usage& used) {
  return static_cast<double>(used.prompt) * 2e-6 + static_cast<double>(used.completion) * 8e-6;
}

struct Allowed {
  const char* name;
  const char* lines;
  double tokens;
  double dollars;
};

class Budget : public testing::TestWithParam<Allowed> {};

TEST_P(Budget, IsExceededByWhatIsUnderWayAtMost) {
  constexpr std::size_t papers = 30;
  constexpr std::size_t concurrency = 4;
  Ledger ledger(milliseconds(15));
  ChatDesk desk(papers);
  const auto write_pipeline = [&](std::string_view budget) {
    desk.pipeline(ledger.table("prompt = \"criteria.txt\"\nbatch = 1\nconcurrency = 4\n"));
    desk.put("p.toml", desk.get("p.toml") + std::string(budget));
  };
  write_pipeline(std::string("[budget]\n") + GetParam().lines);
  const auto stopped = desk.run();
  EXPECT_EQ(stopped.exit, 3) << stopped.err;

  const auto askings = ledger.askings();
  const Usage used = ledger.used();
  Usage largest;
  for (const auto& asking : askings) {
    largest.prompt = std::max(largest.prompt, asking.usage.prompt);
    largest.completion = std::max(largest.completion, asking.usage.completion);
  }
  const double tokens = static_cast<double>(used.prompt + used.completion);
  const double flight =
      static_cast<double>(concurrency) * static_cast<double>(largest.prompt + largest.completion);
  EXPECT_LE(tokens, GetParam().tokens + flight);
  EXPECT_LE(dollars_of(used), GetParam().dollars + static_cast<double>(concurrency) * dollars_of(largest));
  EXPECT_GE(askings.size(), 4U) << "it is there to be used";
  EXPECT_LT(askings.size(), papers);

  const auto digest = desk.digest();
  EXPECT_EQ(digest.unscored().size(), papers - askings.size());
  const auto asked = ledger.asked_about();
  for (const auto& id : digest.unscored())
    EXPECT_EQ(std::ranges::count(asked, id), 0) << id;
  EXPECT_EQ(digest.scored().size() + digest.unscored().size(), papers);

  // The next day: new papers, and first those that are left over.
  const auto left = digest.unscored();
  ledger.forget();
  desk.put("papers.jsonl", e2e::replaced(desk.get("papers.jsonl"), "2511.", "2512."));
  desk.set("GLEANER_NOW", "2026-11-19T12:00:00Z");
  write_pipeline("");
  const auto next = desk.run();
  EXPECT_EQ(next.exit, 0) << next.err;
  const auto order = ledger.asked_about();
  ASSERT_EQ(order.size(), left.size() + papers);
  // Four connections race, so the first ones are the first ones but for their order.
  const std::set<std::string> first(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(concurrency));
  const std::set<std::string> wanted(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(concurrency));
  EXPECT_EQ(first, wanted);
  std::size_t last_left = 0;
  std::size_t first_new = order.size();
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i].starts_with("2511.")) last_left = i;
    if (order[i].starts_with("2512.")) first_new = std::min(first_new, i);
  }
  EXPECT_LT(last_left, first_new + concurrency);
}

constexpr double no_limit = 1e18;

INSTANTIATE_TEST_SUITE_P(Of, Budget,
                         testing::Values(Allowed{"tokens", "tokens = 4000\n", 4000, no_limit},
                                         Allowed{"usd", "usd = 0.01\n", no_limit, 0.01}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace gleaner::chat_test
