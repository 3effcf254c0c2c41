// Days that are run again: by hand, to make up for what was missing, after an interruption, and with papers
// that went on to another day.
#include <atomic>
#include <utility>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Today is Wednesday 2025-05-07.
class Again : public PipelineRun {
 protected:
  Again() {
    static const Clock clock;
    static Redactor redactor;
    static const Log quiet(LogLevel::error, redactor, [](LogLevel, std::string_view) {});
    state = state::State::open_copy(file("none.db"), clock, quiet);
  }
  /// With `papers` of a source that keeps a calendar.
  RunResult on(const std::string& date, const std::string& papers, const std::string& more = {}) {
    options.date = date;
    return run(with("[[source]]\nuse = \"announcing\"\npapers = [" + papers + "]\n" + more));
  }
  RunResult make_up(const std::string& date, const std::string& papers, const std::string& more) {
    options.making_up = true;
    auto out = on(date, papers, more);
    options.making_up = false;
    return out;
  }
  /// As it was on that morning.
  RunResult in_time(const std::string& date, const std::string& papers, const std::string& more = {}) {
    const std::string kept = std::exchange(now, date + "T06:00:00Z");
    auto out = on(date, papers, more);
    now = kept;
    return out;
  }
  [[nodiscard]] state::RunRecord record(const std::string& date) const {
    return state->standing_run(date).value_or(state::RunRecord());
  }
};

const std::string down = "[[source]]\nuse = \"given\"\nname = \"waves\"\nfail = \"The server is gone.\"\n";
const std::string up = "[[source]]\nuse = \"given\"\nname = \"waves\"\npapers = [\"w|W\"]\n";

TEST_F(Again, APaperCarriedOnStaysWithTheDayThatJudgedIt) {
  const std::string broken = "[[stage]]\nuse = \"scores\"\nfirst = { z = 1 }\n";
  const std::string mended = "[[stage]]\nuse = \"scores\"\nfirst = { a = 7, b = 6, c = 5 }\n";
  ASSERT_EQ(on("2025-05-05", R"("a|A", "b|B")", broken).digest.unscored_papers.size(), 2u);
  ASSERT_THAT(ids(on("2025-05-06", R"("c|C")", mended).digest.papers), ElementsAre("a", "b", "c"));
  for (int i = 0; i < 2; ++i) {
    const auto before = on("2025-05-05", R"("a|A", "b|B")", mended);
    EXPECT_THAT(ids(before.digest.papers), IsEmpty());
    EXPECT_THAT(rows(before.digest.receipt), ElementsAre("announcing/seen/judged under another date: 2"));
    EXPECT_TRUE(before.digest.receipt.closes);
    const auto after = on("2025-05-06", R"("c|C")", mended);
    EXPECT_THAT(ids(after.digest.papers), ElementsAre("a", "b", "c"));
    EXPECT_TRUE(after.digest.receipt.closes);
  }
}

TEST_F(Again, APaperCarriedOverTwoDaysStaysWithTheLast) {
  const std::string broken = "[[stage]]\nuse = \"scores\"\nfirst = { z = 1 }\n";
  const std::string mended = "[[stage]]\nuse = \"scores\"\nfirst = { a = 7, b = 6, c = 5 }\n";
  (void)on("2025-05-02", R"("a|A")", broken);
  (void)on("2025-05-05", R"("b|B")", broken);
  ASSERT_THAT(ids(on("2025-05-06", R"("c|C")", mended).digest.papers), ElementsAre("a", "b", "c"));
  EXPECT_THAT(ids(on("2025-05-02", R"("a|A")", mended).digest.papers), IsEmpty());
  EXPECT_THAT(ids(on("2025-05-05", R"("b|B")", mended).digest.papers), IsEmpty());
  EXPECT_THAT(ids(on("2025-05-06", R"("c|C")", mended).digest.papers), ElementsAre("a", "b", "c"));
}

TEST_F(Again, ARerunOfADayThatWasHandledInTimeIsNotLate) {
  ASSERT_FALSE(in_time("2025-05-05", R"("a|A")").digest.remedial.has_value());
  const auto first = read("digest.json");
  EXPECT_FALSE(on("2025-05-05", R"("a|A")").digest.remedial.has_value());
  EXPECT_FALSE(record("2025-05-05").remedial);
  EXPECT_FALSE(on("2025-05-05", R"("a|A")").digest.remedial.has_value()) << "nor the second";
}

TEST_F(Again, ARerunOfALateDayIsStillLate) {
  ASSERT_TRUE(on("2025-05-05", R"("a|A")").digest.remedial.has_value());
  EXPECT_TRUE(on("2025-05-05", R"("a|A")").digest.remedial.has_value());
  EXPECT_TRUE(record("2025-05-05").remedial);
}

