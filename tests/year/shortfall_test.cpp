// Days of which arXiv shows less than there is, and days on which there is nothing: the program tells one
// from the other, and never calls a part the whole.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/desk.hpp"
#include "tests/year/arxiv_server.hpp"
#include "tests/year/dates.hpp"
#include "tests/year/pages.hpp"

namespace gleaner::year {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

const std::string kFeed = "/rss/cs.LG+cs.AI+stat.ML";

/// arXiv from 2026-11-09, a Monday, to 2027-02-01, without announcements on `quiet` days.
class Shortfall : public testing::Test {
 protected:
  explicit Shortfall(std::set<std::string> quiet = {})
      : world_(11, "2026-11-09", 85, std::move(quiet)), arxiv_(world_) {}

  void put_pipeline(const std::string& options = {}) const {
    const std::string url = "\"" + arxiv_.server().url() + "\"\n";
    desk_.put("p.toml",
              "state = \"state.db\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\", \"cs.AI\", "
              "\"stat.ML\"]\ninterval = \"0s\"\nretry = 0\n" +
                  options + "base_url = " + url + "list_url = " + url + "api_url = " + url +
                  "[[stage]]\nuse = \"keyword\"\npositive = { " + kWantedWord +
                  " = 8 }\n[[output]]\nuse = \"markdown\"\npath = \"{date}.md\"\n"
                  "[[output]]\nuse = \"json\"\npath = \"{date}.json\"\n");
  }

  e2e::Ending run_on(const std::string& date, std::vector<std::string> more = {}) {
    arxiv_.set_today(date);
    arxiv_.server().forget();
    desk_.set("GLEANER_NOW", morning_of(date));
    std::vector<std::string> words{"run", "p.toml"};
    words.insert(words.end(), more.begin(), more.end());
    return desk_.run(words);
  }

  [[nodiscard]] json::object receipt(const std::string& date) const {
    return json::parse(desk_.get(date + ".json")).at("receipt").as_object();
  }
  [[nodiscard]] std::int64_t announced(const std::string& date) const {
    return receipt(date).at("sources").at(0).at("announced").as_int64();
  }
  /// What is listed in all three categories together.
  [[nodiscard]] std::int64_t entries(const std::string& date) const {
    return static_cast<std::int64_t>(world_.feed(world_.categories(), date).size());
  }
  [[nodiscard]] bool was_asked(std::string_view what) const {
    for (const Asked& asked : arxiv_.server().asked())
      if (asked.target.find(what) != std::string::npos) return true;
    return false;
  }

