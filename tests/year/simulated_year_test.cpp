// A year of mornings: `gleaner run` once a day, through weekends, holidays, days on which arXiv could not be
// reached or the machine was off, and feeds that were stale. Every paper is judged once, and shown once.
#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <random>
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/services/state/state.hpp"
#include "tests/e2e/desk.hpp"
#include "tests/year/arxiv_server.hpp"
#include "tests/year/dates.hpp"

namespace gleaner::year {
namespace {

namespace json = boost::json;
using host::state::End;
using host::state::State;

constexpr int kDays = 365;
constexpr int kOutages = 12;
constexpr int kStaleFeeds = 20;
constexpr int kSecondRuns = 12;

// https://info.arxiv.org/help/availability.html: no mailing on the evenings of 2026-01-01, 01-19, 09-07,
// 11-26 and 12-29, so that the next day's announcement is missing.
const std::set<std::string> kHolidays{"2026-01-02", "2026-01-20", "2026-09-08", "2026-11-27", "2026-12-30"};
const std::string kOwnHoliday = "2026-05-25";  // one that only the pipeline file knows

enum class Morning { fine, refused, unavailable, machine_off };

/// What happens on which day.
struct Course {
  std::map<std::string, Morning> mornings;
  std::map<std::string, std::string> stale;  ///< date to category
  std::set<std::string> twice;               ///< days on which the program runs a second time
  std::set<std::string> missed;              ///< announcements that were not read on their day
};

std::set<std::string> all_holidays() {
  std::set<std::string> out = kHolidays;
  out.insert(kOwnHoliday);
  return out;
}

Course make_course(const World& world, std::uint32_t seed) {
  std::mt19937 random(seed);
  Course course;
  const auto& days = world.calendar();
  for (const std::string& date : days)
    course.mornings[date] = Morning::fine;
  // One outage a month or so, none where it could not heal before the year is over.
  constexpr int kEvery = 28;
  for (int i = 0; i < kOutages; ++i) {
    auto first = static_cast<std::size_t>(10 + i * kEvery) + random() % 12;
    while (!world.announces(days.at(first)))
      ++first;
    const std::size_t length = 1 + static_cast<std::size_t>(i) % 5;
    for (std::size_t day = first; day < first + length; ++day) {
      course.mornings[days.at(day)] =
          std::array{Morning::refused, Morning::unavailable, Morning::machine_off}.at(
              static_cast<std::size_t>(i) % 3);
      if (world.announces(days.at(day))) course.missed.insert(days.at(day));
    }
  }
  const auto any_fine_day = [&] {
    for (;;) {
      const std::string& date = days.at(3 + random() % (days.size() - 3));
      if (world.announces(date) && course.mornings.at(date) == Morning::fine) return date;
    }
  };
  while (course.stale.size() < kStaleFeeds)
    course.stale[any_fine_day()] = world.categories().at(random() % 3);
  while (course.twice.size() < kSecondRuns)
    course.twice.insert(any_fine_day());
  return course;
}

/// A desk at which the program runs every morning of a course.
class SimulatedMornings : public testing::Test {
 protected:
  SimulatedMornings(World world, Course course, const std::string& more_options)
      : world_(std::move(world)), course_(std::move(course)), arxiv_(world_) {
    desk_.put(
        "daily.toml",
        "state = \"state.db\"\n[run]\nholidays = [\"" + kOwnHoliday +
            "\"]\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\", \"cs.AI\", \"stat.ML\"]\n"
            "announce = [\"new\", \"cross\", \"replace\", \"replace-cross\"]\ninterval = \"0s\"\nretry = "
            "0\n" +
            more_options + "base_url = \"" + arxiv_.server().url() + "\"\nlist_url = \"" +
            arxiv_.server().url() + "\"\n[[stage]]\nuse = \"keyword\"\npositive = { " + kWantedWord +
            " = 8 }\n[select]\nmin = { relevance = 2 }\n[[output]]\nuse = \"json\"\npath = "
            "\"out/{date}.json\"\n");
    for (const std::string& date : world_.calendar())
      for (const Entry& entry : world_.feed(world_.categories(), date))
        first_date_.try_emplace(entry.paper, date);
  }

