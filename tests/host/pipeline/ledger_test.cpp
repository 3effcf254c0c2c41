#include "host/pipeline/ledger.hpp"

#include <gmock/gmock.h>

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Today is Wednesday 2026-11-25; the source announces on workdays, but for the 26th.
class Ledger : public testing::Test {
 protected:
  Ledger() {
    source_.kind = Kind::source;
    source_.calendar = CalendarInfo{"America/New_York", {"2026-11-20"}, 0b0011111};
    ComponentConfig config;
    config.info = &source_;
    config.name = "source";
    pipeline_.sources.push_back(config);
  }
  void ran(const std::string& date, bool complete = true) {
    state::RunRecord run;
    run.date = date;
    run.complete = complete;
    runs_.push_back(run);
  }
  [[nodiscard]] std::vector<std::string> missed() const {
    return missed_dates(pipeline_, "2026-11-25", runs_);
  }

  ComponentInfo source_;
  Pipeline pipeline_;
  std::vector<state::RunRecord> runs_;
};

TEST_F(Ledger, ANewStateHasMissedNothing) {
  EXPECT_THAT(missed(), IsEmpty());
}

TEST_F(Ledger, DaysSinceTheLastRunAreMissedButWeekendsAndHolidays) {
  ran("2026-11-18");
  EXPECT_THAT(missed(), ElementsAre("2026-11-19", "2026-11-23", "2026-11-24"));
}

TEST_F(Ledger, AHoleBetweenCompleteRunsIsMissed) {
  ran("2026-11-19");
  ran("2026-11-24");
  EXPECT_THAT(missed(), ElementsAre("2026-11-23"));
}

TEST_F(Ledger, AnIncompleteRunIsMadeAgain) {
  ran("2026-11-23");
  ran("2026-11-24", false);
  EXPECT_THAT(missed(), ElementsAre("2026-11-24"));
}

TEST_F(Ledger, CatchUpSaysHowFarBack) {
  ran("2026-11-02");
  pipeline_.run.catch_up = 1;
  EXPECT_THAT(missed(), ElementsAre("2026-11-24"));
  pipeline_.run.catch_up = 0;
  EXPECT_THAT(missed(), IsEmpty());
}

TEST_F(Ledger, TheOwnersHolidaysAreNotMissed) {
  ran("2026-11-20");
  pipeline_.run.holidays = {"2026-11-24"};
  EXPECT_THAT(missed(), ElementsAre("2026-11-23"));
}

TEST_F(Ledger, AnOutageLongerThanCatchUpLeavesDaysOutOfReach) {
  ran("2026-11-11", false);
  ran("2026-11-12");
  const auto out_of_reach = [this] { return dates_out_of_reach(pipeline_, "2026-11-25", runs_); };
  EXPECT_THAT(out_of_reach(), ElementsAre("2026-11-13", "2026-11-16", "2026-11-17"));
  pipeline_.run.catch_up = 0;
  EXPECT_THAT(out_of_reach(), IsEmpty()) << "who wants no missed days need not hear of them";
  pipeline_.run.catch_up = 7;
  ran("2026-11-24");
  EXPECT_THAT(out_of_reach(), IsEmpty()) << "it was said after the outage";
}

TEST_F(Ledger, ASourceThatAReceiptHasNothingOfWasNotRead) {
  pipeline_.sources.push_back(pipeline_.sources.front());
  pipeline_.sources.back().name = "waves";
  state::RunRecord run;
  const auto unread = [&] { return unread_sources(pipeline_, run); };
  run.receipt = R"({"sources": [{"source": "source", "announced": 5}, {"source": "waves", "announced": 0}]})";
  EXPECT_THAT(unread(), IsEmpty());
  run.receipt = R"({"sources": [{"source": "source", "announced": 5}]})";
  EXPECT_THAT(unread(), ElementsAre("waves"));
  run.receipt =
      R"({"sources": [{"source": "source", "announced": 5}, {"source": "waves", "announced": 0, "carried": 2}]})";
  EXPECT_THAT(unread(), ElementsAre("waves"));
  run.receipt = "";
  EXPECT_THAT(unread(), ElementsAre("source", "waves"));
}

TEST_F(Ledger, SourcesWithoutACalendarMissNothing) {
  source_.calendar.reset();
  ran("2026-11-18");
  EXPECT_THAT(missed(), IsEmpty());
  EXPECT_EQ(ledger_today(pipeline_, Clock("2026-11-25T12:00:00Z")), "");
}

TEST_F(Ledger, TodayIsTheSourcesOwn) {
  EXPECT_EQ(ledger_today(pipeline_, Clock("2026-11-25T03:00:00Z")),
            "2026-11-24");  // still evening in New York
}

}  // namespace
}  // namespace gleaner::host
