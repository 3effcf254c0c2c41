// Plugins that were built on the day v1 was frozen, in a host of a later minor: each of its structs has one
// more field at its end, which is not zero. The loader is the real one, compiled against the grown headers;
// the testkit, compiled against them too, stands in for the rest of the host.
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "host/loader/descriptor.hpp"
#include "host/loader/library.hpp"
#include "host/loader/sized.hpp"
#include "host/loader/stamp.hpp"

namespace {

namespace kit = gleaner::testkit;
namespace host = gleaner::host;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::filesystem::path fixtures =
    std::filesystem::path(GLEANER_SOURCE_DIR) / "tests/sdk/fixtures/v1/x86_64";

/// What the loader made of a fixture, by component; empty, with a failure, where it refused it.
std::map<std::string, const gleaner_component*> open(const std::string& name) {
  const auto file = fixtures / name;
  const auto stamp = host::read_stamp(file);
  EXPECT_TRUE(stamp) << (stamp ? "" : stamp.reason());
  if (!stamp) return {};
  const auto usable = host::check_stamp(*stamp);
  EXPECT_TRUE(usable) << (usable ? "" : usable.reason());
  const auto plugin = host::open_library(file);
  EXPECT_TRUE(plugin) << (plugin ? "" : plugin.reason());
  if (!plugin) return {};
  const auto described = host::describe(**plugin, *stamp, file);
  EXPECT_TRUE(described) << (described ? "" : described.reason());
  if (!described) return {};
  std::map<std::string, const gleaner_component*> out;
  for (const auto& each : *described)
    out[each.info.name] = each.descriptor;
  return out;
}

class GrownHost : public testing::Test {
 protected:
  void SetUp() override {
#ifndef __x86_64__
    GTEST_SKIP() << "the fixtures are for x86_64";
#endif
    fake.set_date("2026-11-20");
  }

  [[nodiscard]] kit::Component make(const std::string& file, const std::string& component,
                                    const kit::Settings& settings = {}) {
    return kit::make(fake, *open(file).at(component), settings);
  }

  /// Five papers, the titles of which have 10, 20 … 50 bytes.
  [[nodiscard]] kit::Fetched five() {
    return make("frozen-kinds.so", "frozen-source", {{"papers", 5}}).fetch("2026-11-20");
  }

  kit::FakeHost fake;
};

TEST(GrownHeaders, AreOfTheNextMinorAndLarger) {
  EXPECT_EQ(GLEANER_ABI_MINOR, 3);
  EXPECT_EQ(sizeof(gleaner_paper), 216U + 8);  // tests/sdk/abi/layout.inc and the field `later`
  EXPECT_EQ(sizeof(gleaner_call), 80U + 8);
  EXPECT_EQ(sizeof(gleaner_component), 216U + 8);
  EXPECT_NE(gleaner_call{}.later, 0U) << "a plugin that looked at it would see it";
}

TEST_F(GrownHost, LoadsThePluginsOfTheFirstDay) {
  const auto kinds = open("frozen-kinds.so");
  EXPECT_THAT(kinds, SizeIs(3));
  EXPECT_EQ(kinds.count("frozen-source") + kinds.count("frozen-scorer") + kinds.count("frozen-output"), 3U);
  EXPECT_THAT(open("frozen-filter.so"), SizeIs(1));
  EXPECT_EQ(kinds.at("frozen-scorer")->size, 216U);
  const auto stage =
      host::sized_copy(static_cast<const gleaner_stage*>(kinds.at("frozen-scorer")->functions));
  EXPECT_EQ(stage.size, 32U);
  EXPECT_NE(stage.judge, nullptr);
}

TEST_F(GrownHost, ReceivesThePapersOfASourceOfTheFirstDay) {
  const auto fetched = five();
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  ASSERT_THAT(fetched.papers, SizeIs(5));
  EXPECT_EQ(fetched.papers[1].id, "url:https://example.org/2");
  EXPECT_EQ(fetched.papers[4].title, std::string(50, 'x'));
  EXPECT_EQ(fetched.papers[4].published, "2026-11-20");
  EXPECT_THAT(fetched.papers[0].authors, ElementsAre("A. Author"));
  EXPECT_EQ(fake.count(GLEANER_COUNT_ANNOUNCED), 5U);
}

TEST_F(GrownHost, LetsAPlainCFilterOfTheFirstDayDrop) {
  const auto judged = make("frozen-filter.so", "frozen-filter", {{"most", 40}}).judge(five().papers);
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  ASSERT_THAT(judged.papers, SizeIs(5));
  EXPECT_EQ(judged.papers[3].verdict, GLEANER_PASS);
  EXPECT_EQ(judged.papers[4].verdict, GLEANER_DROP);
  EXPECT_EQ(judged.papers[4].reason, "the title is too long");
  EXPECT_THAT(judged.violations, IsEmpty());
}

TEST_F(GrownHost, LetsAScorerOfTheFirstDayScoreAndRemember) {
  auto scorer = make("frozen-kinds.so", "frozen-scorer");
  const auto papers = five().papers;
  const auto judged = scorer.judge(papers);
  ASSERT_TRUE(judged.error.ok()) << judged.error.message;
  for (std::size_t i = 0; i < papers.size(); ++i)
    EXPECT_EQ(judged.score(i, "relevance"), static_cast<double>(i + 1)) << i;
  EXPECT_EQ(judged.papers[0].comment(), "first on 2026-11-20");
  EXPECT_EQ(scorer.judge(papers).papers[0].comment(), "again on 2026-11-20");
  EXPECT_TRUE(fake.logged("judged"));
  EXPECT_THAT(fake.violations(), IsEmpty());
}

TEST_F(GrownHost, GetsThePageOfAnOutputOfTheFirstDay) {
  kit::DigestPage page;
  page.date = "2026-11-20";
  for (auto& paper : five().papers) {
    kit::DigestEntry entry;
    entry.scores = {{"relevance", static_cast<double>(paper.title.size()) / 10}};
    entry.comment = "first on 2026-11-20";
    entry.paper = std::move(paper);
    page.papers.push_back(std::move(entry));
  }
  page.papers.resize(2);
  const auto delivered = make("frozen-kinds.so", "frozen-output", {{"path", "/out/page.txt"}}).deliver(page);
  ASSERT_TRUE(delivered.error.ok()) << delivered.error.message;
  ASSERT_THAT(delivered.files, SizeIs(1));
  EXPECT_EQ(delivered.files.begin()->second,
            "2026-11-20\n"
            "url:https://example.org/1 1 first on 2026-11-20\n"
            "url:https://example.org/2 2 first on 2026-11-20\n");
}

}  // namespace
