#include <thread>

#include <gtest/gtest.h>

#include <gleaner/ext/store.h>

#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using StateComponents = StateTest;

TEST_F(StateComponents, AreThereInTheNextRun) {
  const std::string bytes("\0\xFF\n", 3);
  {
    const auto state = open();
    EXPECT_TRUE(state->components().put("source/a", "k", "first", 0));
    EXPECT_TRUE(state->components().put("source/a", "k", bytes, 0));
    EXPECT_TRUE(state->components().put("output/a", "k", "", 0));
    EXPECT_TRUE(state->components().put("stage/a", std::string("\0", 1), "of a key of one zero", 0));
  }
  const auto state = open();
  EXPECT_EQ(state->components().get("source/a", "k"), bytes);
  EXPECT_EQ(state->components().get("output/a", "k"), "");
  EXPECT_EQ(state->components().get("stage/a", "k"), std::nullopt);
  EXPECT_EQ(state->components().get("stage/a", std::string("\0", 1)), "of a key of one zero");
  EXPECT_EQ(state->components().get("stage/a", ""), std::nullopt);
  state->components().erase("source/a", "k");
  EXPECT_EQ(state->components().get("source/a", "k"), std::nullopt);
  EXPECT_EQ(state->components().get("output/a", "k"), "");
}

TEST_F(StateComponents, TheWallClockDecidesWhatIsTooOld) {
  open()->components().put("s", "k", "v", 60);
  const Clock before("2025-05-26T09:00:59Z"), after("2025-05-26T09:01:00Z");
  EXPECT_EQ(State::open(file, before, log)->components().get("s", "k"), "v");
  const auto state = State::open(file, after, log);
  EXPECT_EQ(state->components().get("s", "k"), std::nullopt);
  state->begin_run({"2025-05-26", after.timestamp(), false});  // takes it out of the file as well
  EXPECT_EQ(State::open_copy(file, before, log)->components().get("s", "k"), std::nullopt);
}

TEST_F(StateComponents, AVeryLongTimeIsForGood) {
  open()->components().put("s", "k", "v", UINT64_MAX);
  const Clock late("2525-01-01T00:00:00Z");
  EXPECT_EQ(State::open(file, late, log)->components().get("s", "k"), "v");
}

TEST_F(StateComponents, RefuseWhatIsOverTheLimits) {
  const auto state = open();
  EXPECT_TRUE(state->components().put("s", std::string(GLEANER_STORE_KEY_MAX, 'k'),
                                      std::string(GLEANER_STORE_VALUE_MAX, 'v'), 0));
  EXPECT_FALSE(state->components().put("s", std::string(GLEANER_STORE_KEY_MAX + 1, 'k'), "v", 0));
  EXPECT_FALSE(state->components().put("s", "k", std::string(GLEANER_STORE_VALUE_MAX + 1, 'v'), 0));
  EXPECT_EQ(state->components().get("s", "k"), std::nullopt);
  EXPECT_EQ(state->components().get("s", std::string(GLEANER_STORE_KEY_MAX, 'k'))->size(),
            GLEANER_STORE_VALUE_MAX);
}

TEST_F(StateComponents, AreSafeFromSeveralThreads) {
  const auto state = open();
  state->begin_run({"2025-05-20", "2025-05-26T09:00:00Z", false});
  std::vector<std::thread> threads;
  for (int each = 0; each < 4; ++each) {
    threads.emplace_back([&, name = std::to_string(each)] {
      for (int i = 0; i < 10; ++i) {
        state->components().put(name, "k", std::to_string(i), 0);
        EXPECT_EQ(state->components().get(name, "k"), std::to_string(i));
        state->answers().keep_received(name, {200, {}, std::to_string(i), ""});
        EXPECT_FALSE(state->answers().received(name));  // its own answers are for a later try
        state->answers().keep_validated(name, {200, {}, std::to_string(i), ""});
        EXPECT_EQ(state->answers().validated(name)->body, std::to_string(i));
      }
    });
  }
  for (auto& each : threads)
    each.join();
}

}  // namespace
}  // namespace gleaner::host::state
