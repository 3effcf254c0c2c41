// Plugins of other minors and other toolchains in this host.
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/loader/catalog.hpp"
#include "host/loader/sized.hpp"

namespace gleaner::host {
namespace {

const std::filesystem::path built = ABI_TEST_DIR;

TEST(OlderPlugin, BuiltForMinorZeroIsTakenAndItsNewerFieldsAreEmpty) {
  const Catalog catalog = Catalog::open(built / "minor0.so");
  ASSERT_TRUE(catalog.refusals().empty()) << catalog.refusals()[0].message;
  const Component* scorer = catalog.find(Kind::scorer, "word");
  ASSERT_NE(scorer, nullptr);
  EXPECT_EQ((*scorer->open())->size, 200U);  // without homepage
  EXPECT_EQ(scorer->info.homepage, "");
  const auto functions = sized_copy(static_cast<const gleaner_stage*>((*scorer->open())->functions));
  EXPECT_EQ(functions.size, 24U);  // without estimate
  EXPECT_NE(functions.judge, nullptr);
  EXPECT_EQ(functions.estimate, nullptr);
}

/// The plugin of grown.c that uses one later field, or none.
Catalog grown(std::string_view uses, std::string_view min_host) {
  return Catalog::open(built / ("grown_" + std::string(uses) + "_" + std::string(min_host) + ".so"));
}

void expect_read(const Catalog& catalog) {
  ASSERT_TRUE(catalog.refusals().empty()) << catalog.refusals()[0].message;
  const Component* source = catalog.find(Kind::source, "grown");
  const Component* scorer = catalog.find(Kind::scorer, "grown");
  ASSERT_NE(source, nullptr);
  ASSERT_NE(scorer, nullptr) << "the second component lies behind the first, larger one";
  ASSERT_EQ(source->info.options.size(), 2U);
  EXPECT_EQ(source->info.options[1].name, "second");
  EXPECT_EQ(source->info.needs[0].name, "example.org");
  EXPECT_EQ(source->info.politeness->group, "example");
  EXPECT_EQ(source->info.calendar->time_zone, "UTC");
  EXPECT_EQ(source->info.homepage, "https://example.org");
  ASSERT_EQ(scorer->info.axes.size(), 2U);
  EXPECT_EQ(scorer->info.axes[1].name, "novelty");
}

TEST(NewerPlugin, WithLaterFieldsNotInUseIsTaken) {
  expect_read(grown("NOTHING", "needed"));
}

TEST(NewerPlugin, WithLaterFieldsInUseIsTakenWhenItWorksWithout) {
  expect_read(grown("OPTION", "optional"));
}

class LaterField : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(LaterField, InUseByAPluginThatNeedsItIsRefused) {
  const auto [uses, where] = GetParam();
  const Catalog catalog = grown(uses, "needed");
  EXPECT_TRUE(catalog.components().empty());
  ASSERT_EQ(catalog.refusals().size(), 1U);
  EXPECT_EQ(catalog.refusals()[0].message,
            catalog.refusals()[0].file.string() + " is not used: " + std::string(where) +
                ": it uses a field of plugin ABI minor 3, this gleaner knows minor 2; update gleaner");
}

INSTANTIATE_TEST_SUITE_P(Tables, LaterField,
                         testing::Values(std::pair("PLUGIN", "its descriptor"),
                                         std::pair("COMPONENT", "component 1"),
                                         std::pair("FUNCTION_TABLE", "component \"grown\", function table"),
                                         std::pair("OPTION", "component \"grown\", option 1"),
                                         std::pair("AXIS", "component \"grown\", axis 1"),
                                         std::pair("NEED", "component \"grown\", need 1"),
                                         std::pair("POLITENESS", "component \"grown\", politeness"),
                                         std::pair("CALENDAR", "component \"grown\", calendar")),
                         [](const auto& one) { return std::string(one.param.first); });

/// What the foreign plugin says, gathered by functions that throw and catch this library's exceptions
/// meanwhile.
struct Said {
  std::vector<std::string> texts;
  int caught = 0;
};

void note(void* said, gleaner_str text) {
  auto& to = *static_cast<Said*>(said);
  try {
    throw std::runtime_error(std::string(text.data, text.size));
  } catch (const std::exception& error) {
    ++to.caught;
    to.texts.emplace_back(error.what());
  }
}

TEST(ForeignPlugin, OfClangAndLibcxxThrowsAndCatchesInThisHost) {
#ifndef HAVE_FOREIGN_PLUGIN
  GTEST_SKIP() << "clang++ with libc++ was not found when this was built";
#else
  const Catalog catalog = Catalog::open(built / "foreign.so");
  ASSERT_TRUE(catalog.refusals().empty()) << catalog.refusals()[0].message;
  const Component* scorer = catalog.find(Kind::scorer, "foreign");
  ASSERT_NE(scorer, nullptr);

  Said said;
  gleaner_call call{};
  call.size = sizeof call;
  call.context = &said;
  call.fail = [](const gleaner_call* self, std::int32_t status, gleaner_str, gleaner_str message) {
    note(self->context, message);
    return status;
  };
  gleaner_paper papers[2] = {};
  const gleaner_paper* pointers[2] = {&papers[0], &papers[1]};
  papers[0].title = {"Short", 5};
  papers[1].title = {"Long enough for ten", 19};
  std::uint8_t verdicts[2] = {};
  double scores[2] = {NAN, NAN};
  double* axes[1] = {scores};
  gleaner_batch batch{};
  batch.size = sizeof batch;
  batch.context = &said;
  batch.papers = pointers;
  batch.count = 2;
  batch.verdicts = verdicts;
  batch.axes = axes;
  batch.axis_count = 1;
  batch.reason = [](const gleaner_batch* self, std::uint64_t, gleaner_str text) {
    note(self->context, text);
  };

  const gleaner_host host{};
  const gleaner_config config{};
  void* instance = nullptr;
  ASSERT_EQ((*scorer->open())->create(&host, &call, &config, &instance), GLEANER_OK);
  const auto functions = sized_copy(static_cast<const gleaner_stage*>((*scorer->open())->functions));
  EXPECT_EQ(functions.judge(instance, &call, &batch), GLEANER_FAILED);
  (*scorer->open())->destroy(instance);

  EXPECT_THAT(said.texts, testing::ElementsAre("only 5 characters", "judged 2"));
  EXPECT_EQ(said.caught, 2);
  EXPECT_THAT(verdicts, testing::ElementsAre(GLEANER_DROP, GLEANER_PASS));
  EXPECT_TRUE(std::isnan(scores[0]));
  EXPECT_EQ(scores[1], 10);
#endif
}

}  // namespace
}  // namespace gleaner::host
