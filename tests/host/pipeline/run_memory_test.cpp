// Runs that remember: what is shown once, carried over, made up for.
#include <array>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Memory : public PipelineRun {
 protected:
  Memory() {
    static const Clock clock;
    static Redactor redactor;
    static const Log quiet(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
    state = state::State::open_copy(file("none.db"), clock, quiet);
  }
  RunResult on(const std::string& date, const std::string& papers, const std::string& more = {}) {
    options.date = date;
    return run(with(head + "[[source]]\nuse = \"given\"\npapers = [" + papers + "]\n" + more));
  }
  std::string head;
};

TEST_F(Memory, ACrossListingTomorrowIsNotNews) {
  EXPECT_THAT(ids(on("2025-05-06", R"("a|A", "b|B")").digest.papers), ElementsAre("a", "b"));
  const auto next = on("2025-05-07", R"("b|B", "c|C")");
  EXPECT_THAT(ids(next.digest.papers), ElementsAre("c"));
  EXPECT_THAT(rows(next.digest.receipt),
              ElementsAre("given/seen/judged under another date: 1", "given/select/selected: 1"));
  EXPECT_TRUE(next.digest.receipt.closes);
}

TEST_F(Memory, ARerunOfADateRebuildsItsDigest) {
  const auto first = on("2025-05-06", R"("a|A", "b|B")");
  (void)on("2025-05-07", R"("b|B", "c|C")");
  const auto again = on("2025-05-06", R"("a|A", "b|B")");
  EXPECT_EQ(ids(again.digest.papers), ids(first.digest.papers));
  EXPECT_THAT(ids(on("2025-05-07", R"("b|B", "c|C")").digest.papers), ElementsAre("c"));
}

TEST_F(Memory, WhatAStageDroppedIsSeenAsWell) {
  const std::string rule = "[[stage]]\nuse = \"rule\"\ndrop = \"A\"\n";
  (void)on("2025-05-06", R"("a|A", "b|B")", rule);
  EXPECT_THAT(ids(on("2025-05-07", R"("a|A", "d|D")", rule).digest.papers), ElementsAre("d"));
}

TEST_F(Memory, SeenFalseShowsEverything) {
  head = "[run]\nseen = false\n";
  (void)on("2025-05-06", R"("a|A")");
  EXPECT_THAT(ids(on("2025-05-07", R"("a|A")").digest.papers), ElementsAre("a"));
}

TEST_F(Memory, ANewVersionIsNotNewsUnlessAskedFor) {
  (void)on("2025-05-06", R"("a|A|cs.LG|Ada|1")");
  EXPECT_THAT(ids(on("2025-05-07", R"("a|A|cs.LG|Ada|2")").digest.papers), IsEmpty());
  head = "[run]\nreplacements = \"all\"\n";
  EXPECT_THAT(ids(on("2025-05-08", R"("a|A|cs.LG|Ada|3")").digest.papers), ElementsAre("a"));
  EXPECT_THAT(ids(on("2025-05-09", R"("a|A|cs.LG|Ada|3")").digest.papers), IsEmpty());
}

TEST_F(Memory, ATrackedReplacementSaysWhatChanged) {
  const std::string rule = "[[stage]]\nuse = \"rule\"\ndrop = \"B\"\n";
  (void)on("2025-05-06", R"("a|A|cs.LG|Ada|1", "b|B|cs.LG|Ben|1")", rule);
  head = "[run]\nreplacements = \"tracked\"\n";
  const auto next = on("2025-05-07", R"("a|A new|cs.LG|Ada|2", "b|B|cs.LG|Ben|2")", rule);
  ASSERT_THAT(ids(next.digest.papers), ElementsAre("a"));
  EXPECT_EQ(next.digest.papers[0].comment,
            "New version v2 of a paper selected on 2025-05-06 (v1); changed: title.");
}

// "scores" knows a paper by its id, or leaves it unscored.
TEST_F(Memory, UnscoredPapersAreCarriedIntoTheNextRunAndScoredFirst) {
  const std::string broken = "[[stage]]\nuse = \"scores\"\nfirst = { a = 5 }\n";
  const std::string mended = "[[stage]]\nuse = \"scores\"\nfirst = { b = 7, c = 6, d = 5 }\n";
  const auto first = on("2025-05-06", R"("a|A", "b|B")", broken);
  ASSERT_EQ(first.digest.unscored_papers.size(), 1u);
  const auto next = on("2025-05-07", R"("c|C", "b|B")", mended);
  EXPECT_THAT(ids(next.digest.papers), ElementsAre("b", "c"));
  EXPECT_TRUE(next.digest.receipt.closes) << testing::PrintToString(next.digest.receipt.gaps);
  ASSERT_EQ(next.digest.receipt.sources.size(), 1u);
  EXPECT_EQ(next.digest.receipt.sources[0].carried, 1u);
  EXPECT_THAT(rows(next.digest.receipt), ElementsAre("given/merge/duplicate: 1", "given/select/selected: 2"));
  const auto again = on("2025-05-07", R"("c|C", "b|B")", mended);
  EXPECT_THAT(ids(again.digest.papers), ElementsAre("b", "c"));
  EXPECT_THAT(ids(on("2025-05-08", R"("d|D")", mended).digest.papers), ElementsAre("d"));
}

