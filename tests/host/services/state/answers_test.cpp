#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/services/state/answer_tables.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class StateAnswers : public StateTest {
 protected:
  static http::KeptAnswer answer(std::string body) {
    return {200,
            {{"content-type", "text/xml"}, {"etag", "\"a: b\""}, {"x-empty", ""}},
            std::move(body),
            "http://127.0.0.1/feed?q=1"};
  }
  static void begin(State& state, const std::string& date) {
    state.begin_run({date, date + "T09:00:00Z", false});
  }
  [[nodiscard]] std::unique_ptr<State> open_at(const std::string& now) {
    clocks.push_back(std::make_unique<Clock>(now));
    return State::open(file, *clocks.back(), log);
  }
  std::vector<std::unique_ptr<Clock>> clocks;
};

TEST_F(StateAnswers, OfARunThatDidNotEndAreFoundByTheNextOfItsDate) {
  const std::string body("<rss>\0\xFF</rss>", 14);
  {
    const auto state = open();
    begin(*state, "2025-05-20");
    state->answers().keep_received("key", answer("an older try"));
    state->answers().keep_received("key", answer(body));
  }
  const auto state = open();
  EXPECT_FALSE(state->answers().received("key"));  // no run is under way
  begin(*state, "2025-05-21");
  EXPECT_FALSE(state->answers().received("key"));
  begin(*state, "2025-05-20");
  const auto found = state->answers().received("key");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, body);
  EXPECT_EQ(found->http_status, 200);
  EXPECT_EQ(found->headers, answer("").headers);
  EXPECT_EQ(found->effective_url, "http://127.0.0.1/feed?q=1");
  EXPECT_FALSE(state->answers().received("another key"));
}

// Polling a page again, or asking again after a bad answer, must reach the server.
TEST_F(StateAnswers, AreNeverServedToTheTryThatGotThem) {
  const auto state = open();
  begin(*state, "2025-05-20");
  state->answers().keep_received("key", answer("<rss/>"));
  EXPECT_FALSE(state->answers().received("key"));
  begin(*state, "2025-05-20");  // as the next process does
  EXPECT_TRUE(state->answers().received("key"));
}

TEST_F(StateAnswers, AreForgottenWhenTheRunEndsAndOnlyThen) {
  const auto state = open();
  for (const std::string date : {"2025-05-20", "2025-05-21", "2025-05-22"}) {
    begin(*state, date);
    state->answers().keep_received("key", answer("of " + date));
  }
  begin(*state, "2025-05-20");
  state->finish_run(finished("2025-05-20"), {});
  EXPECT_FALSE(state->answers().received("key"));
  state->answers().keep_received("key", answer("too late"));
  begin(*state, "2025-05-20");
  EXPECT_FALSE(state->answers().received("key"));
  begin(*state, "2025-05-21");
  EXPECT_EQ(state->answers().received("key")->body, "of 2025-05-21");
  state->give_up_run(finished("2025-05-21"), {});
  begin(*state, "2025-05-21");
  EXPECT_FALSE(state->answers().received("key"));
  begin(*state, "2025-05-22");
  EXPECT_EQ(state->answers().received("key")->body, "of 2025-05-22");
}

TEST_F(StateAnswers, OfADateNobodyRunsAgainGoAfterAWeek) {
  {
    const auto state = open_at("2025-05-20T09:00:00Z");
    begin(*state, "2025-05-20");
    state->answers().keep_received("key", answer("kept"));
  }
  {
    const auto state = open_at("2025-05-27T09:00:00Z");
    begin(*state, "2025-05-27");
    begin(*state, "2025-05-20");
    EXPECT_TRUE(state->answers().received("key"));
  }
  const auto state = open_at("2025-05-27T09:00:01Z");
  begin(*state, "2025-05-20");
  EXPECT_TRUE(state->answers().received("key"));  // somebody does run it
  begin(*state, "2025-05-27");
  begin(*state, "2025-05-20");
  EXPECT_FALSE(state->answers().received("key"));
}

TEST_F(StateAnswers, OfFortyMegabytesAreKeptWhole) {
  std::string body(std::size_t{40} << 20, 'x');
  body.back() = 'y';
  {
    const auto state = open();
    begin(*state, "2025-05-20");
    state->answers().keep_received("key", answer(body));
  }
  const auto state = open();
  begin(*state, "2025-05-20");
  EXPECT_TRUE(state->answers().received("key")->body == body);
}

TEST_F(StateAnswers, WithAValidatorOutliveTheRun) {
  {
    const auto state = open();
    begin(*state, "2025-05-20");
    state->answers().keep_validated("key", answer("first"));
    state->answers().keep_validated("key", answer("second"));
    state->finish_run(finished("2025-05-20"), {});
  }
  const auto state = open();
  EXPECT_EQ(state->answers().validated("key")->body, "second");
  EXPECT_EQ(state->answers().validated("key")->headers, answer("").headers);
  EXPECT_FALSE(state->answers().validated("other"));
  EXPECT_FALSE(state->answers().received("key"));
}

TEST_F(StateAnswers, WithAValidatorTakeSixtyFourMegabytesInAllAndTheOldestGo) {
  const auto state = open();
  const std::string third(std::size_t{validators_max_bytes} / 4 + 1, 'x');
  for (const std::string key : {"a", "b", "c"})
    state->answers().keep_validated(key, answer(third));
  state->answers().keep_validated("a", answer(third));  // confirmed: now the newest
  state->answers().keep_validated("d", answer(third));
  EXPECT_FALSE(state->answers().validated("b"));
  for (const std::string key : {"a", "c", "d"})
    EXPECT_TRUE(state->answers().validated(key)) << key;
  state->answers().keep_validated("e", answer(std::string(std::size_t{validators_max_bytes} + 1, 'x')));
  EXPECT_FALSE(state->answers().validated("e"));
  EXPECT_TRUE(state->answers().validated("d"));
}

TEST_F(StateAnswers, WithAValidatorGoAfterThirtyDays) {
  open_at("2025-05-01T00:00:00Z")->answers().keep_validated("key", answer("v"));
  {
    const auto state = open_at("2025-05-31T00:00:00Z");
    begin(*state, "2025-05-31");
    EXPECT_TRUE(state->answers().validated("key"));
  }
  const auto state = open_at("2025-05-31T00:00:01Z");
  begin(*state, "2025-05-31");
  EXPECT_FALSE(state->answers().validated("key"));
}

}  // namespace
}  // namespace gleaner::host::state
