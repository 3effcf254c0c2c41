// Runs that remember: what is shown once, carried over, made up for.
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

}  // namespace
}  // namespace gleaner::host
