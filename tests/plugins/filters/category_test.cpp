// The component `category`.
#include "plugins/filters/category.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/filters/refusal.hpp"

namespace gleaner::filters {
namespace {

namespace kit = gleaner::testkit;

NewPaper paper_in(std::vector<std::string> categories) {
  NewPaper out = kit::paper("2603.00001", "A title");
  out.categories = std::move(categories);
  return out;
}

/// Why a paper of these categories is dropped; empty when it stays.
std::string in_categories(const kit::Settings& settings, std::vector<std::string> categories) {
  kit::FakeHost host;
  auto filter = kit::make<Category>(host, settings);
  const auto judged = filter.judge({paper_in(std::move(categories))});
  EXPECT_TRUE(judged.error.ok()) << judged.error.message;
  EXPECT_THAT(judged.violations, ::testing::IsEmpty());
  return judged.papers.at(0).reason;
}

TEST(Category, AnyKeepsPapersWithOneOfThem) {
  const kit::Settings any = {{"any", kit::list("cs.LG", "cs.AI")}};
  EXPECT_EQ(in_categories(any, {"math.CO", "cs.AI"}), "");
  EXPECT_EQ(in_categories(any, {"math.CO", "cs.CL"}), "no category of cs.LG, cs.AI");
  EXPECT_EQ(in_categories(any, {}), "no category of cs.LG, cs.AI");
}

TEST(Category, NoneDropsPapersWithOneOfThem) {
  const kit::Settings none = {{"none", kit::list("math.CO")}};
  EXPECT_EQ(in_categories(none, {"cs.LG", "math.CO"}), "category math.CO");
  EXPECT_EQ(in_categories(none, {"cs.LG"}), "");
  EXPECT_EQ(in_categories(none, {}), "");
}

TEST(Category, PrimaryLooksAtTheFirstCategoryAlone) {
  const kit::Settings primary = {{"primary", kit::list("cs.LG")}};
  EXPECT_EQ(in_categories(primary, {"cs.LG", "math.CO"}), "");
  EXPECT_EQ(in_categories(primary, {"math.CO", "cs.LG"}), "primary category none of cs.LG");
  EXPECT_EQ(in_categories(primary, {}), "primary category none of cs.LG");
}

TEST(Category, AStarStandsForAnyEnding) {
  const kit::Settings any = {{"any", kit::list("cs.*")}};
  EXPECT_EQ(in_categories(any, {"cs.LG"}), "");
  EXPECT_EQ(in_categories(any, {"physics.comp-ph"}), "no category of cs.*");
  EXPECT_EQ(in_categories(any, {"cs"}), "no category of cs.*");  // not of the archive's classes
  EXPECT_EQ(in_categories({{"any", kit::list("*")}}, {"hep-th"}), "");
  EXPECT_EQ(in_categories({{"any", kit::list("*")}}, {}), "no category of *");
}

TEST(Category, AWildcardIsOneRowOfTheReceipt) {
  const kit::Settings none = {{"none", kit::list("math.*")}};
  EXPECT_EQ(in_categories(none, {"math.CO"}), "category math.*");
  EXPECT_EQ(in_categories(none, {"math.AG"}), "category math.*");
}

TEST(Category, CaseDoesNotMatter) {
  EXPECT_EQ(in_categories({{"any", kit::list("neuroscience", "CS.*")}}, {"Neuroscience"}), "");
  EXPECT_EQ(in_categories({{"any", kit::list("neuroscience", "CS.*")}}, {"cs.LG"}), "");
}

TEST(Category, WhatIsUnwantedIsSaidBeforeWhatIsMissing) {
  const kit::Settings all = {
      {"any", kit::list("cs.LG")}, {"none", kit::list("cs.CY")}, {"primary", kit::list("cs.*")}};
  EXPECT_EQ(in_categories(all, {"cs.LG"}), "");
  EXPECT_EQ(in_categories(all, {"stat.ML", "cs.CY"}), "category cs.CY");
  EXPECT_EQ(in_categories(all, {"stat.ML"}), "no category of cs.LG");
  EXPECT_EQ(in_categories(all, {"stat.ML", "cs.LG"}), "primary category none of cs.*");
}

TEST(Category, ALongListIsCutInTheReason) {
  EXPECT_EQ(in_categories({{"any", kit::list("a", "b", "c", "d", "e", "f")}}, {"x"}),
            "no category of a, b, c, d, e, f");
  EXPECT_EQ(in_categories({{"any", kit::list("a", "b", "c", "d", "e", "f", "g")}}, {"x"}),
            "no category of a, b, c, d, e and 2 others");
}

TEST(CategoryOptions, SomethingHasToBeGiven) {
  const Error error = refusal<Category>({});
  EXPECT_EQ(error.option(), "/any");
  EXPECT_STREQ(error.what(),
               "There is nothing to filter by: give at least one of `any`, `none` and `primary` a category.");
}

TEST(CategoryOptions, AWrongPatternIsBlamedAtItsPlace) {
  const Error star = refusal<Category>({{"primary", kit::list("cs.LG", "*.LG")}});
  EXPECT_EQ(star.option(), "/primary/1");
  EXPECT_STREQ(star.what(), "In the category \"*.LG\" a * may only be the last character.");
  EXPECT_STREQ(refusal<Category>({{"any", kit::list("")}}).what(), "A category of `any` is empty.");
  EXPECT_STREQ(refusal<Category>({{"none", kit::list("cs.LG ")}}).what(),
               "There is a space around the category \"cs.LG \"; take it away.");
}

TEST(CategoryOptions, NothingIsWantedAndUnwanted) {
  const Error error = refusal<Category>({{"any", kit::list("cs.AI", "cs.LG")}, {"none", kit::list("cs.LG")}});
  EXPECT_EQ(error.option(), "/none/0");
  EXPECT_STREQ(error.what(), "The category \"cs.LG\" is in `any` and in `none`.");
}

TEST(CategoryDescriptor, SaysThatItMayRunOnSeveralThreads) {
  EXPECT_NE(kit::descriptor<Category>().capabilities & GLEANER_CONCURRENT, 0u);
}

}  // namespace
}  // namespace gleaner::filters
