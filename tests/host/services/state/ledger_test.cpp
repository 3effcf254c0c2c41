#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Ledger : public StateTest {
 protected:
  std::map<std::string, Earlier> elsewhere(const std::vector<std::string_view>& ids, std::string_view date) {
    return state->judged_elsewhere(ids, date);
  }
  std::unique_ptr<State> state = open();
};

TEST_F(Ledger, ARunIsAsItWasWritten) {
  RunRecord record = finished("2025-05-20");
  record.exit = 3;
  record.remedial = true;
  record.announced = 526;
  record.scanned = 312;
  record.selected = 28;
  record.unscored = 2;
  record.tokens = 55551;
  record.cost = 0.189263;
  record.receipt = R"({"rows": [], "closes": true})";
  record.digest = R"({"schema": "gleaner.digest/1"})";
  Judgement paper = judged("2505.01557", End::selected);
  paper.version = 2;
  paper.stage = "openai";
  paper.reason = "because";
  paper.scores = R"({"relevance": 10})";
  paper.total = 19.5;
  paper.comment = "a comment";
  paper.sources = "arxiv,feed";
  paper.title = "A title";
  paper.paper = R"({"id": "2505.01557"})";
  paper.prompt_hash = "abcd";
  state->begin_run({"2025-05-20", record.started, true});
  state->finish_run(record, {{paper, judged("2505.00001", End::over_limit)}, {}, {}});
  state.reset();
  state = open();

  ASSERT_EQ(state->runs().size(), 1U);
  const RunRecord run = state->runs().front();
  EXPECT_EQ(run.date, "2025-05-20");
  EXPECT_EQ(run.started, record.started);
  EXPECT_EQ(run.finished, record.finished);
  EXPECT_EQ(run.exit, 3);
  EXPECT_FALSE(run.quiet);
  EXPECT_TRUE(run.complete);
  EXPECT_TRUE(run.remedial);
  EXPECT_EQ(run.announced, 526U);
  EXPECT_EQ(run.scanned, 312U);
  EXPECT_EQ(run.selected, 28U);
  EXPECT_EQ(run.unscored, 2U);
  EXPECT_EQ(run.tokens, 55551U);
  EXPECT_EQ(run.cost, 0.189263);
  EXPECT_EQ(run.receipt, record.receipt);
  EXPECT_EQ(run.digest, "");
  EXPECT_EQ(state->digest("2025-05-20"), record.digest);
  EXPECT_EQ(state->digest("2025-05-21"), std::nullopt);

  ASSERT_EQ(state->judgements("2505.01557").size(), 1U);
  const Judgement said = state->judgements("2505.01557").front();
  EXPECT_EQ(said.date, "2025-05-20");
  EXPECT_EQ(said.version, 2U);
  EXPECT_EQ(said.end, End::selected);
  EXPECT_EQ(said.stage, "openai");
  EXPECT_EQ(said.reason, "because");
  EXPECT_EQ(said.scores, paper.scores);
  EXPECT_EQ(said.total, 19.5);
  EXPECT_EQ(said.comment, "a comment");
  EXPECT_EQ(said.sources, "arxiv,feed");
  EXPECT_EQ(said.title, "A title");
  EXPECT_EQ(said.paper, paper.paper);
  EXPECT_EQ(said.prompt_hash, "abcd");
  EXPECT_EQ(state->judgements("2505.00001").front().total, std::nullopt);
  EXPECT_THAT(state->judgements("2505.99999"), IsEmpty());
}

TEST_F(Ledger, ARunThatNeverEndedIsShownAsSuchAndTheDigestBeforeItStays) {
  auto record = finished("2025-05-20");
  record.digest = "the page";
  state->begin_run({"2025-05-20", "t", false});
  state->finish_run(record, {{judged("a")}, {}, {}});
  EXPECT_TRUE(state->runs().front().complete);
  state->begin_run({"2025-05-20", "later", true});
  ASSERT_EQ(state->runs().size(), 1U);
  EXPECT_EQ(state->runs().front().started, "later");
  EXPECT_EQ(state->runs().front().finished, "");
  EXPECT_FALSE(state->runs().front().complete);
  EXPECT_TRUE(state->runs().front().remedial);
  EXPECT_EQ(state->digest("2025-05-20"), "the page");
  EXPECT_EQ(state->judgements("a").size(), 1U);

  auto given_up = finished("2025-05-20");
  given_up.exit = 1;
  given_up.complete = false;
  state->give_up_run(given_up, {});
  EXPECT_EQ(state->runs().front().exit, 1);
  EXPECT_EQ(state->digest("2025-05-20"), "the page");
  EXPECT_EQ(state->judgements("a").size(), 1U);

  state->begin_run({"2025-05-20", "again", false});
  state->finish_run(finished("2025-05-20"), {{judged("b")}, {}, {}});
  ASSERT_EQ(state->runs().size(), 1U);
  EXPECT_TRUE(state->runs().front().complete);
  EXPECT_EQ(state->digest("2025-05-20"), std::nullopt);  // this time it was quiet
  EXPECT_THAT(state->judgements("a"), IsEmpty());
  EXPECT_EQ(state->judgements("b").size(), 1U);
}

