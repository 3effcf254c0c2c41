// Days without an announcement that the reader knows of and arXiv's list does not have: [run] holidays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/arxiv/core/calendar.hpp"
#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Holidays kTuesday{"2026-08-11"};

kit::Wanted asked_for(std::string date, std::vector<std::string> holidays) {
  return {.date = std::move(date), .holidays = std::move(holidays)};
}

TEST(Holidays, OfTheReaderAreAddedToArxivsOwn) {
  EXPECT_TRUE(announces_on("2026-08-11"));
  EXPECT_FALSE(announces_on("2026-08-11", kTuesday));
  EXPECT_TRUE(announces_on("2026-08-12", kTuesday));
  EXPECT_FALSE(announces_on("2026-09-08", kTuesday));  // arXiv's own
  EXPECT_FALSE(announces_on("2026-08-15", kTuesday));  // a Saturday
}

// By hand: Wednesday's announcement closes on Tuesday at 14:00 in New York, 18:00 GMT. Tuesday's would have
// closed on Monday; without it the window begins where Monday's ended, on Friday the 7th.
TEST(Holidays, LengthenTheWindowOfTheNextAnnouncement) {
  EXPECT_EQ(submission_window("2026-08-12").from, "202608101800");
  const SubmissionWindow window = submission_window("2026-08-12", kTuesday);
  EXPECT_EQ(window.from, "202608071800");
  EXPECT_EQ(window.to, "202608111759");
}

TEST(Holidays, TheSearchApiIsAskedForTheLongerWindow) {
  ADay day({{"categories", kit::list("cs.LG")}, {"via", "api"}});
  day.host.http().on("https://export.arxiv.org/api/query",
                     kit::Reply::ok("<feed><totalResults>0</totalResults></feed>"));
  EXPECT_TRUE(day.fetch(asked_for("2026-08-12", kTuesday)).error.ok());
  ASSERT_EQ(day.urls().size(), 1U);
  EXPECT_THAT(day.urls()[0], HasSubstr("submittedDate%3A%5B202608071800%20TO%20202608111759%5D"));
}

TEST(Holidays, NobodyIsAskedForThePapersOfOne) {
  for (const char* via : {"api", "oai"}) {
    ADay day({{"categories", kit::list("cs.LG")}, {"via", via}});
    const auto fetched = day.fetch(asked_for("2026-08-11", kTuesday));
    EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
    EXPECT_EQ(fetched.dated, "2026-08-11");
    EXPECT_THAT(day.urls(), IsEmpty()) << via;
  }
}

TEST(Holidays, APastOneIsAskedOfTheCatchUpListingAlone) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.catch_up("cs.LG", "2026-08-11", "Tue, 11 Aug 2026", {});
  const auto fetched = day.fetch(asked_for("2026-08-11", kTuesday));
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_THAT(day.warnings(), IsEmpty());
  EXPECT_THAT(day.urls(), ElementsAre(HasSubstr("/catchup/cs.LG/2026-08-11")));
}

TEST(Holidays, TodaysEmptyFeedIsLeftAlone) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed("Wed, 12 Aug 2026", {});
  const auto fetched = day.fetch(asked_for("", {"2026-08-12"}));
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.dated, "2026-08-12");
  EXPECT_EQ(day.urls().size(), 1U);
}

// An instance lives for many days: those of an earlier fetch are forgotten.
TEST(Holidays, AreThoseOfTheDayThatIsFetched) {
  ADay day({{"categories", kit::list("cs.LG")}, {"via", "api"}});
  day.host.http().on("https://export.arxiv.org/api/query",
                     kit::Reply::ok("<feed><totalResults>0</totalResults></feed>"));
  EXPECT_TRUE(day.fetch(asked_for("2026-08-11", kTuesday)).error.ok());
  EXPECT_THAT(day.urls(), IsEmpty());
  EXPECT_TRUE(day.fetch({"2026-08-11"}).error.ok());
  EXPECT_EQ(day.urls().size(), 1U);
}

}  // namespace
}  // namespace gleaner::arxiv::testing
