// Figures are those of the published list of the day (sdk/chat/data/prices.tsv names it).
#include "prices.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <gleaner/chat/value.hpp>
#include <gleaner/cpp/text.hpp>

namespace gleaner::chat {
namespace {

using Option = std::vector<std::pair<std::string, double>>;

/// What is wrong with the option, and at which place of the component's table.
std::string complaint(const Option& option) {
  try {
    (void)price_of("gpt-4o", option);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), GLEANER_INVALID);
    return error.option() + ": " + error.what();
  }
  return "none";
}

TEST(Prices, ListedModelsHaveTheirPrice) {
  const auto price = listed_price("gpt-4o");
  ASSERT_TRUE(price);
  EXPECT_DOUBLE_EQ(price->input, 2.5);
  EXPECT_DOUBLE_EQ(price->cached, 1.25);
  EXPECT_DOUBLE_EQ(price->output, 10);
  EXPECT_DOUBLE_EQ(listed_price("gemini-2.5-flash")->cached, 0.03);
  EXPECT_DOUBLE_EQ(listed_price("deepseek-v4-flash")->output, 0.28);
}

TEST(Prices, AnthropicReadsItsCacheAtATenthAndWritesItAtAQuarterMore) {
  for (const char* model : {"claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-8", "claude-3-haiku"}) {
    const auto price = listed_price(model);
    ASSERT_TRUE(price) << model;
    EXPECT_NEAR(price->cached, price->input * 0.1, 1e-12) << model;
    EXPECT_NEAR(price->cache_written, price->input * 1.25, 1e-12) << model;
  }
}

TEST(Prices, ADatedNameCostsWhatTheModelDoes) {
  EXPECT_DOUBLE_EQ(listed_price("gpt-4o-2024-08-06")->input, 2.5);
  EXPECT_DOUBLE_EQ(listed_price("gpt-4o-mini-2024-07-18")->input, 0.15);
  EXPECT_DOUBLE_EQ(listed_price("claude-haiku-4-5-20251001")->input, 1);
  EXPECT_DOUBLE_EQ(listed_price("claude-3-5-haiku-latest")->output, 4);
}

TEST(Prices, ANameOfItsOwnComesBeforeTheRuleOfDates) {
  EXPECT_DOUBLE_EQ(listed_price("chatgpt-4o-latest")->input, 5);
  EXPECT_FALSE(listed_price("gpt-4o-2024-05-13"));  // it cost more than gpt-4o does
}

TEST(Prices, AVendorBeforeTheNameDoesNotMatter) {
  EXPECT_DOUBLE_EQ(listed_price("openai/gpt-4o")->input, 2.5);
  EXPECT_DOUBLE_EQ(listed_price("openrouter/anthropic/claude-sonnet-4.5")->input, 3);
  EXPECT_DOUBLE_EQ(listed_price("models/gemini-2.5-pro")->input, 1.25);
  EXPECT_DOUBLE_EQ(listed_price("azure/gpt-4o-2024-11-20")->input, 2.5);
}

TEST(Prices, WhatIsNotListedIsUnknownAndNeverFree) {
  for (const char* model :
       {"", "model", "gpt", "gpt-4", "gpt-4o-", "gpt-4o-2024", "gpt-4o-1999-01-01", "gpt-40", "GPT-4o",
        "llama3.1:8b", "deepseek/deepseek-chat:free", "ft:gpt-4o-mini:acme::1", "openai/",
        "unsloth/deepseek-v4-flash", "-latest", "#", "# OpenAI", "o3"})
    EXPECT_FALSE(listed_price(model)) << model;
}

TEST(Prices, CachedTokensCostWhatOthersDoWhereTheListDoesNotSay) {
  const auto price = listed_price("gpt-5-pro");
  ASSERT_TRUE(price);
  EXPECT_DOUBLE_EQ(price->cached, 15);
  EXPECT_DOUBLE_EQ(price->cache_written, 15);
}

TEST(Prices, TheListSaysItsDay) {
  EXPECT_EQ(price_list_date(), "2026-08-05");
  std::ifstream docs(GLEANER_SOURCE_DIR "/docs/models.md");
  const std::string page{std::istreambuf_iterator<char>(docs), {}};
  EXPECT_NE(page.find("a list of " + std::string(price_list_date())), std::string::npos);
}

TEST(Prices, TheOptionComesBeforeTheList) {
  const auto price = price_of("gpt-4o", {{"input", 1}, {"output", 2}});
  ASSERT_TRUE(price);
  EXPECT_DOUBLE_EQ(price->input, 1);
  EXPECT_DOUBLE_EQ(price->cached, 1);
  EXPECT_DOUBLE_EQ(price->cache_written, 1);
  EXPECT_DOUBLE_EQ(price->output, 2);
  EXPECT_DOUBLE_EQ(price_of("gpt-4o", {})->input, 2.5);
}

