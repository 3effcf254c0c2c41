// What the conformance tests call memory in use: what a component keeps, and nothing of what malloc keeps.
#include "host/cli/conformance/memory.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gleaner::host::cli::conformance {
namespace {

class HeapInUse : public testing::Test {
 protected:
  void SetUp() override {
    if (heap_in_use() == 0) GTEST_SKIP() << "a sanitizer's allocator does not say";
  }
};

TEST_F(HeapInUse, IsTheSameWhereMallocKeepsWhatWasFreed) {
  std::mt19937 random(7);
  const std::size_t before = heap_in_use();
  for (int round = 0; round < 50; ++round) {
    {
      std::vector<std::string> texts(random() % 40);
      for (std::string& text : texts)
        text.assign(random() % 1000, 'x');
    }
    EXPECT_LE(heap_in_use(), before + 256) << round;
  }
}

TEST_F(HeapInUse, GrowsByWhatIsKept) {
  const std::size_t before = heap_in_use();
  std::vector<std::string> kept(100, std::string(200, 'x'));
  EXPECT_GE(heap_in_use(), before + 100 * 200);
  EXPECT_LT(heap_in_use(), before + 100 * 300);
}

}  // namespace
}  // namespace gleaner::host::cli::conformance