  e2e::Ending run_on(const std::string& date, const std::string& stale) {
    arxiv_.set_today(date);
    arxiv_.set_stale(stale);
    desk_.set("GLEANER_NOW", morning_of(date));
    ++runs_;
    return desk_.run({"run", "-q", "daily.toml"});
  }

  [[nodiscard]] std::string stale_on(const std::string& date) const {
    const auto at = course_.stale.find(date);
    return at == course_.stale.end() ? std::string() : at->second;
  }

  void live_through(const std::string& date) {
    const Morning morning = course_.mornings.at(date);
    if (morning == Morning::machine_off) return;
    arxiv_.set_unavailable(morning == Morning::unavailable);
    if (morning == Morning::refused) arxiv_.server().close();
    const e2e::Ending ending = run_on(date, stale_on(date));
    if (morning == Morning::refused) arxiv_.server().open();
    if (morning == Morning::fine) {
      EXPECT_EQ(ending.exit, 0) << ending.err;
      return;
    }
    EXPECT_FALSE(desk_.has(page_of(date)));
    if (world_.announces(date)) {
      EXPECT_EQ(ending.exit, 1) << ending.err;
    }
  }

  [[nodiscard]] static std::string page_of(const std::string& date) { return "out/" + date + ".json"; }

  /// The papers an announcement should bring that no earlier one brought, in any order.
  [[nodiscard]] std::set<std::string> news_of(const std::string& date, bool only_wanted) const {
    std::set<std::string> out;
    for (const auto& [paper, first] : first_date_)
      if (first == date && (!only_wanted || world_.papers().at(paper).wanted))
        out.insert(world_.papers().at(paper).id);
    return out;
  }

  [[nodiscard]] json::object digest(const std::string& date) const {
    return json::parse(desk_.get(page_of(date))).as_object();
  }

  void check_receipt(const json::object& receipt, std::int64_t announced) const {
    std::int64_t said = 0;
    for (const json::value& source : receipt.at("sources").as_array()) {
      said += source.at("announced").as_int64();
      EXPECT_FALSE(source.as_object().contains("approximate"));
    }
    std::int64_t rows = 0;
    for (const json::value& row : receipt.at("rows").as_array())
      rows += row.at("count").as_int64();
    EXPECT_TRUE(receipt.at("closes").as_bool());
    EXPECT_EQ(said, rows);
    EXPECT_EQ(said, announced) << "as many entries as arXiv listed";
  }

  /// Every announcement has its page, with all that was news in it and nothing else.
  void check_pages() {
    std::map<std::string, std::string> shown;  // paper to date
    for (const std::string& date : world_.calendar()) {
      SCOPED_TRACE(date);
      EXPECT_EQ(desk_.has(page_of(date)), world_.announces(date));
      if (!world_.announces(date)) continue;
      ++announcements_;
      const json::object page = digest(date);
      std::set<std::string> ids;
      for (const json::value& paper : page.at("papers").as_array()) {
        const std::string id(paper.at("id").as_string());
        ids.insert(id);
        EXPECT_TRUE(shown.emplace(id, date).second) << id << " was shown on " << shown.at(id);
      }
      EXPECT_EQ(ids, news_of(date, true));
      EXPECT_EQ(page.contains("remedial"), course_.missed.contains(date));
      const auto announced = world_.feed(world_.categories(), date).size();
      check_receipt(page.at("receipt").as_object(), static_cast<std::int64_t>(announced));
    }
  }