TEST_F(Memory, ARunWithoutADigestTeachesNothing) {
  (void)on("2025-05-06", R"("a|A")", "fail = \"The server is gone.\"\non_error = \"stop\"\n");
  EXPECT_THAT(ids(on("2025-05-07", R"("a|A")").digest.papers), ElementsAre("a"));
  ASSERT_EQ(state->runs().size(), 2u);
  EXPECT_FALSE(state->runs()[0].complete);
}

TEST_F(Memory, ADryRunTeachesNothing) {
  options.dry_run = true;
  (void)on("2025-05-06", R"("a|A")");
  options.dry_run = false;
  EXPECT_THAT(ids(on("2025-05-07", R"("a|A")").digest.papers), ElementsAre("a"));
}

TEST_F(Memory, ADigestMadeLateSaysSo) {
  options.date = "2025-05-06";
  const auto late = run(with("[[source]]\nuse = \"announcing\"\npapers = [\"a|A\"]\n"));
  ASSERT_TRUE(late.digest.remedial.has_value());
  EXPECT_EQ(late.digest.remedial->from, "2025-05-06");
  EXPECT_EQ(late.digest.remedial->to, "2025-05-06");
  EXPECT_EQ(late.digest.remedial->generated, "2025-05-07");
  options.date = "2025-05-07";
  EXPECT_FALSE(
      run(with("[[source]]\nuse = \"announcing\"\npapers = [\"b|B\"]\n")).digest.remedial.has_value());
}

// Wednesday 2025-05-07, and the source still has what was handled yesterday.
TEST_F(Memory, YesterdaysAnnouncementIsNotHandledTwice) {
  const std::string source = "[[source]]\nuse = \"announcing\"\ndate = \"2025-05-06\"\npapers = [\"a|A\"]\n";
  options.date = "2025-05-06";
  EXPECT_EQ(run(with(source)).exit, exit_complete);
  options.date = "";
  const auto early = run(with(source));
  EXPECT_EQ(early.exit, exit_no_digest);
  EXPECT_THAT(early.errors,
              ElementsAre("The announcement of 2025-05-07 is not there yet: what the sources have is of "
                          "2025-05-06, which was handled. Try again later."));
  ASSERT_EQ(state->runs().size(), 2u);
  EXPECT_TRUE(state->runs()[0].complete);
  EXPECT_FALSE(state->runs()[1].complete);
}

TEST_F(Memory, YesterdaysAnnouncementIsTakenWhereItWasMissed) {
  const auto late =
      run(with("[[source]]\nuse = \"announcing\"\ndate = \"2025-05-06\"\npapers = [\"a|A\"]\n"));
  EXPECT_EQ(late.exit, exit_complete);
  EXPECT_EQ(late.digest.date, "2025-05-06");
  ASSERT_EQ(state->runs().size(), 2u);
  EXPECT_EQ(state->runs()[0].date, "2025-05-06");
  EXPECT_TRUE(state->runs()[0].complete);
  EXPECT_FALSE(state->runs()[1].complete);
}

TEST_F(Memory, EveryPaperLeavesAJudgement) {
  (void)on("2025-05-06", R"("a|A", "b|B")", "[[stage]]\nuse = \"rule\"\ndrop = \"B\"\n");
  const auto dropped = state->judgements("b");
  ASSERT_EQ(dropped.size(), 1u);
  EXPECT_EQ(dropped[0].end, state::End::dropped);
  EXPECT_EQ(dropped[0].stage, "rule");
  const auto selected = state->judgements("a");
  ASSERT_EQ(selected.size(), 1u);
  EXPECT_EQ(selected[0].end, state::End::selected);
  EXPECT_EQ(selected[0].title, "A");
}

/// "output outcome xattempts" of a date's deliveries.
std::vector<std::string> delivered(state::State& state, std::string_view date) {
  constexpr std::array<std::string_view, 3> words{"pending", "delivered", "failed"};
  std::vector<std::string> out;
  for (const auto& each : state.deliveries(date))
    out.push_back(fmt::format("{} {} x{}", each.output, words.at(static_cast<std::size_t>(each.outcome)),
                              each.attempts));
  return out;
}

constexpr std::string_view refuse = "[[output]]\nuse = \"refuse\"\npath = \"x\"\nhalf = true\n";

TEST_F(Memory, EveryOutputThatWasTriedLeavesADelivery) {
  (void)on("2025-05-06", R"("a|A", "b|B")", std::string(refuse));
  const auto found = state->deliveries("2025-05-06");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].key, testing::StartsWith("gleaner-2025-05-06-dump-"));
  EXPECT_EQ(found[0].output, "dump");
  EXPECT_EQ(found[0].outcome, state::Outcome::delivered);
  EXPECT_EQ(found[0].papers, 2u);
  EXPECT_EQ(found[0].tried, now);
  EXPECT_EQ(found[0].error, "");
  EXPECT_THAT(found[0].written, ElementsAre(file("digest.json").string()));
  EXPECT_EQ(found[1].output, "refuse");
  EXPECT_EQ(found[1].outcome, state::Outcome::failed);
  EXPECT_EQ(found[1].error, "refuse: It failed half-way.");
  EXPECT_THAT(found[1].written, IsEmpty());
}

