#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Deliveries : public StateTest {
 protected:
  static Delivery to(const std::string& output, Outcome outcome = Outcome::delivered,
                     const std::string& date = "2025-05-20") {
    Delivery out;
    out.key = date + "-" + output;
    out.date = date;
    out.output = output;
    out.outcome = outcome;
    out.attempts = 1;
    return out;
  }
  void finish(const std::vector<Delivery>& deliveries) const {
    state->begin_run({"2025-05-20", "t", false});
    state->finish_run(finished("2025-05-20"), {{}, {}, deliveries});
  }
  /// "output" of those that were delivered, "output!" of the others.
  [[nodiscard]] std::vector<std::string> known(std::string_view date = "2025-05-20") const {
    std::vector<std::string> out;
    for (const auto& each : state->deliveries(date))
      out.push_back(each.output + (each.outcome == Outcome::delivered ? "" : "!"));
    return out;
  }
  std::unique_ptr<State> state = open();
};

TEST_F(Deliveries, AreAsTheyWereWrittenAfterTheFileIsOpenedAgain) {
  Delivery mail = to("mail", Outcome::failed);
  mail.key = "gleaner-2025-05-20-mail-0123";
  mail.attempts = 3;
  mail.papers = 28;
  mail.tried = "2025-05-26T09:01:00Z";
  mail.error = "mail: The server does not answer.";
  Delivery page = to("page");
  page.written = {"/home/ada/out/2025-05-20.md", "-"};
  finish({page, mail, to("chat", Outcome::pending)});
  state.reset();
  state = open();
  const auto said = state->deliveries("2025-05-20");
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(said[0].outcome, Outcome::pending);
  EXPECT_EQ(said[0].tried, "");
  EXPECT_EQ(said[1].key, mail.key);
  EXPECT_EQ(said[1].date, "2025-05-20");
  EXPECT_EQ(said[1].output, "mail");
  EXPECT_EQ(said[1].outcome, Outcome::failed);
  EXPECT_EQ(said[1].attempts, 3U);
  EXPECT_EQ(said[1].papers, 28U);
  EXPECT_EQ(said[1].tried, mail.tried);
  EXPECT_EQ(said[1].error, mail.error);
  EXPECT_THAT(said[1].written, IsEmpty());
  EXPECT_EQ(said[2].outcome, Outcome::delivered);
  EXPECT_EQ(said[2].written, page.written);
  EXPECT_THAT(state->deliveries("2025-05-21"), IsEmpty());
}

TEST_F(Deliveries, WhatWasDeliveredStaysAndWhatFailedGoesWithItsDigest) {
  finish({to("mail"), to("chat", Outcome::failed), to("page", Outcome::pending)});
  finish({});
  EXPECT_THAT(known(), ElementsAre("mail"));
}

TEST_F(Deliveries, ALaterTryTakesThePlaceOfTheEarlier) {
  finish({to("chat", Outcome::failed), to("page")});
  finish({to("chat"), to("page", Outcome::failed)});
  EXPECT_THAT(known(), ElementsAre("chat", "page!"));
}

TEST_F(Deliveries, OfOtherDatesAreLeftAlone) {
  state->put_delivery(to("chat", Outcome::failed, "2025-05-19"));
  finish({to("page")});
  EXPECT_THAT(known("2025-05-19"), ElementsAre("chat!"));
}

TEST_F(Deliveries, ARunThatIsGivenUpTakesNothingBack) {
  finish({to("chat", Outcome::failed), to("mail", Outcome::failed)});
  state->begin_run({"2025-05-20", "later", false});
  EXPECT_THAT(known(), ElementsAre("chat!", "mail!"));
  auto record = finished("2025-05-20");
  record.complete = false;
  const std::vector<Delivery> made{to("mail")};
  state->give_up_run(record, made);
  EXPECT_THAT(known(), ElementsAre("chat!", "mail"));
  EXPECT_FALSE(state->runs().front().complete);
}

TEST_F(Deliveries, OneAloneCanBeMadeLater) {
  finish({to("mail", Outcome::failed), to("page")});
  state->put_delivery(to("mail"));
  EXPECT_THAT(known(), ElementsAre("mail", "page"));
}

}  // namespace
}  // namespace gleaner::host::state