  /// Every paper was judged under the date that brought it, and under no other.
  void check_memory() const {
    const host::Clock clock;
    const host::Redactor redactor;
    const host::Log log(host::LogLevel::error, redactor);
    const auto state = State::open_copy(desk_.work() / "state.db", clock, log);
    for (const auto& [number, date] : first_date_) {
      const Paper& paper = world_.papers().at(number);
      auto judgements = state->judgements(paper.id);
      std::erase_if(judgements, [](const auto& each) { return each.end == End::seen; });
      ASSERT_EQ(judgements.size(), 1U) << paper.id;
      EXPECT_EQ(judgements.front().date, date) << paper.id;
      EXPECT_EQ(judgements.front().end, paper.wanted ? End::selected : End::below) << paper.id;
    }
    std::set<std::string> complete;
    for (const auto& run : state->runs()) {
      EXPECT_TRUE(run.complete && run.exit == 0) << run.date;
      EXPECT_EQ(run.quiet, !world_.announces(run.date)) << run.date;
      complete.insert(run.date);
    }
    for (const std::string& date : world_.calendar())
      EXPECT_TRUE(complete.contains(date) || !world_.announces(date)) << date;
  }

  World world_;
  Course course_;
  ArxivServer arxiv_;
  e2e::Desk desk_;
  std::map<std::size_t, std::string> first_date_;  // announcement that brings a paper first
  int runs_ = 0;
  int announcements_ = 0;
};

class SimulatedYear : public SimulatedMornings {
 protected:
  SimulatedYear() : SimulatedYear(World(2026, "2026-01-01", kDays, all_holidays())) {}

 private:
  explicit SimulatedYear(const World& world) : SimulatedMornings(world, make_course(world, 1), "") {}
};

TEST_F(SimulatedYear, EveryPaperIsJudgedOnceAndShownOnce) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& date : world_.calendar()) {
    SCOPED_TRACE(date);
    live_through(date);
    if (course_.twice.contains(date)) {
      const std::string before = desk_.get(page_of(date));
      live_through(date);
      EXPECT_EQ(desk_.get(page_of(date)), before) << "a second run of the day shows the same";
    }
    if (HasFailure()) return;
  }
  const auto took = std::chrono::steady_clock::now() - start;
  check_pages();
  check_memory();
  for (const std::string& date : world_.calendar()) {
    if (!world_.announces(date)) continue;
    const std::string warnings = json::serialize(digest(date).at("warnings"));
    const std::string stale = stale_on(date);
    const std::string words = "still has an earlier announcement for " + stale;
    EXPECT_EQ(e2e::contains(warnings, words), !stale.empty()) << date << ": " << warnings;
  }
  std::cout << runs_ << " runs over " << announcements_ << " announcements, " << course_.missed.size()
            << " of them missed on their day, " << first_date_.size() << " papers, "
            << arxiv_.server().asked().size()
            << " requests: " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
            << " ms\n";
}

/// Four weeks whose Tuesdays and Thursdays begin with a stale feed.
class SimulatedWeeks : public SimulatedMornings {
 protected:
  SimulatedWeeks() : SimulatedWeeks(World(28, "2026-03-02", 28, {})) {}

 private:
  explicit SimulatedWeeks(const World& world)
      : SimulatedMornings(world, course_of(world), "on_stale = \"wait\"\ncompare = false\n") {}

  static Course course_of(const World& world) {
    Course course;
    for (const std::string& date : world.calendar()) {
      course.mornings[date] = Morning::fine;
      if (weekday(date) == 1 || weekday(date) == 3)
        course.stale[date] = world.categories().at(course.stale.size() % 3);
      if (weekday(date) == 3) course.missed.insert(date);
    }
    return course;
  }
};

TEST_F(SimulatedWeeks, AStaleFeedCanBeWaitedFor) {
  for (const std::string& date : world_.calendar()) {
    SCOPED_TRACE(date);
    if (stale_on(date).empty()) {
      live_through(date);
      continue;
    }
    const e2e::Ending ending = run_on(date, stale_on(date));
    EXPECT_EQ(ending.exit, 1) << ending.err;
    EXPECT_TRUE(e2e::contains(ending.err, "still has an earlier announcement for " + stale_on(date)))
        << ending.err;
    EXPECT_FALSE(desk_.has(page_of(date)));
    if (course_.missed.contains(date)) continue;  // the next morning makes up for it
    const e2e::Ending later = run_on(date, "");
    EXPECT_EQ(later.exit, 0) << later.err;
  }
  check_pages();
  check_memory();
}

}  // namespace
}  // namespace gleaner::year
