// What arXiv has and does not show, and days on which there is nothing: neither is taken for the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/arxiv/routes.hpp"
#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kLabel = "Wed, 12 Aug 2026";
const std::string kHeading = "Wednesday, 12 August 2026";
const std::string kHeadingBefore = "Tuesday, 11 August 2026";

// Whether the source said so at all, even of none.
bool said(const ADay& day, const std::string& category) {
  for (const auto& [name, count] : day.host.counts())
    if (name.first == category) return true;
  return false;
}

struct ListDay : ADay {
  explicit ListDay(const std::string& on_stale = "fallback")
      : ADay({{"categories", kit::list("cs.LG", "cs.AI")}, {"via", "list"}, {"on_stale", on_stale}}) {
    listing("cs.LG", kHeading, some("2608", 101, 3, "cs.LG"));
  }
};

TEST(StaleListing, IsReplacedByTheCatchUpListing) {
  ListDay day;
  day.listing("cs.AI", kHeadingBefore, some("2608", 1, 3, "cs.AI"));
  day.catch_up("cs.AI", "2026-08-12", kLabel, some("2608", 104, 2, "cs.AI"));
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.papers.size(), 5U);
  EXPECT_EQ(fetched.dated, "2026-08-12");
  EXPECT_THAT(day.warnings(),
              ElementsAre("https://arxiv.org/list/cs.AI/new?skip=0&show=2000 is still of 2026-08-11; its "
                          "papers are those of https://arxiv.org/catchup/cs.AI/2026-08-12?abs=True&page=1 "
                          "instead."));
  EXPECT_FALSE(said(day, "missing"));
}

TEST(StaleListing, IsWaitedForWhereThatIsConfigured) {
  ListDay day("wait");
  day.listing("cs.AI", kHeadingBefore, some("2608", 1, 3, "cs.AI"));
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(fetched.error.message,
            "https://arxiv.org/list/cs.AI/new?skip=0&show=2000 is still of 2026-08-11: try again later, or "
            "read the catch-up listing instead with on_stale = \"fallback\".");
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(StaleListing, ThatCannotBeReplacedIsMissingAndNobodyKnowsHowMuch) {
  for (const bool is_empty : {true, false}) {
    ListDay day;
    day.listing("cs.AI", kHeadingBefore, some("2608", 1, 3, "cs.AI"));
    if (is_empty) day.catch_up("cs.AI", "2026-08-12", kLabel, {});
    const auto fetched = day.fetch();
    EXPECT_EQ(fetched.papers.size(), 3U);
    EXPECT_TRUE(said(day, "missing"));
    EXPECT_FALSE(said(day, "quiet"));
    EXPECT_THAT(day.warnings(),
                ElementsAre("https://arxiv.org/list/cs.AI/new?skip=0&show=2000 is still of 2026-08-11, and "
                            "arXiv's catch-up listing has nothing of 2026-08-12 either: the papers of cs.AI "
                            "are missing."));
    EXPECT_FALSE(day.host.get("arxiv", "announced").has_value());  // half a day is nothing to compare with
  }
}

TEST(StaleListing, IsToldByIdentifiersUnderTodaysDateToo) {
  ListDay day;
  day.host.put("arxiv", "announced", "2026-08-11 2608.00001 2608.00002 2608.00003 |\n");
  day.listing("cs.AI", kHeading, some("2608", 1, 3, "cs.AI"));
  day.catch_up("cs.AI", "2026-08-12", kLabel, some("2608", 104, 2, "cs.AI"));
  EXPECT_THAT(ids(day.fetch()),
              ElementsAre("2608.00101", "2608.00102", "2608.00103", "2608.00104", "2608.00105"));
  EXPECT_THAT(day.warnings().at(0), HasSubstr("(3 of its 3 new papers were announced before, on 2026-08-11); "
                                              "its papers are those of"));
}

TEST(StaleListing, IsReplacedInThePlaceOfAFeedThatIsAwayToo) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}});
  day.host.http().on("https://rss.arxiv.org/", kit::Reply::unreachable("Could not reach rss.arxiv.org."));
  day.listing("cs.LG", kHeading, some("2608", 101, 3, "cs.LG"));
  day.listing("cs.AI", kHeadingBefore, some("2608", 1, 3, "cs.AI"));
  EXPECT_EQ(day.fetch().papers.size(), 3U);
  EXPECT_TRUE(said(day, "missing"));
}

