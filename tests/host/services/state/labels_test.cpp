#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Labels : public StateTest {
 protected:
  void put(const std::string& id, std::uint32_t version, const std::string& name,
           const std::string& value) const {
    state->put_label({id, version, name, value, "2025-05-20", "2025-05-26T10:00:00Z"});
  }
  /// "v1 relevant=yes"
  [[nodiscard]] std::vector<std::string> labels(std::string_view id) const {
    std::vector<std::string> out;
    for (const auto& each : state->labels_of(id))
      out.push_back("v" + std::to_string(each.version) + " " + each.name + "=" + each.value);
    return out;
  }
  std::unique_ptr<State> state = open();
};

TEST_F(Labels, AreAsTheyWereGivenAfterTheFileIsOpenedAgain) {
  put("2505.01557", 2, "relevant", "It's \"so\", 中");
  state.reset();
  state = open();
  const auto said = state->labels_of("2505.01557");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].id, "2505.01557");
  EXPECT_EQ(said[0].version, 2U);
  EXPECT_EQ(said[0].name, "relevant");
  EXPECT_EQ(said[0].value, "It's \"so\", 中");
  EXPECT_EQ(said[0].date, "2025-05-20");
  EXPECT_EQ(said[0].given, "2025-05-26T10:00:00Z");
}

TEST_F(Labels, ComeByVersionThenByName) {
  put("a", 2, "relevant", "no");
  put("a", 1, "relevant", "yes");
  put("a", 1, "novelty", "8");
  put("b", 0, "read", "");
  EXPECT_THAT(labels("a"), ElementsAre("v1 novelty=8", "v1 relevant=yes", "v2 relevant=no"));
  EXPECT_THAT(labels("b"), ElementsAre("v0 read="));
  EXPECT_THAT(labels("c"), IsEmpty());
}

TEST_F(Labels, TheLastWordCounts) {
  put("a", 1, "relevant", "yes");
  put("a", 1, "relevant", "no");
  EXPECT_THAT(labels("a"), ElementsAre("v1 relevant=no"));
}

TEST_F(Labels, OutliveEveryRunOfTheirDate) {
  put("a", 1, "relevant", "yes");
  run(*state, "2025-05-20", {judged("a")});
  run(*state, "2025-05-20", {});
  EXPECT_THAT(labels("a"), ElementsAre("v1 relevant=yes"));
}

}  // namespace
}  // namespace gleaner::host::state