TEST_F(Ledger, RunsComeOldestDateFirst) {
  for (const std::string date : {"2025-05-21", "2025-05-19", "2025-05-20"})
    run(*state, date, {});
  std::vector<std::string> dates;
  for (const auto& each : state->runs())
    dates.push_back(each.date);
  EXPECT_THAT(dates, ElementsAre("2025-05-19", "2025-05-20", "2025-05-21"));
}

TEST_F(Ledger, APaperIsKnownByItsHighestVersionAndOfThatTheEarliestDate) {
  auto second = judged("a", End::selected);
  second.version = 2;
  run(*state, "2025-05-20", {judged("a", End::below), judged("b", End::below)});
  run(*state, "2025-05-21", {second, judged("b")});
  const auto found = elsewhere({"a", "b", "unknown"}, "2025-05-22");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at("a").date, "2025-05-21");
  EXPECT_EQ(found.at("a").version, 2U);
  EXPECT_EQ(found.at("a").end, End::selected);
  EXPECT_EQ(found.at("b").date, "2025-05-20");
  EXPECT_EQ(found.at("b").end, End::below);
  EXPECT_THAT(elsewhere({}, "2025-05-22"), IsEmpty());
}

TEST_F(Ledger, ARerunFindsWhatItsRunFound) {
  auto second = judged("a", End::selected);
  second.version = 2;
  run(*state, "2025-05-20", {judged("a")});
  run(*state, "2025-05-21", {second});  // a new version, asked for
  EXPECT_THAT(elsewhere({"a"}, "2025-05-20"), IsEmpty());
  EXPECT_EQ(elsewhere({"a"}, "2025-05-21").at("a").version, 1U);
}

TEST_F(Ledger, ADayMadeUpLaterDoesNotRepeatWhatALaterDayHasShown) {
  run(*state, "2025-05-21", {judged("a", End::selected)});
  EXPECT_EQ(elsewhere({"a"}, "2025-05-20").at("a").date, "2025-05-21");
  run(*state, "2025-05-20", {judged("a", End::seen)});
  EXPECT_EQ(elsewhere({"a"}, "2025-05-20").at("a").date, "2025-05-21");
  EXPECT_THAT(elsewhere({"a"}, "2025-05-21"), IsEmpty());
}

TEST_F(Ledger, ToBeSeenOrUnscoredIsNoJudgement) {
  run(*state, "2025-05-20", {judged("a", End::selected), judged("b", End::unscored)});
  run(*state, "2025-05-21", {judged("a", End::seen), judged("b", End::selected)});
  EXPECT_THAT(elsewhere({"a"}, "2025-05-20"), IsEmpty());  // a rerun of its date shows it again
  EXPECT_THAT(elsewhere({"b"}, "2025-05-21"), IsEmpty());  // it was carried into that day
  EXPECT_EQ(elsewhere({"a", "b"}, "2025-05-22").at("a").date, "2025-05-20");
  EXPECT_EQ(elsewhere({"a", "b"}, "2025-05-22").at("b").date, "2025-05-21");
}

TEST_F(Ledger, TwoThousandIdsAreOneQuestion) {
  std::vector<Judgement> papers;
  std::vector<std::string> ids;
  for (int i = 0; i < 2345; ++i) {
    ids.push_back("2505." + std::to_string(10000 + i));
    if (i % 3 == 0) papers.push_back(judged(ids.back()));
  }
  run(*state, "2025-05-20", papers);
  const auto found = elsewhere({ids.begin(), ids.end()}, "2025-05-21");
  EXPECT_EQ(found.size(), papers.size());
  for (const auto& each : papers)
    EXPECT_TRUE(found.contains(each.id));
}

TEST_F(Ledger, TheHighestSelectedVersionIsRemembered) {
  const auto selected = [](std::uint32_t version, const std::string& paper) {
    auto out = judged("a", End::selected);
    out.version = version;
    out.paper = paper;
    return out;
  };
  EXPECT_EQ(state->selected_paper("a"), std::nullopt);
  run(*state, "2025-05-20", {judged("a", End::dropped)});
  EXPECT_EQ(state->selected_paper("a"), std::nullopt);
  run(*state, "2025-05-22", {selected(2, "v2")});
  run(*state, "2025-05-21", {selected(1, "v1")});
  run(*state, "2025-05-23", {judged("a", End::dropped)});
  EXPECT_EQ(state->selected_paper("a"), "v2");
}