std::string catch_up_page(std::size_t total, const std::vector<Item>& items) {
  return "<html><h1>Catchup results for A on Tue, 11 Aug 2026</h1>Total of " + std::to_string(total) +
         " entries" + (items.empty() ? "<p>No further updates</p>" : section_of("New", items, total)) +
         "</html>";
}

TEST(ShortListing, WhatALaterPageDoesNotShowIsMissing) {
  for (const bool is_same_page : {true, false}) {
    ADay day({{"categories", kit::list("cs.LG")}});
    day.host.http().on("https://arxiv.org/catchup/cs.LG/2026-08-11", [&](const kit::SentRequest& request) {
      const bool is_full = is_same_page || request.url.ends_with("page=1");
      return kit::Reply::ok(
          catch_up_page(2600, is_full ? some("2608", 1, 2000, "cs.LG") : std::vector<Item>{}));
    });
    EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 2000U);
    EXPECT_EQ(day.urls().size(), 2U);
    EXPECT_EQ(day.counted("announced", "list"), 2000U);
    EXPECT_EQ(day.counted("missing", "list"), 600U);
    EXPECT_THAT(day.warnings(), ElementsAre(HasSubstr("has 2600 entries and shows 2000 of them.")));
  }
}

TEST(ShortListing, APaperThatIsCrossListedAndReplacedOnOneDayIsTwoEntriesOfIt) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.catch_up("cs.LG", "2026-08-11", "Tue, 11 Aug 2026",
               {{"2608.00001"},
                {"2607.00001", "cross", {"cs.AI", "cs.LG"}},
                {"2607.00001", "replace", {"cs.AI", "cs.LG"}}});
  EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 2U);
  EXPECT_FALSE(said(day, "missing"));
}

TEST(ShortListing, WhatTheFeedHasIsNotMissing) {
  for (const std::size_t in_feed : {5U, 4U}) {
    ADay day({{"categories", kit::list("cs.LG")}});
    day.feed(kLabel, some("2608", 101, in_feed, "cs.LG"));
    day.host.http().on("https://arxiv.org/list/cs.LG/new", [&](const kit::SentRequest& request) {
      const auto shown = request.url.find("skip=0&") != std::string::npos ? some("2608", 101, 3, "cs.LG")
                                                                          : std::vector<Item>{};
      return kit::Reply::ok("<html><h3>Showing new listings for " + kHeading + "</h3>Total of 5 entries" +
                            (shown.empty() ? "<p>No updates</p>" : section_of("New", shown, 5)) + "</html>");
    });
    EXPECT_EQ(day.fetch().papers.size(), in_feed);
    EXPECT_EQ(day.counted("missing", "list"), 5U - in_feed);
    EXPECT_EQ(day.warnings().size(), 5U - in_feed);
  }
}

TEST(FullFeed, ThatTheListingFillsIsWhole) {
  ADay day({{"categories", kit::list("cs.LG")}, {"announce", kit::list("new", "replace")}});
  std::vector<Item> old = some("2607", 1, 2000, "cs.LG");
  for (Item& item : old)
    item.announce = "replace";
  day.feed(kLabel, old);
  day.listing("cs.LG", kHeading,
              some("2608", 101, 2, "cs.LG") + old + std::vector<Item>{{"2607.03000", "replace"}});
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.papers.size(), 2003U);
  EXPECT_FALSE(said(day, "missing"));
  EXPECT_FALSE(said(day, "approximate"));
  EXPECT_THAT(day.warnings(), Not(Contains(HasSubstr("probably missing"))));
  EXPECT_THAT(day.warnings(), ElementsAre(HasSubstr("lacks 3 papers of arXiv's listing pages")));
  EXPECT_TRUE(day.closes(fetched));
}

TEST(FullFeed, WithoutAListingOfTheDayLacksNobodyKnowsHowMuch) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kLabel, some("2608", 1, 2000, "cs.LG"));
  day.listing("cs.LG", kHeadingBefore, some("2607", 1, 3, "cs.LG"));
  EXPECT_EQ(day.fetch().papers.size(), 2000U);
  EXPECT_TRUE(said(day, "missing"));
  EXPECT_THAT(day.warnings(), ElementsAre(HasSubstr("some are probably missing")));
}