TEST_F(Again, ADayThatWasIncompleteInTimeIsLateWhenItIsMadeWhole) {
  ASSERT_EQ(in_time("2025-05-05", R"("a|A")", down).exit, exit_incomplete);
  EXPECT_TRUE(on("2025-05-05", R"("a|A")", up).digest.remedial.has_value());
}

TEST_F(Again, MakingUpLeavesADigestAloneWhereTheSameSourceIsStillAway) {
  ASSERT_EQ(in_time("2025-05-05", R"("a|A")", down).exit, exit_incomplete);
  const auto page = read("digest.json");
  const auto before = record("2025-05-05");
  const auto again = make_up("2025-05-05", R"("a|A")", down);
  EXPECT_EQ(again.exit, exit_incomplete);
  EXPECT_TRUE(again.left_alone);
  EXPECT_THAT(again.unread, ElementsAre("waves"));
  EXPECT_EQ(again.note, "waves still cannot be read; the digest stays as it is.");
  EXPECT_THAT(again.written, IsEmpty());
  EXPECT_EQ(read("digest.json"), page);
  ASSERT_EQ(state->runs().size(), 1u);
  EXPECT_EQ(state->runs()[0].started, before.started);
  EXPECT_EQ(state->runs()[0].exit, exit_incomplete);
  EXPECT_FALSE(state->runs()[0].remedial);
}

TEST_F(Again, MakingUpLeavesADigestAloneWhereNothingCanBeReadAnyMore) {
  ASSERT_EQ(in_time("2025-05-05", R"("a|A")", down).exit, exit_incomplete);
  const auto again = make_up("2025-05-05", "", "fail = \"Gone.\"\n" + down);
  EXPECT_TRUE(again.left_alone);
  EXPECT_EQ(state->runs().at(0).exit, exit_incomplete);
  const auto stopped = make_up("2025-05-05", "", "fail = \"Gone.\"\non_error = \"stop\"\n" + down);
  EXPECT_TRUE(stopped.left_alone);
  EXPECT_EQ(stopped.exit, exit_incomplete);
  EXPECT_EQ(state->runs().at(0).exit, exit_incomplete);
}

TEST_F(Again, MakingUpReplacesADigestByABetterOne) {
  const std::string both = down + "[[source]]\nuse = \"given\"\nname = \"stones\"\n";
  ASSERT_EQ(in_time("2025-05-05", R"("a|A")", both + "fail = \"Gone.\"\n").exit, exit_incomplete);
  const auto again = make_up("2025-05-05", R"("a|A")", both + "papers = [\"s|S\"]\n");
  EXPECT_FALSE(again.left_alone);
  EXPECT_THAT(ids(again.digest.papers), ElementsAre("a", "s"));
}

TEST_F(Again, WhoAsksForADateGetsItEvenIfASourceIsAway) {
  (void)in_time("2025-05-05", R"("a|A")", down);
  EXPECT_FALSE(on("2025-05-05", R"("a|A", "b|B")", down).left_alone);
  EXPECT_THAT(read("digest.json"), HasSubstr("\"b\""));
}

// A file without a date is of the day in Greenwich on which it is read.
TEST_F(Again, AFileIsReadTwiceADayWithTheSameResult) {
  options.date = "";
  for (int i = 0; i < 2; ++i) {
    const auto result =
        run(with("[[source]]\nuse = \"announcing\"\nfile = \"feed.xml\"\npapers = [\"a|A\"]\n"));
    EXPECT_EQ(result.digest.date, "2025-05-07");
    EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
  }
}

TEST_F(Again, AFileThatSaysItsDateLeavesOneRun) {
  options.date = "";
  (void)run(
      with("[[source]]\nuse = \"announcing\"\nfile = \"feed.xml\"\ndate = \"2024-02-29\"\npapers = "
           "[\"a|A\"]\n"));
  ASSERT_EQ(state->runs().size(), 1u);
  EXPECT_EQ(state->runs()[0].date, "2024-02-29");
  EXPECT_TRUE(state->runs()[0].complete);
}

TEST_F(Again, AnInterruptedRunIsRememberedAsSuch) {
  std::atomic<bool> cancelled{true};
  options.cancelled = &cancelled;
  EXPECT_EQ(on("2025-05-06", R"("a|A")").exit, exit_interrupted);
  ASSERT_EQ(state->runs().size(), 1u);
  EXPECT_EQ(state->runs()[0].exit, exit_interrupted);
  EXPECT_EQ(state->runs()[0].finished, now);
  EXPECT_FALSE(state->runs()[0].complete);
}

TEST_F(Again, APaperThatAStageDroppedKeepsItsTitle) {
  (void)on("2025-05-06", R"("b|Bees and trees")", "[[stage]]\nuse = \"rule\"\ndrop = \"Bees and trees\"\n");
  ASSERT_EQ(state->judgements("b").size(), 1u);
  EXPECT_EQ(state->judgements("b")[0].end, state::End::dropped);
  EXPECT_EQ(state->judgements("b")[0].title, "Bees and trees");
}

}  // namespace
}  // namespace gleaner::host
