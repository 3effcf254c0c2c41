// What was paid for is not paid for again, and what will be is said before.
#include <algorithm>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/chat/paid/ledger.hpp"

namespace gleaner::chat_test {
namespace {

using e2e::contains;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

constexpr std::size_t papers = 9;

/// Nine papers that were triaged, scored and summed up.
class PaidOnce : public testing::Test {
 protected:
  PaidOnce() : desk(papers) { desk.put("p.toml", pipeline()); }

  [[nodiscard]] std::string pipeline() const {
    return "[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n" +
           ledger.table("prompt = \"criteria.txt\"\nconcurrency = 2\n", "-triage") +
           ledger.table("prompt = \"criteria.txt\"\nbatch = 2\nconcurrency = 2\n") +
           ledger.table("", "-summary") +
           "[select]\nmin = { relevance = 3 }\nlimit = 100\n"
           "[[output]]\nuse = \"json\"\npath = \"day.json\"\n"
           "[[output]]\nuse = \"markdown\"\npath = \"day.md\"\n";
  }

  void SetUp() override {
    const auto first = desk.run();
    ASSERT_EQ(first.exit, 0) << first.err;
    ASSERT_THAT(ledger.complaints(), IsEmpty());
    ASSERT_GE(ledger.requests(), 1U + 3U + 2U) << "triage, scores and sentences";
    ledger.forget();
  }

  void expect_free(const std::vector<std::string>& words = {}) {
    const auto again = desk.run(words);
    EXPECT_EQ(again.exit, 0) << again.err;
    EXPECT_THAT(ledger.asked_about(), IsEmpty());
    EXPECT_FALSE(contains(again.err, "scored again")) << again.err;
  }

  Ledger ledger;
  ChatDesk desk;
};

TEST_F(PaidOnce, AnotherRunAsksNothingAndWritesTheSame) {
  const auto before = without_usage(desk.get("day.json"));
  expect_free();
  EXPECT_EQ(without_usage(desk.get("day.json")), before);
}

TEST_F(PaidOnce, AnotherThresholdAsksForNoScoreAgain) {
  expect_free({"--set", "select.min.relevance=4"});
  // A lower one selects more papers: their sentences are new, their scores are not.
  const auto lower = desk.run({"--set", "select.min.relevance=1"});
  EXPECT_EQ(lower.exit, 0) << lower.err;
  for (const auto& asking : ledger.askings())
    EXPECT_EQ(asking.question.wanted, Wanted::sentence);
}

TEST_F(PaidOnce, AnotherOutputAsksNothing) {
  desk.put("p.toml", pipeline() + "[[output]]\nuse = \"jsonl\"\npath = \"more.jsonl\"\n");
  expect_free();
  EXPECT_TRUE(desk.has("more.jsonl"));
}

TEST_F(PaidOnce, TheSameDayAskedForByNameAsksNothing) {
  expect_free({"--date", "2026-11-18"});
  expect_free({"--from", "2026-11-18", "--to", "2026-11-18"});
}

TEST_F(PaidOnce, HowItIsAskedDoesNotMatter) {
  expect_free({"--set", "openai.temperature=0.3"});
  expect_free({"--set", "openai.concurrency=1"});
  expect_free({"--set", "openai.batch=5"});
  expect_free({"--set", "openai-triage.batch=1"});
  expect_free({"--set", "openai.output_tokens=900"});
  expect_free({"--set", "openai.format=lines"});
  expect_free({"--set", "openai.price={ input = 3, output = 9 }"});
}

TEST_F(PaidOnce, ANewVersionOfAPaperIsAskedAboutAlone) {
  std::string text = desk.get("papers.jsonl");
  const std::string id = paper_id(2);
  text = e2e::replaced(text, "\"" + id + "\"", "\"" + id + "\",\"version\":2");
  desk.put("papers.jsonl", text);
  const auto again = desk.run();
  EXPECT_EQ(again.exit, 0) << again.err;
  for (const auto& asked : ledger.asked_about())
    EXPECT_EQ(asked, id);
  EXPECT_GE(ledger.requests(), 1U);
}

/// What the run had said by the time its first request arrived.
class SaidBefore : public PaidOnce {
 protected:
  struct Said {
    std::string before;  ///< the first request
    e2e::Ending ending;
  };