  World world_;
  mutable ArxivServer arxiv_;
  e2e::Desk desk_;
};

TEST_F(Shortfall, AStaleListingPageIsReplacedByTheDatedOne) {
  put_pipeline("via = \"list\"\n");
  arxiv_.add_page("/list/stat.ML/new", new_page(world_, "stat.ML", "2026-11-17"));
  const e2e::Ending ending = run_on("2026-11-18");
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_EQ(announced("2026-11-18"), entries("2026-11-18"));
  EXPECT_THAT(desk_.get("2026-11-18.json"),
              HasSubstr("/list/stat.ML/new?skip=0&show=2000 is still of 2026-11-17"));
}

TEST_F(Shortfall, AStaleListingPageCanBeWaitedFor) {
  put_pipeline("via = \"list\"\non_stale = \"wait\"\n");
  arxiv_.add_page("/list/stat.ML/new", new_page(world_, "stat.ML", "2026-11-17"));
  const e2e::Ending ending = run_on("2026-11-18");
  EXPECT_EQ(ending.exit, 1) << ending.err;
  EXPECT_THAT(ending.err, HasSubstr("is still of 2026-11-17"));
  EXPECT_FALSE(desk_.has("2026-11-18.md"));
}

TEST_F(Shortfall, WhereTheDatedListingIsAwayTooTheDayIsNotComplete) {
  put_pipeline();
  arxiv_.add_page(kFeed, "");
  arxiv_.add_page("/list/stat.ML/new", new_page(world_, "stat.ML", "2026-11-17"));
  arxiv_.add_page("/catchup/stat.ML/2026-11-18", "");
  const e2e::Ending ending = run_on("2026-11-18");
  EXPECT_EQ(ending.exit, 3) << ending.err;
  EXPECT_FALSE(receipt("2026-11-18").at("closes").as_bool());
  const std::string page = desk_.get("2026-11-18.md");
  EXPECT_THAT(page.substr(0, page.find("## Table")), HasSubstr("does not close"));
  // The next morning makes up for it.
  arxiv_.remove_page(kFeed);
  arxiv_.remove_page("/list/stat.ML/new");
  arxiv_.remove_page("/catchup/stat.ML/2026-11-18");
  EXPECT_EQ(run_on("2026-11-19").exit, 0);
  EXPECT_TRUE(receipt("2026-11-18").at("closes").as_bool());
  EXPECT_EQ(announced("2026-11-18"), entries("2026-11-18"));
}

TEST_F(Shortfall, WhatAListingKeepsBackIsAnnouncedAndUnaccountedFor) {
  put_pipeline("via = \"list\"\n");
  ASSERT_EQ(run_on("2026-11-16").exit, 0);
  const std::string path = "/catchup/cs.LG/2026-11-17";
  std::string page = catch_up_page(world_, "cs.LG", "2026-11-17");
  const auto total = static_cast<std::int64_t>(world_.listing("cs.LG", "2026-11-17").size());
  const std::string says = "Total of " + std::to_string(total) + " entries";
  page.replace(page.find(says), says.size(), "Total of " + std::to_string(total + 600) + " entries");
  arxiv_.add_page(path, page);
  EXPECT_EQ(run_on("2026-11-18").exit, 3);
  EXPECT_EQ(announced("2026-11-17"), entries("2026-11-17") + 600);
  EXPECT_FALSE(receipt("2026-11-17").at("closes").as_bool());
  arxiv_.remove_page(path);
  EXPECT_EQ(run_on("2026-11-19").exit, 0);
  EXPECT_EQ(announced("2026-11-17"), entries("2026-11-17"));
  EXPECT_TRUE(receipt("2026-11-17").at("closes").as_bool());
}

// Martin Luther King's day of 2027 is not in the table that the plugin brings.
class UnknownHoliday : public Shortfall {
 protected:
  UnknownHoliday() : Shortfall({"2027-01-19"}) { put_pipeline(); }
};

TEST_F(UnknownHoliday, WithoutAnythingInTheDatedListingIsQuiet) {
  const e2e::Ending ending = run_on("2027-01-20", {"--date", "2027-01-19"});
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ending.err + ending.out, HasSubstr("arxiv: no announcement on Tuesday 2027-01-19"));
  EXPECT_FALSE(was_asked("/api/query"));
  EXPECT_FALSE(desk_.has("2027-01-19.md"));
}

TEST_F(UnknownHoliday, IsNotAskedAboutAgain) {
  ASSERT_EQ(run_on("2027-01-18").exit, 0);
  EXPECT_EQ(run_on("2027-01-19").exit, 1);  // the listing pages are still yesterday's: who knows
  EXPECT_EQ(run_on("2027-01-20").exit, 0);
  EXPECT_TRUE(was_asked("/catchup/cs.LG/2027-01-19"));
  EXPECT_TRUE(desk_.has("2027-01-20.md"));
  EXPECT_EQ(run_on("2027-01-21").exit, 0);
  EXPECT_FALSE(was_asked("2027-01-19"));
}

TEST_F(Shortfall, FeedAndListingThatBothSayNothingAreAQuietDay) {
  put_pipeline();
  const std::string today = "2026-11-18";
  arxiv_.add_page(kFeed, feed_page(World(1, "2026-11-09", 1, {"2026-11-09"}), {"cs.LG"}, today));
  for (const std::string& category : world_.categories())
    arxiv_.add_page("/list/" + category + "/new", "<html><h3>Showing new listings for " + long_form(today) +
                                                      "</h3><p>No updates today.</p></html>");
  const e2e::Ending ending = run_on(today);
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ending.err + ending.out, HasSubstr("arxiv: no announcement on Wednesday 2026-11-18"));
  EXPECT_FALSE(desk_.has(today + ".md"));
}

class KnownHoliday : public Shortfall {
 protected:
  KnownHoliday() : Shortfall({"2026-11-27"}) { put_pipeline("via = \"list\"\n"); }
};

TEST_F(KnownHoliday, IsQuietWhenTheListingIsTheLastOnes) {
  const e2e::Ending first = run_on("2026-11-27");
  EXPECT_EQ(first.exit, 0) << first.err;
  EXPECT_FALSE(desk_.has("2026-11-26.md"));
}

TEST_F(KnownHoliday, IsQuietAfterADayThatWasHandled) {
  ASSERT_EQ(run_on("2026-11-26").exit, 0);
  const e2e::Ending ending = run_on("2026-11-27");
  EXPECT_EQ(ending.exit, 0) << ending.err;
  EXPECT_THAT(ending.err + ending.out, HasSubstr("arxiv: no announcement on Friday 2026-11-27"));
}

}  // namespace
}  // namespace gleaner::year
