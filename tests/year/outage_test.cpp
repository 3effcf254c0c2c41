// Servers that are away for days, and a machine that is off for longer than a run looks back.
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

/// arXiv and a journal, from Monday 2026-11-09 on.
class Outage : public testing::Test {
 protected:
  Outage() : world_(7, "2026-11-09", 60, {}), arxiv_(world_) {
    const std::string url = "\"" + arxiv_.server().url();
    desk_.put("p.toml",
              "state = \"state.db\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\", \"cs.AI\", "
              "\"stat.ML\"]\ninterval = \"0s\"\nretry = 0\nbase_url = " +
                  url + "\"\nlist_url = " + url + "\"\napi_url = " + url +
                  "\"\n[[source]]\nuse = \"feed\"\nname = \"waves\"\ndays = \"all\"\nretry = 0\nurl = " +
                  url + "/waves.xml\"\n[[stage]]\nuse = \"keyword\"\npositive = { " + kWantedWord +
                  " = 8 }\n[[output]]\nuse = \"markdown\"\npath = \"{date}.md\"\n");
    open_journal("2026-11-09");
  }

  void open_journal(const std::string& date) {
    arxiv_.add_page("/waves.xml", journal_feed("waves", date, 4));
  }

  e2e::Ending run_on(const std::string& date) {
    arxiv_.set_today(date);
    arxiv_.server().forget();
    desk_.set("GLEANER_NOW", morning_of(date));
    return desk_.run({"run", "p.toml"});
  }

  [[nodiscard]] int times_asked(std::string_view what) const {
    int out = 0;
    for (const Asked& asked : arxiv_.server().asked())
      out += asked.target.find(what) != std::string::npos ? 1 : 0;
    return out;
  }

  World world_;
  mutable ArxivServer arxiv_;
  e2e::Desk desk_;
};

TEST_F(Outage, AJournalThatStaysAwayCostsOneTryADayAndNoPage) {
  ASSERT_EQ(run_on("2026-11-09").exit, 0);
  arxiv_.remove_page("/waves.xml");
  EXPECT_EQ(run_on("2026-11-10").exit, 3);
  const std::string tuesday = desk_.get("2026-11-10.md");
  EXPECT_EQ(run_on("2026-11-11").exit, 3);
  EXPECT_EQ(desk_.get("2026-11-10.md"), tuesday);
  const std::string wednesday = desk_.get("2026-11-11.md");
  const e2e::Ending thursday = run_on("2026-11-12");
  EXPECT_EQ(thursday.exit, 3);
  EXPECT_THAT(thursday.err,
              HasSubstr("2026-11-10: waves still cannot be read; the digest stays as it is.\n"
                        "2026-11-11: not tried again in this run; the digest stays as it is.\n"));
  EXPECT_EQ(times_asked("/waves.xml"), 2) << "for the oldest day and for today";
  EXPECT_EQ(times_asked("/2026-11-11"), 0);
  EXPECT_EQ(desk_.get("2026-11-10.md"), tuesday);
  EXPECT_EQ(desk_.get("2026-11-11.md"), wednesday);
  EXPECT_THAT(tuesday, Not(HasSubstr("remedial")));
  EXPECT_THAT(desk_.run({"history", "p.toml"}).out, Not(HasSubstr("late")));
  open_journal("2026-11-12");
  EXPECT_EQ(run_on("2026-11-13").exit, 0);
  for (const std::string date : {"2026-11-10", "2026-11-11", "2026-11-12"})
    EXPECT_THAT(desk_.get(date + ".md"), HasSubstr("This is a remedial run")) << date;
}

TEST_F(Outage, DaysBeforeThoseThatAreMadeUpAreNamedOnce) {
  ASSERT_EQ(run_on("2026-11-09").exit, 0);
  open_journal("2026-12-01");
  const e2e::Ending first = run_on("2026-12-01");
  // 10 to 13, 16 to 20 and 23 November; Thanksgiving is the 26th.
  EXPECT_THAT(first.err,
              HasSubstr("10 announcement days before 2026-11-24 are missing; gleaner run p.toml --from "
                        "2026-11-10 --to 2026-11-23 makes them up.\n"));
  EXPECT_TRUE(desk_.has("2026-11-24.md"));
  EXPECT_FALSE(desk_.has("2026-11-23.md"));
  EXPECT_THAT(run_on("2026-12-02").err, Not(HasSubstr("makes them up")));
}

}  // namespace
}  // namespace gleaner::year