  Said run_and_listen(const std::vector<std::string>& words) {
    titles_ = "no request came";
    std::string before = "no request came";
    ledger.answers([&](const Asking& asking, std::size_t) -> std::optional<test::Reply> {
      if (asking.question.wanted == Wanted::drops && titles_ == "no request came") titles_ = newest_errors();
      if (asking.question.wanted == Wanted::scores && before == "no request came") before = newest_errors();
      return std::nullopt;
    });
    auto ending = desk.run(words);
    ledger.answers({});
    return {before, std::move(ending)};
  }

  /// Standard error of the process started last, as far as it is written.
  [[nodiscard]] std::string newest_errors() const {
    std::filesystem::path newest;
    for (const auto& entry : std::filesystem::directory_iterator(desk.work().parent_path())) {
      const auto file = entry.path() / "err";
      if (!std::filesystem::exists(file)) continue;
      if (newest.empty() ||
          std::filesystem::last_write_time(file) >= std::filesystem::last_write_time(newest))
        newest = file;
    }
    return newest.empty() ? "" : e2e::read_file(newest);
  }

  [[nodiscard]] std::size_t scored() const {
    std::size_t out = 0;
    for (const auto& asking : ledger.askings())
      if (asking.question.wanted == Wanted::scores) out += asking.question.ids.size();
    return out;
  }

  // "12,345" in "about 12,345 tokens".
  static double tokens_in(const std::string& words) {
    std::smatch found;
    if (!std::regex_search(words, found, std::regex("scored again, about ([0-9,]+) tokens"))) return -1;
    return std::stod(e2e::replaced(found[1], ",", ""));
  }

  void expect_said(const Said& said, const std::string& what, std::size_t count) const {
    EXPECT_EQ(said.ending.exit, 0) << said.ending.err;
    EXPECT_TRUE(contains(said.before, "The " + what + " changed: " + std::to_string(count) +
                                          " papers that were scored before are scored again, about "))
        << said.before << "\n--- in all:\n"
        << said.ending.err;
    EXPECT_TRUE(contains(said.before, "$")) << said.before;
    double really = 0;
    for (const auto& asking : ledger.askings())
      if (asking.question.wanted == Wanted::scores)
        really += static_cast<double>(asking.usage.prompt + asking.usage.completion);
    EXPECT_NEAR(tokens_in(said.before), really, 0.35 * really) << "an estimate, but of this run";
  }

