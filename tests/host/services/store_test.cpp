#include "host/services/store.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include <gleaner/ext/store.h>

namespace gleaner::host {
namespace {

TEST(MemoryStore, EveryComponentHasItsOwnNames) {
  const Clock clock;
  MemoryStore store(clock);
  EXPECT_TRUE(store.put("source/a", "k", "of the source", 0));
  EXPECT_TRUE(store.put("output/a", "k", "of the output", 0));
  EXPECT_EQ(store.get("source/a", "k"), "of the source");
  EXPECT_EQ(store.get("output/a", "k"), "of the output");
  EXPECT_EQ(store.get("stage/a", "k"), std::nullopt);
  store.erase("source/a", "k");
  EXPECT_EQ(store.get("source/a", "k"), std::nullopt);
  EXPECT_EQ(store.get("output/a", "k"), "of the output");
}

TEST(MemoryStore, APutReplacesAndValuesMayHoldAnyByte) {
  const Clock clock;
  MemoryStore store(clock);
  const std::string bytes("\0\xFF\n", 3);
  EXPECT_TRUE(store.put("s", "k", "first", 0));
  EXPECT_TRUE(store.put("s", "k", bytes, 0));
  EXPECT_EQ(store.get("s", "k"), bytes);
}

TEST(MemoryStore, TheWallClockDecidesWhatIsTooOld) {
  const Clock fixed("2025-05-07T06:00:00Z");
  MemoryStore store(fixed);
  EXPECT_TRUE(store.put("s", "k", "v", 1));
  EXPECT_EQ(store.get("s", "k"), "v");  // a set clock stands still
  const Clock running;
  MemoryStore other(running);
  EXPECT_TRUE(other.put("s", "k", "v", 1));
  const auto start = running.now_ms();
  while (running.now_ms() < start + 1001) {
    const bool young = running.now_ms() < start + 900;
    const auto got = other.get("s", "k");
    ASSERT_TRUE(!young || got == "v");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(other.get("s", "k"), std::nullopt);
}

TEST(MemoryStore, AVeryLongTimeIsForGood) {
  const Clock clock;
  MemoryStore store(clock);
  EXPECT_TRUE(store.put("s", "k", "v", UINT64_MAX));
  EXPECT_EQ(store.get("s", "k"), "v");
}

TEST(MemoryStore, RefusesWhatIsOverTheLimits) {
  const Clock clock;
  MemoryStore store(clock);
  EXPECT_TRUE(store.put("s", std::string(GLEANER_STORE_KEY_MAX, 'k'), "v", 0));
  EXPECT_FALSE(store.put("s", std::string(GLEANER_STORE_KEY_MAX + 1, 'k'), "v", 0));
  EXPECT_FALSE(store.put("s", "k", std::string(GLEANER_STORE_VALUE_MAX + 1, 'v'), 0));
  EXPECT_EQ(store.get("s", "k"), std::nullopt);
}

}  // namespace
}  // namespace gleaner::host