TEST(Prices, TheOptionMayNameThePriceOfTheCache) {
  const auto price =
      price_of("mine", {{"cached", 0.1}, {"output", 2}, {"cache_written", 1.25}, {"input", 1}});
  ASSERT_TRUE(price);
  EXPECT_DOUBLE_EQ(price->cached, 0.1);
  EXPECT_DOUBLE_EQ(price->cache_written, 1.25);
}

TEST(Prices, AModelOfOnesOwnMayBeFree) {
  const auto price = price_of("mine", {{"input", 0}, {"output", 0}});
  ASSERT_TRUE(price);
  EXPECT_EQ(cost_of({.prompt = 1'000'000, .completion = 1'000'000}, price).total(), 0);
}

TEST(Prices, WrongOptionsAreNamed) {
  EXPECT_EQ(complaint({{"input", 1}, {"ouput", 2}}),
            "/price: There is no price of \"ouput\": the keys are input, output, cached and cache_written.");
  EXPECT_EQ(complaint({{"input", 1}}),
            "/price: The price has no output: give dollars per million tokens, as in { input = 2.5, output = "
            "10 }.");
  EXPECT_EQ(
      complaint({{"output", 1}}),
      "/price: The price has no input: give dollars per million tokens, as in { input = 2.5, output = 10 }.");
  const std::string no_number =
      "/price: The price of input is not a number of dollars: give 0 or more, per million tokens.";
  EXPECT_EQ(complaint({{"input", -1}, {"output", 2}}), no_number);
  EXPECT_EQ(complaint({{"input", std::numeric_limits<double>::quiet_NaN()}, {"output", 2}}), no_number);
  EXPECT_EQ(complaint({{"input", std::numeric_limits<double>::infinity()}, {"output", 2}}), no_number);
}

TEST(Prices, TheGoldenDayCostsWhatItsPageSays) {
  // 2025-03-25: 60,688 prompt tokens are $0.15 and 8,612 completion tokens $0.09 with gpt-4o.
  const auto cost = cost_of({.prompt = 60'688, .completion = 8'612}, listed_price("gpt-4o"));
  EXPECT_NEAR(cost.prompt, 0.15, 0.005);
  EXPECT_NEAR(cost.completion, 0.09, 0.005);
  EXPECT_DOUBLE_EQ(cost.total(), cost.prompt + cost.completion);
}

TEST(Prices, PartsOfThePromptHaveTheirOwnPrices) {
  const Tokens tokens{.prompt = 1'000'000, .cached = 600'000, .cache_written = 300'000, .completion = 0};
  // 0.1 M at 1, 0.6 M at 0.1, 0.3 M at 1.25 dollars.
  EXPECT_NEAR(cost_of(tokens, listed_price("claude-haiku-4-5")).total(), 0.1 + 0.06 + 0.375, 1e-12);
}

TEST(Prices, AServerThatCountsMoreCachedThanReadCostsNoLessThanNothing) {
  const Tokens tokens{.prompt = 100, .cached = 500, .cache_written = 500, .completion = 0};
  EXPECT_NEAR(cost_of(tokens, listed_price("gpt-4o")).total(), 100 * 1.25e-6, 1e-15);
}

TEST(Prices, AnUnknownPriceMakesAnUnknownCost) {
  const auto cost = cost_of({.prompt = 10, .completion = 10}, std::nullopt);
  EXPECT_TRUE(std::isnan(cost.prompt));
  EXPECT_TRUE(std::isnan(cost.completion));
  EXPECT_TRUE(std::isnan(cost.total()));
}

TEST(Prices, EveryModelOfTheListIsPricedAsItsSourceSays) {
  std::ifstream file(GLEANER_SHARED_DIR "/samples/prices_simonw_llm-prices_2026-08-05.json",
                     std::ios::binary);
  if (!file) GTEST_SKIP() << "The published list is not here (" GLEANER_SHARED_DIR "/samples).";
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto source = parse(text);
  ASSERT_TRUE(source);
  // Names of the source that the models' own servers do not know.
  const std::map<std::string_view, std::string_view> renamed{{"claude-4.5-haiku", "claude-haiku-4-5"}};
  std::size_t compared = 0;
  for (const Value& model : (*source)["models"].items()) {
    const auto id = model["id"].text();
    const auto price = listed_price(renamed.contains(id) ? renamed.at(id) : id);
    if (!price) continue;
    ++compared;
    EXPECT_DOUBLE_EQ(price->input, model["input"].number()) << id;
    EXPECT_DOUBLE_EQ(price->output, model["output"].number()) << id;
    const double unsaid = model["vendor"].text() == "anthropic" ? price->input * 0.1 : price->input;
    EXPECT_DOUBLE_EQ(price->cached, model["input_cached"].number(unsaid)) << id;
  }
  EXPECT_GE(compared, 80U);
}

}  // namespace
}  // namespace gleaner::chat
