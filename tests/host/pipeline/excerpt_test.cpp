#include "host/pipeline/excerpt.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "tests/host/pipeline/paper_builder.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Four papers, the best of which stands third.
Digest four_papers() {
  Digest out;
  out.pipeline = "ml";
  out.date = "2025-05-20";
  out.prompt = "Keep what matters.";
  out.warnings = {"One source was slow."};
  for (const double total : {12.0, 15.0, 19.0, 15.0})
    out.papers.push_back({make_paper("p" + std::to_string(out.papers.size())), {}, total, {}, {}, {}, {}});
  out.unscored_papers.push_back({make_paper("u"), {}, unscored, {}, {}, {}, {}});
  out.near_misses.push_back({make_paper("n"), {}, 11, {}, {}, {}, {}});
  out.usage.emplace_back().model = "m";
  out.receipt.closes = false;
  return out;
}

struct Shown {
  Excerpt excerpt;
  boost::json::object json;
};

Shown show(const ComponentConfig& output) {
  const auto digest = four_papers();
  auto made = excerpt(digest, to_json(digest), output);
  auto json = made.json.empty() ? boost::json::object() : boost::json::parse(made.json).as_object();
  return {std::move(made), std::move(json)};
}

std::vector<std::string> ids_of(const boost::json::object& digest, std::string_view section) {
  std::vector<std::string> out;
  for (const auto& paper : digest.at(section).as_array())
    out.emplace_back(paper.at("id").as_string());
  return out;
}

TEST(Excerpt, WithoutWishesIsTheDigestsOwnText) {
  const auto shown = show({});
  EXPECT_EQ(shown.excerpt.json, "");
  EXPECT_THAT(shown.excerpt.papers, ElementsAre(0, 1, 2, 3));
  EXPECT_TRUE(shown.excerpt.unscored);
}

TEST(Excerpt, LimitTakesTheFirst) {
  ComponentConfig output;
  output.limit = 2;
  const auto shown = show(output);
  EXPECT_THAT(shown.excerpt.papers, ElementsAre(0, 1));
  EXPECT_THAT(ids_of(shown.json, "papers"), ElementsAre("p0", "p1"));
}

TEST(Excerpt, TopTakesTheBestInTheDigestsOrder) {
  ComponentConfig output;
  output.top = 2;
  const auto shown = show(output);
  EXPECT_THAT(shown.excerpt.papers, ElementsAre(1, 2)) << "of two with 15 the first";
  EXPECT_THAT(ids_of(shown.json, "papers"), ElementsAre("p1", "p2"));
}

TEST(Excerpt, LimitCountsWhatTopLeaves) {
  ComponentConfig output;
  output.top = 3;
  output.limit = 1;
  EXPECT_THAT(show(output).excerpt.papers, ElementsAre(1));
}

TEST(Excerpt, MoreThanThereAreIsAll) {
  ComponentConfig output;
  output.top = 4;
  output.limit = 100;
  EXPECT_EQ(show(output).excerpt.json, "");
}

TEST(Excerpt, SectionsLeaveOutWhatTheyDoNotName) {
  ComponentConfig output;
  output.sections = {"papers", "usage"};
  const auto shown = show(output);
  EXPECT_EQ(shown.json.at("papers").as_array().size(), 4u);
  EXPECT_EQ(shown.json.at("usage").as_array().size(), 1u);
  EXPECT_THAT(shown.json.at("unscored").as_array(), IsEmpty());
  EXPECT_THAT(shown.json.at("near_misses").as_array(), IsEmpty());
  EXPECT_FALSE(shown.json.contains("prompt"));
  EXPECT_FALSE(shown.excerpt.unscored);
  EXPECT_EQ(shown.json.at("sections"), (boost::json::array{"papers", "usage"}));
}

TEST(Excerpt, WithoutPapersHasNone) {
  ComponentConfig output;
  output.sections = {"receipt"};
  const auto shown = show(output);
  EXPECT_THAT(shown.excerpt.papers, IsEmpty());
  EXPECT_THAT(ids_of(shown.json, "papers"), IsEmpty());
}

TEST(Excerpt, NeverHidesThatSomethingIsMissing) {
  ComponentConfig output;
  output.sections = {"papers"};
  const auto shown = show(output);
  EXPECT_EQ(shown.json.at("warnings"), (boost::json::array{"One source was slow."}));
  EXPECT_EQ(shown.json.at("receipt"), (boost::json::object{{"closes", false}}));
  EXPECT_EQ(shown.json.at("counts").at("unscored"), 1);
}

TEST(Excerpt, ShortenedItKeepsItsCounts) {
  ComponentConfig output;
  output.limit = 1;
  EXPECT_EQ(show(output).json.at("counts").at("selected"), 4);
}

TEST(Excerpt, FieldsOfALaterVersionStay) {
  const auto digest = four_papers();
  auto whole = boost::json::parse(to_json(digest)).as_object();
  whole["mood"] = "good";
  ComponentConfig output;
  output.limit = 1;
  const auto made = excerpt(digest, boost::json::serialize(whole), output);
  EXPECT_EQ(boost::json::parse(made.json).at("mood"), "good");
}

}  // namespace
}  // namespace gleaner::host
