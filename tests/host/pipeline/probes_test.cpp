// Every probe plugin, which the SDK's tests run on a fake host, once on the real one.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

// Papers from probe-adopt: it lends chunks of three and writes a line for each that comes back.
std::string lent(int chunks, std::string_view more) {
  return "[[source]]\nuse = \"probe-adopt\"\nreleases = \"releases.txt\"\nchunks = " +
         std::to_string(chunks) + "\n" + std::string(more) +
         "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n";
}

std::string stage(std::string_view use, std::string_view more = {}) {
  return "[[stage]]\nuse = \"" + std::string(use) + "\"\n" + std::string(more);
}

using Probes = PipelineRun;

TEST_F(Probes, AllAreInTheCatalog) {
  std::vector<std::string> refused;
  for (const auto& refusal : test_catalog().refusals())
    refused.push_back(refusal.message);
  EXPECT_THAT(refused, IsEmpty());
  EXPECT_NE(test_catalog().find(Kind::scorer, "probe-summary"), nullptr);
}

TEST_F(Probes, AdoptGivesEveryChunkBackOnce) {
  {
    const auto result = run(lent(3, ""));
    EXPECT_EQ(result.exit, exit_complete);
    EXPECT_EQ(result.digest.papers.size(), 9u);
    EXPECT_EQ(read("releases.txt"), "(absent)");  // the digest still shows them
  }
  const auto lines = read("releases.txt");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  for (const char* id : {"released 2505.00000\n", "released 2505.00003\n", "released 2505.00006\n"})
    EXPECT_THAT(lines, HasSubstr(id));
}