TEST_F(Memory, ARerunOfADateIsAnotherAttemptOfTheSameDelivery) {
  (void)on("2025-05-06", R"("a|A")", std::string(refuse));
  const auto key = state->deliveries("2025-05-06").at(0).key;
  (void)on("2025-05-06", R"("a|A")", std::string(refuse));
  (void)on("2025-05-07", R"("b|B")", std::string(refuse));
  EXPECT_EQ(state->deliveries("2025-05-06").at(0).key, key);
  EXPECT_THAT(delivered(*state, "2025-05-06"), ElementsAre("dump delivered x2", "refuse failed x2"));
  EXPECT_THAT(delivered(*state, "2025-05-07"), ElementsAre("dump delivered x1", "refuse failed x1"));
}

TEST_F(Memory, AnOutputThatWasNotDueLeavesNoDelivery) {
  (void)on("2025-05-06", R"("a|A")", std::string(refuse) + "when = \"incomplete\"\n");
  EXPECT_THAT(delivered(*state, "2025-05-06"), ElementsAre("dump delivered x1"));
}

TEST_F(Memory, ADeliveryKnowsHowManyPapersItsOutputGot) {
  options.date = "2025-05-06";
  (void)run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\", \"c|C\"]\n") + "limit = 2\n");
  EXPECT_EQ(state->deliveries("2025-05-06").at(0).papers, 2u);
}

TEST_F(Memory, ARunThatAnOutputStoppedRemembersWhatItDelivered) {
  options.date = "2025-05-06";
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n") + std::string(refuse) +
          "on_error = \"stop\"\n[[output]]\nuse = \"dump\"\nname = \"last\"\npath = \"last.json\"\n");
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(delivered(*state, "2025-05-06"), ElementsAre("dump delivered x1", "refuse failed x1"));
  EXPECT_FALSE(state->runs().at(0).complete);
}

TEST_F(Memory, ARunNoOutputTookIsRememberedOnceAndWithItsCounts) {
  options.date = "2025-05-06";
  const auto result = run("[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\"]\n" + std::string(refuse));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(delivered(*state, "2025-05-06"), ElementsAre("refuse failed x1"));
  ASSERT_EQ(state->runs().size(), 1u);
  EXPECT_EQ(state->runs()[0].exit, exit_no_digest);
  EXPECT_EQ(state->runs()[0].announced, 2u);
  EXPECT_FALSE(state->runs()[0].complete);
}

// Hashes as Python's uuid.uuid5() has them, namespace 1c835f0a-27d4-4b6d-95e2-70b83e19ca46.
TEST_F(Memory, AJudgementNamesThePromptOfTheStageThatDecided) {
  const std::string one = R"(
[[stage]]
use = "scores"
name = "one"
first = { a = 5, b = 5, d = 7 }
prompt = "First prompt"
)";
  const auto hash_of = [this](std::string_view id) { return state->judgements(id).at(0).prompt_hash; };
  (void)on(
      "2025-05-06", R"("a|A", "b|B", "c|C")",
      "[[stage]]\nuse = \"rule\"\ndrop = \"C\"\n" + one +
          "[[stage]]\nuse = \"rule\"\nname = \"picks\"\npick = \"B\"\n[select]\nmin = { relevance = 6 }\n");
  EXPECT_EQ(state->judgements("a").at(0).end, state::End::below);
  EXPECT_EQ(hash_of("a"), "d4e67a95-a6df-5db6-8e9b-97f39e9f19dd");
  EXPECT_EQ(state->judgements("b").at(0).stage, "picks");
  EXPECT_EQ(hash_of("b"), "");
  EXPECT_EQ(hash_of("c"), "");
  (void)on(
      "2025-05-07", R"("d|D")",
      one + "[[stage]]\nuse = \"scores\"\nname = \"two\"\nfirst = { d = 7 }\nprompt = \"Second prompt\"\n");
  EXPECT_EQ(hash_of("d"), "b6f96aab-b0ef-5632-bf74-1273ffb2f40c");
}

TEST_F(Memory, APromptThatChangesHasAnotherName) {
  const auto hash_with = [this](const std::string& prompt) {
    (void)on("2025-05-06", R"("a|A")",
             "[[stage]]\nuse = \"scores\"\nfirst = { a = 5 }\nprompt = \"" + prompt + "\"\n");
    return state->judgements("a").at(0).prompt_hash;
  };
  EXPECT_EQ(hash_with("First prompt"), "d4e67a95-a6df-5db6-8e9b-97f39e9f19dd");
  EXPECT_NE(hash_with("First prompt."), "d4e67a95-a6df-5db6-8e9b-97f39e9f19dd");
  EXPECT_EQ(hash_with(""), "");
}

}  // namespace
}  // namespace gleaner::host