  std::string titles_;  ///< said by the time the first titles were asked about
};

TEST_F(SaidBefore, AChangedPromptSaysWhatItCosts) {
  desk.put("criteria.txt", desk.get("criteria.txt") + "\nBe strict.\n");
  const auto said = run_and_listen({"--set", "openai.price={ input = 2000, output = 8000 }"});
  expect_said(said, "prompt", 6);
  EXPECT_TRUE(
      contains(titles_, "The prompt changed: 9 papers that were triaged before are triaged again, about "))
      << titles_;
  EXPECT_EQ(scored(), 6U);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(said.before, found, std::regex("tokens, \\$([0-9.]+)\\.\n"))) << said.before;
  double really = 0;
  for (const auto& asking : ledger.askings())
    if (asking.question.wanted == Wanted::scores)
      really += static_cast<double>(asking.usage.prompt) * 2000e-6 +
                static_cast<double>(asking.usage.completion) * 8000e-6;
  EXPECT_NEAR(std::stod(found[1]), really, 0.35 * really);
}

TEST_F(SaidBefore, AChangedModelSaysWhatItCosts) {
  // The server does not know that name: what is claimed is said all the same.
  const auto said = run_and_listen({"--set", "openai.model=another"});
  EXPECT_TRUE(
      contains(said.ending.err, "The model changed: 6 papers that were scored before are scored again"))
      << said.ending.err;
}

TEST_F(SaidBefore, AnotherAxisSaysWhatItCosts) {
  const auto said = run_and_listen({"--set", "openai.axes=[\"relevance\", \"novelty\", \"rigour\"]"});
  expect_said(said, "axes", 6);
  EXPECT_EQ(scored(), 6U);
}

TEST_F(SaidBefore, WhatIsBackAsItWasIsStillPaid) {
  const auto criteria = desk.get("criteria.txt");
  desk.put("criteria.txt", criteria + "\nBe strict.\n");
  EXPECT_EQ(desk.run().exit, 0);
  ledger.forget();
  desk.put("criteria.txt", criteria);
  expect_free();
}

TEST_F(SaidBefore, TheNextDaysPapersAreNotScoredAgain) {
  desk.set("GLEANER_NOW", "2026-11-19T12:00:00Z");
  std::string lines = e2e::replaced(desk.get("papers.jsonl"), "2511.", "2512.");
  desk.put("papers.jsonl", lines);
  const auto next = desk.run();
  EXPECT_EQ(next.exit, 0) << next.err;
  EXPECT_FALSE(contains(next.err, "scored again")) << next.err;
  for (const auto& id : ledger.asked_about())
    EXPECT_TRUE(id.starts_with("2512.")) << id;
}

TEST_F(SaidBefore, ADryRunSaysItTooAndTheRunAfterIt) {
  desk.put("criteria.txt", desk.get("criteria.txt") + "\nBe strict.\n");
  const auto dry = desk.run({"--dry-run"});
  EXPECT_EQ(dry.exit, 0) << dry.err;
  EXPECT_EQ(ledger.requests(), 0U);
  EXPECT_TRUE(contains(dry.err, "The prompt changed: ")) << dry.err;
  const auto said = run_and_listen({});
  EXPECT_TRUE(contains(said.before, "The prompt changed: 6 papers")) << said.before;
}

/// A run that sends nothing says what the next one sends.
TEST(DryRun, SaysRequestsTokensAndDollarsAndSendsNothing) {
  Ledger ledger;
  ChatDesk desk(12);
  desk.pipeline(ledger.table("prompt = \"criteria.txt\"\nbatch = 5\n"));
  const auto dry = desk.run({"--dry-run"});
  EXPECT_EQ(dry.exit, 0) << dry.err;
  EXPECT_EQ(ledger.requests(), 0U);
  EXPECT_FALSE(desk.has("day.json"));
  std::smatch found;
  const std::string all = dry.out + dry.err;
  ASSERT_TRUE(std::regex_search(
      all, found,
      std::regex("12 papers would come to it, about ([0-9,]+) tokens, \\$([0-9.]+), in 3 requests")))
      << all;
  EXPECT_EQ(desk.run().exit, 0);
  EXPECT_EQ(ledger.requests(), 3U);
  const Usage used = ledger.used();
  const auto tokens = static_cast<double>(used.prompt + used.completion);
  EXPECT_NEAR(std::stod(e2e::replaced(found[1], ",", "")), tokens, 0.35 * tokens);
  const double dollars =
      static_cast<double>(used.prompt) * 2e-6 + static_cast<double>(used.completion) * 8e-6;
  EXPECT_NEAR(std::stod(found[2]), dollars, 0.4 * dollars);
  const auto after = desk.run({"--dry-run"});
  EXPECT_TRUE(contains(after.out + after.err, "without a request: all answers are there"))
      << after.out << after.err;
}

TEST(DryRun, OfAModelWithoutAPriceSaysThatItIsUnknown) {
  Ledger ledger;
  ChatDesk desk(2);
  desk.pipeline(
      e2e::replaced(ledger.table("prompt = \"criteria.txt\"\n"), "price = { input = 2, output = 8 }\n", ""));
  const auto dry = desk.run({"--dry-run"});
  EXPECT_EQ(dry.exit, 0) << dry.err;
  EXPECT_TRUE(contains(dry.out + dry.err, "at an unknown price")) << dry.out << dry.err;
  EXPECT_FALSE(contains(dry.out + dry.err, "$0")) << dry.out << dry.err;
}

}  // namespace
}  // namespace gleaner::chat_test