TEST_F(Probes, ReceiptIsReadByAnOutput) {
  const auto result = run(lent(1, stage("probe-account")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(read("page.txt"),
              testing::StartsWith(
                  "date: 2025-05-07\nreceipt: yes\nprompt: yes\nkey: gleaner-2025-05-07-probe-receipt-"));
  EXPECT_THAT(read("page.txt"), HasSubstr("paper: 2505.00000\npaper: 2505.00001\npaper: 2505.00002\n"));
}

TEST_F(Probes, AccountSumsWhatTheComponentsSay) {
  const auto result = run("[[source]]\nuse = \"probe-account\"\n" + stage("probe-account") +
                          "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n");
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(rows(result.digest.receipt),
              ElementsAre("probe-account//announce: 2", "probe-account/select/selected: 3"));
  EXPECT_EQ(result.digest.announced, 5u);
  ASSERT_EQ(result.digest.usage.size(), 1u);
  EXPECT_EQ(result.digest.usage[0].requests, 3u);
  EXPECT_EQ(result.digest.usage[0].prompt_tokens, 300u);
  EXPECT_EQ(result.digest.usage[0].cached_tokens, 120u);
  EXPECT_EQ(result.digest.usage[0].prompt_cost, 0.003);
  EXPECT_EQ(result.digest.usage[0].total_cost(), 0.0045);
  EXPECT_EQ(result.digest.prompt, "Judge these papers.\n[PAPER LIST HERE]\n");
}

TEST_F(Probes, ABudgetLeavesTheRestUnscored) {
  const auto result = run(lent(2, stage("probe-account") + "[budget]\nusd = 0.0045\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_EQ(result.digest.papers.size(), 3u);
  EXPECT_EQ(result.digest.unscored_papers.size(), 3u);
  EXPECT_THAT(result.errors, IsEmpty());  // it did as the budget told it
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("The budget of $0.0045 is used up: $0.0045 was spent in 3 requests."));
}

TEST_F(Probes, AxesAreNamedByTheOption) {
  const auto result =
      run(lent(1, stage("probe-axes", "axes = [\"depth\", \"rigour\", \"style\", \"wit\", \"joy\"]\n")));
  ASSERT_EQ(result.digest.papers.size(), 3u);
  EXPECT_THAT(result.digest.papers[0].scores, ElementsAre(Pair("depth", 1), Pair("rigour", 2),
                                                          Pair("style", 3), Pair("wit", 4), Pair("joy", 5)));
  EXPECT_EQ(result.digest.papers[0].total, 15);
}

TEST_F(Probes, CommentsReachTheDigest) {
  const auto result = run(lent(1, stage("probe-comments")));
  const auto& paper = result.digest.papers.at(0);
  EXPECT_EQ(paper.comment, "Comment on A lent paper that is long enough to live on the heap, number 0");
  EXPECT_EQ(paper.summary, "Summary of A lent paper that is long enough to live on the heap, number 0");
  EXPECT_EQ(paper.flag, "probe");
}

TEST_F(Probes, APickPassesTheCutOffsWithItsTotal) {
  const auto result = run("[[source]]\nuse = \"probe-account\"\nannounced = 3\nskipped = 0\n" +
                          stage("probe-pick", "follow = [\"Ada Probe\"]\n") +
                          "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n");
  ASSERT_EQ(result.digest.papers.size(), 3u);
  EXPECT_EQ(result.digest.papers[0].total, 20);
  EXPECT_EQ(result.digest.papers[0].comment, "Author match");
}

// Without state the store lasts as long as the run, and two stages have a namespace each.
TEST_F(Probes, StoreLastsForTheRunWithoutState) {
  for (int round = 0; round < 2; ++round) {
    const auto result = run("state = \"none\"\n" +
                            lent(1, stage("probe-store") + stage("probe-store", "name = \"other\"\n")));
    EXPECT_EQ(result.digest.papers.at(0).comment, "run 1");
  }
}

TEST_F(Probes, SummaryRunsAfterSelectOnTheSelectedAlone) {
  const auto result =
      run(lent(2, stage("probe-comments") + stage("probe-summary") + "[select]\nlimit = 2\n"));
  ASSERT_EQ(result.digest.papers.size(), 2u);
  EXPECT_EQ(result.digest.papers[0].summary,
            "A lent paper that is long enough to live on the heap, number 0");
  EXPECT_EQ(result.digest.papers[0].decided_by, "probe-comments");
  ASSERT_FALSE(result.digest.near_misses.empty());
  EXPECT_EQ(result.digest.near_misses[0].summary,
            "Summary of A lent paper that is long enough to live on the heap, number 2");
}

TEST_F(Probes, StreamingOutputsGetEveryPaperInOrder) {
  const std::string stream = "[[output]]\nuse = \"probe-stream\"\npath = \"ids.txt\"\n";
  EXPECT_EQ(run(lent(1, "") + stream).exit, exit_complete);
  EXPECT_EQ(read("ids.txt"), "begin 2025-05-07\n2505.00000\n2505.00001\n2505.00002\nend\n");
  const auto broken = run(lent(1, "") + stream + "fail_after = 1\n");
  EXPECT_EQ(broken.exit, exit_incomplete);
  EXPECT_EQ(broken.errors.at(0), file("ml.toml").string() + ":11:14: probe-stream: The probe fails here.");
  EXPECT_EQ(read("ids.txt"), "begin 2025-05-07\n2505.00000\n2505.00001\n2505.00002\nend\n");
}

TEST_F(Probes, EstimateIsAskedInADryRunAndJudgeIsNot) {
  options.dry_run = true;
  const auto result = run(lent(2, stage("probe-estimate")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(result.plan, testing::Contains("stage probe-estimate: not run, it talks to a server; 6 papers "
                                             "would come to it, about $0.0060, in 6 requests"));
  ASSERT_EQ(result.estimates.size(), 1u);
  EXPECT_EQ(result.estimates[0].requests, 6u);
  EXPECT_EQ(result.estimates[0].dollars, 0.006);
}

TEST_F(Probes, ThrowingEndsTheStageNotTheRun) {
  const std::string messages[] = {"The plugin threw something that is not a std::exception.",
                                  "The probe threw a std::exception.", "The probe was told to fail.",
                                  "There was not enough memory."};
  const std::string kinds[] = {"int", "exception", "error", "bad_alloc"};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto result = run(lent(1, stage("probe-throw", "what = \"" + kinds[i] + "\"\n")));
    // The third blames an option: the pipeline file is wrong.
    EXPECT_EQ(result.exit, kinds[i] == "error" ? exit_bad_pipeline : exit_incomplete) << kinds[i];
    const std::string place = kinds[i] == "error" ? file("ml.toml").string() + ":7:8: " : "";
    EXPECT_THAT(log(), testing::HasSubstr(place + "probe-throw: " + messages[i] + "\n"));
    EXPECT_THAT(result.errors, ElementsAre(place + "probe-throw: " + messages[i]));
    EXPECT_EQ(result.digest.unscored_papers.size(), kinds[i] == "error" ? 0U : 3U);
  }
}

TEST_F(Probes, ThrowingInCreateSaysSoBeforeAnythingIsFetched) {
  const auto wrong = run(lent(1, stage("probe-throw", "what = \"error\"\nwhere = \"create\"\n")));
  EXPECT_EQ(wrong.exit, exit_bad_pipeline);
  EXPECT_THAT(wrong.errors,
              ElementsAre(file("ml.toml").string() + ":7:8: probe-throw: The probe was told to fail."));
  EXPECT_EQ(run(lent(1, stage("probe-throw", "what = \"int\"\nwhere = \"create\"\n"))).exit, exit_no_digest);
}

TEST_F(Probes, SecretIsRevealedAndOnlyItsLengthIsLogged) {
  ::setenv("PROBE_KEY", "0123456789", 1);
  EXPECT_EQ(run(lent(1, stage("probe-secret"))).exit, exit_complete);
  ::unsetenv("PROBE_KEY");
  EXPECT_THAT(log(), HasSubstr("probe-secret: The key has 10 bytes.\n"));
}

TEST_F(Probes, AConcurrentStageIsCalledOnSeveralThreads) {
  options.threads = 4;
  const auto result =
      run("[[source]]\nuse = \"probe-account\"\nannounced = 1200\nskipped = 0\n" + stage("probe-concurrent") +
          "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n");
  EXPECT_EQ(result.digest.papers.at(0).comment, "met");
}

TEST_F(Probes, CancelEndsSourceAndStageSoon) {
  std::atomic<bool> cancelled{false};
  options.cancelled = &cancelled;
  options.progress = [](const Progress&) {};
  std::thread interrupt([&cancelled] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancelled = true;
  });
  const auto start = std::chrono::steady_clock::now();
  const auto result = run("[[source]]\nuse = \"probe-cancel\"\n" + stage("probe-cancel") +
                          "[[output]]\nuse = \"probe-receipt\"\npath = \"page.txt\"\n");
  interrupt.join();
  EXPECT_EQ(result.exit, exit_interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_EQ(read("page.txt"), "(absent)");
}

TEST_F(Probes, HealthLeavesARunAlone) {
  const auto result =
      run("[[source]]\nuse = \"probe-health\"\nhealthy = false\n[[output]]\nuse = \"probe-receipt\"\npath = "
          "\"page.txt\"\n");
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_TRUE(result.quiet);
}

}  // namespace
}  // namespace gleaner::host