TEST(EmptyDay, IsQuietWhereTheCatchUpListingHasNothing) {
  for (const char* via : {"auto", "list"}) {
    ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"via", via}});
    for (const char* category : {"cs.LG", "cs.AI"})
      day.catch_up(category, "2026-08-11", "Tue, 11 Aug 2026", {});
    const auto fetched = day.fetch({"2026-08-11"});
    EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
    EXPECT_EQ(fetched.dated, "2026-08-11");
    EXPECT_EQ(day.counted("quiet", "arXiv's catch-up listing is empty"), 1U);
    EXPECT_EQ(day.urls().size(), 2U);
    EXPECT_THAT(day.warnings(), IsEmpty());
  }
}

TEST(EmptyDay, IsNotQuietWhereAnyCategoryHasSomethingOrCannotBeRead) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"via", "list"}});
  day.catch_up("cs.LG", "2026-08-11", "Tue, 11 Aug 2026", {});
  EXPECT_FALSE(day.fetch({"2026-08-11"}).error.ok());
  day.catch_up("cs.AI", "2026-08-11", "Tue, 11 Aug 2026", {{"2608.00001", "replace", {"cs.AI"}}});
  EXPECT_TRUE(day.fetch({"2026-08-11"}).error.ok());
  EXPECT_FALSE(said(day, "quiet"));
}

TEST(EmptyDay, IsQuietWhereFeedAndListingAreOfTodayAndEmpty) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kLabel, {});
  day.listing("cs.LG", kHeading, {});
  EXPECT_EQ(day.fetch().dated, "2026-08-12");
  EXPECT_EQ(day.counted("quiet", "arXiv's feed and its listing pages are empty"), 1U);
  EXPECT_EQ(day.urls().size(), 2U);
}

TEST(EmptyDay, IsNotQuietWhereOnlyOneIsOfToday) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kLabel, {});
  day.listing("cs.LG", kHeadingBefore, some("2608", 1, 3, "cs.LG"));
  EXPECT_THAT(day.fetch().papers, IsEmpty());
  EXPECT_FALSE(said(day, "quiet"));
}

TEST(EmptyDay, ViaListAsksTheCatchUpListingToo) {
  for (const bool agrees : {true, false}) {
    ADay day({{"categories", kit::list("cs.LG")}, {"via", "list"}});
    day.listing("cs.LG", kHeading, {});
    day.catch_up("cs.LG", "2026-08-12", kLabel, agrees ? std::vector<Item>{} : some("2608", 101, 3, "cs.LG"));
    EXPECT_EQ(day.fetch().papers.size(), agrees ? 0U : 3U);
    EXPECT_EQ(said(day, "quiet"), agrees);
  }
}

TEST(KnownHoliday, TheLastAnnouncementIsNotTaken) {
  for (const char* via : {"auto", "rss", "list"}) {
    ADay day({{"categories", kit::list("cs.LG")}, {"via", via}});
    day.host.clock().set("2026-09-08T12:00:00Z");
    day.feed("Mon, 07 Sep 2026", some("2609", 1, 3, "cs.LG"));
    day.listing("cs.LG", "Monday, 7 September 2026", some("2609", 1, 3, "cs.LG"));
    const auto fetched = day.fetch();
    EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
    EXPECT_EQ(fetched.dated, "2026-09-08");
    EXPECT_THAT(fetched.papers, IsEmpty());
    EXPECT_EQ(day.urls().size(), 1U);
  }
}

TEST(KnownHoliday, AnAnnouncementAllTheSameIsTaken) {
  for (const char* via : {"auto", "rss", "list"}) {
    ADay day({{"categories", kit::list("cs.LG")}, {"via", via}});
    day.host.clock().set("2026-09-08T12:00:00Z");
    day.feed("Tue, 08 Sep 2026", some("2609", 1, 3, "cs.LG"));
    day.listing("cs.LG", "Tuesday, 8 September 2026", some("2609", 1, 3, "cs.LG"));
    EXPECT_EQ(day.fetch().papers.size(), 3U) << via;
  }
}

}  // namespace
}  // namespace gleaner::arxiv::testing