TEST_F(Ledger, APaperIsCarriedUntilItIsJudged) {
  const std::string a = R"({"id": "a"})", b = R"({"id": "b"})", c = R"({"id": "c"})";
  run(*state, "2025-05-20", {judged("b", End::unscored), judged("a", End::unscored)}, {b, a});
  EXPECT_THAT(state->carried("2025-05-20"), IsEmpty());
  EXPECT_THAT(state->carried("2025-05-21"), ElementsAre(b, a));
  run(*state, "2025-05-21",
      {judged("a", End::selected), judged("b", End::unscored), judged("c", End::unscored)}, {b, c});
  EXPECT_THAT(state->carried("2025-05-21"), ElementsAre(b, a));  // a rerun finds what the run found
  EXPECT_THAT(state->carried("2025-05-22"), ElementsAre(b, c));
  EXPECT_THAT(state->carried("2025-05-20"), IsEmpty());  // nothing goes back in time
  auto second = judged("a", End::selected);
  second.version = 2;
  run(*state, "2025-05-23", {second});
  EXPECT_THAT(state->carried("2025-05-21"), ElementsAre(b, a));
  run(*state, "2025-05-20", {});
  EXPECT_THAT(state->carried("2025-05-21"), ElementsAre(a));  // this time only what the later day has judged
}

TEST_F(Ledger, WhatALaterDayHasJudgedIsCarriedIntoItAgainAfterARerunOfItsOwnDay) {
  const std::string a = R"({"id": "a"})", b = R"({"id": "b"})", c = R"({"id": "c"})";
  run(*state, "2025-05-20", {judged("b", End::unscored), judged("a", End::unscored)}, {b, a});
  run(*state, "2025-05-21", {judged("a"), judged("b", End::selected)});
  run(*state, "2025-05-20", {judged("a", End::seen), judged("b", End::seen), judged("c", End::unscored)},
      {c});
  EXPECT_THAT(state->carried("2025-05-21"), ElementsAre(b, a, c));
  EXPECT_THAT(state->carried("2025-05-22"), ElementsAre(c));
}

TEST_F(Ledger, ARunThatIsWithdrawnWasNever) {
  run(*state, "2025-05-20", {judged("a")});
  state->begin_run({"2025-05-20", "later", true});
  EXPECT_EQ(state->runs().front().started, "later");
  EXPECT_EQ(state->standing_run("2025-05-20")->started, finished("2025-05-20").started);
  state->withdraw_run("2025-05-20");
  EXPECT_EQ(state->runs().front().started, finished("2025-05-20").started);
  EXPECT_EQ(state->judgements("a").size(), 1U);
  state->begin_run({"2025-05-21", "later", true});
  state->withdraw_run("2025-05-21");
  EXPECT_EQ(state->runs().size(), 1U);
  EXPECT_FALSE(state->standing_run("2025-05-21").has_value());
}

TEST_F(Ledger, AnInterruptedRunLeavesItsAnswersToTheNextTry) {
  state->begin_run({"2025-05-20", "t", false});
  state->answers().keep_received("feed", {});
  auto interrupted = finished("2025-05-20");
  interrupted.exit = 130;
  interrupted.complete = false;
  state->interrupt_run(interrupted, {});
  EXPECT_EQ(state->runs().front().exit, 130);
  state->begin_run({"2025-05-20", "t", false});
  EXPECT_TRUE(state->answers().received("feed").has_value());
}

// As earlier versions left it for a file that says its own date.
TEST_F(Ledger, ARunWithoutADateIsNotShownAndGoesWithTheNext) {
  run(*state, "2025-05-20", {});
  state.reset();
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO run SELECT '', 0, started, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, '' FROM run");
  ASSERT_EQ(open_copy()->runs().size(), 1U);
  state = open();
  state->begin_run({"2025-05-21", "t", false});
  state.reset();
  SQLite::Database left(file.string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(left.execAndGet("SELECT COUNT(*) FROM run WHERE date = ''").getInt(), 0);
}

TEST_F(Ledger, ACarriedPaperThatCannotBeReadIsNotLost) {
  run(*state, "2025-05-20", {}, {"no JSON", R"({"title": "without an id"})"});
  EXPECT_EQ(state->carried("2025-05-21").size(), 2U);
}

}  // namespace
}  // namespace gleaner::host::state
