// The component `sample`. The lots were computed by another program in another language, and
// 0xE220A8397B1DCDAF is the first number SplitMix64 gives for the seed 0, as its authors print it.
#include "plugins/filters/sample.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/filters/core/chance.hpp"
#include "tests/plugins/filters/refusal.hpp"

namespace gleaner::filters {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<NewPaper> papers(int count) {
  std::vector<NewPaper> out;
  for (int i = 1; i <= count; ++i) {
    const std::string digits = std::to_string(i);
    out.push_back(kit::paper("2603." + std::string(5 - digits.size(), '0') + digits, "A title"));
  }
  return out;
}

/// The ids a sample keeps.
std::set<std::string> kept(const kit::Settings& settings, const std::vector<NewPaper>& day) {
  kit::FakeHost host;
  auto filter = kit::make<Sample>(host, settings);
  const auto judged = filter.judge(day);
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, IsEmpty());
  std::set<std::string> out;
  for (std::size_t i = 0; i < day.size(); ++i) {
    if (judged.papers[i].passed())
      out.insert(day[i].id);
    else
      EXPECT_EQ(judged.papers[i].reason, "not in the sample");
  }
  return out;
}

TEST(Chance, IsTheSameOnEveryMachine) {
  EXPECT_EQ(mixed(0), 0xE220A8397B1DCDAFU);
  EXPECT_EQ(lot(0, "2505.01557"), 0x1F78F4CE5A0E0765U);
  EXPECT_EQ(lot(7, "2505.01557"), 0xB65DDC5DE784279EU);
  EXPECT_EQ(lot(static_cast<std::uint64_t>(-1), "math/0309136"), 0x23E480B90A57220BU);
}

TEST(Chance, IsAShareBelowOne) {
  EXPECT_EQ(share_of(0), 0.0);
  EXPECT_LT(share_of(~std::uint64_t{0}), 1.0);
}

TEST(Sample, KeepsPapersWhoseLotIsBelowTheShare) {  // lots .382 .168 .453 .918 .217 .600 .053 .540 .130 .437
  EXPECT_THAT(kept({{"share", 0.2}}, papers(10)), ElementsAre("2603.00002", "2603.00007", "2603.00009"));
  EXPECT_THAT(kept({{"share", 1}}, papers(10)), ::testing::SizeIs(10));
}

TEST(Sample, KeepsAboutTheShareOfManyPapers) {
  EXPECT_THAT(kept({{"share", 0.1}}, papers(10000)), ::testing::SizeIs(1006));
}

TEST(Sample, KeepsExactlyTheCount) {
  EXPECT_THAT(kept({{"count", 3}}, papers(10)), ElementsAre("2603.00002", "2603.00007", "2603.00009"));
  EXPECT_THAT(kept({{"count", 300}}, papers(2000)), ::testing::SizeIs(300));  // more than one ordinary batch
}

TEST(Sample, OfFewerPapersKeepsAll) {
  EXPECT_THAT(kept({{"count", 20}}, papers(10)), ::testing::SizeIs(10));
  EXPECT_THAT(kept({{"count", 10}}, papers(10)), ::testing::SizeIs(10));
  EXPECT_THAT(kept({{"count", 10}}, {}), IsEmpty());
}

TEST(Sample, TheOrderOfTheDayDoesNotMatter) {
  auto day = papers(500);
  const auto by_share = kept({{"share", 0.3}}, day);
  const auto by_count = kept({{"count", 60}}, day);
  std::ranges::reverse(day);
  std::rotate(day.begin(), day.begin() + 123, day.end());
  EXPECT_EQ(kept({{"share", 0.3}}, day), by_share);
  EXPECT_EQ(kept({{"count", 60}}, day), by_count);
}

TEST(Sample, ASmallerOneIsPartOfALarger) {
  const auto day = papers(500);
  EXPECT_TRUE(std::ranges::includes(kept({{"share", 0.5}}, day), kept({{"share", 0.1}}, day)));
  EXPECT_TRUE(std::ranges::includes(kept({{"count", 100}}, day), kept({{"count", 10}}, day)));
}

TEST(Sample, AnotherSeedIsAnotherSample) {  // lots .398 .473 .753 .397 .387 .701 .648 .949 .570 .701
  EXPECT_THAT(kept({{"count", 3}, {"seed", 7}}, papers(10)),
              ElementsAre("2603.00001", "2603.00004", "2603.00005"));
  EXPECT_NE(kept({{"count", 3}, {"seed", -7}}, papers(10)), kept({{"count", 3}}, papers(10)));
}

TEST(SampleOptions, OneOfShareAndCountIsGiven) {
  EXPECT_STREQ(refusal<Sample>({}).what(),
               "How many papers? Give `share` (0.1 keeps one in ten) or `count`.");
  EXPECT_EQ(refusal<Sample>({}).option(), "/share");
  const Error both = refusal<Sample>({{"share", 0.5}, {"count", 5}});
  EXPECT_EQ(both.option(), "/count");
  EXPECT_STREQ(both.what(), "`share` and `count` are both given; a sample has only one of them.");
}

TEST(SampleOptions, ShareAndCountHaveBounds) {
  EXPECT_STREQ(refusal<Sample>({{"share", 0.0}}).what(),
               "`share` has to be above 0; with 0 no paper would be kept.");
  EXPECT_THROW(refusal<Sample>({{"share", 1.01}}), kit::BadSettings);
  EXPECT_THROW(refusal<Sample>({{"count", 0}}), kit::BadSettings);
}

TEST(SampleDescriptor, WantsTheWholeDay) {
  EXPECT_NE(kit::descriptor<Sample>().capabilities & GLEANER_WHOLE_DAY, 0u);
  EXPECT_NE(kit::descriptor<Sample>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::filters
