// Which way a day is read: the feed and the second look at it, stale feeds, missed days.
#include "plugins/arxiv/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

namespace kit = gleaner::testkit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kToday = "Wed, 12 Aug 2026";
const std::string kTodayInWords = "Wednesday, 12 August 2026";

std::string route_refusal(const kit::Settings& settings) {
  try {
    kit::FakeHost host;
    const auto made = kit::make<Arxiv>(host, settings);
  } catch (const Error& error) {
    return error.option() + " " + error.what();
  }
  return "";
}

TEST(RouteOptions, OnlyTheApiCanSearch) {
  EXPECT_EQ(route_refusal({{"query", "all:moe"}, {"via", "rss"}}),
            "/query Only the API can search: `query` goes with via = \"api\" or \"auto\", not with \"rss\".");
  EXPECT_EQ(route_refusal({{"query", "all:moe"}}), "");
}

TEST(RouteOptions, EveryAddressIsChecked) {
  for (const char* option : {"base_url", "list_url", "api_url", "oai_url"})
    EXPECT_THAT(route_refusal({{"categories", kit::list("cs.LG")}, {option, "arxiv.org"}}),
                HasSubstr(std::string("/") + option));
}

TEST(RouteOptions, ArxivsOwnServersKeepTheirPaceUnderAnyName) {
  const auto with = [](const std::string& url, const std::string& interval) {
    return route_refusal({{"categories", kit::list("cs.LG")},
                          {"base_url", "http://127.0.0.1:8000"},
                          {"list_url", url},
                          {"interval", interval}});
  };
  EXPECT_EQ(with("https://www.arXiv.org/", "0s"),
            "/interval arXiv asks for three seconds between two requests, and https://www.arXiv.org/ is a "
            "server of "
            "arXiv's; give interval = \"3s\" or more.");
  EXPECT_EQ(with("https://www.arxiv.org/", "3s"), "");
  EXPECT_EQ(with("https://myarxiv.org", "0s"), "");
  EXPECT_EQ(with("http://127.0.0.1:8000", "0s"), "");
}

TEST(SecondLook, AgreementIsSilentAndCounted) {
  ADay day;
  const auto items =
      some("2608", 101, 4, "cs.LG") + some("2608", 105, 4, "cs.AI") + some("2608", 109, 4, "cs.CL");
  day.feed(kToday, items);
  day.listing("cs.LG", kTodayInWords, some("2608", 101, 4, "cs.LG"));
  day.listing("cs.AI", kTodayInWords, some("2608", 105, 4, "cs.AI"));
  day.listing("cs.CL", kTodayInWords, some("2608", 109, 4, "cs.CL"));
  const auto fetched = day.fetch();
  EXPECT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.papers.size(), 12U);
  EXPECT_THAT(day.warnings(), IsEmpty());
  EXPECT_EQ(day.counted("announced", "rss"), 12U);
  EXPECT_EQ(day.counted("fetched", "list"), 12U);
  EXPECT_EQ(day.urls().size(), 4U);
  EXPECT_EQ(day.urls().at(1), "https://arxiv.org/list/cs.LG/new?skip=0&show=2000");
  EXPECT_EQ(day.host.http().most_in_flight(), 1U);
  EXPECT_THAT(day.host.violations(), IsEmpty());
}

TEST(SecondLook, WhatTheFeedLacksIsTakenFromTheListingAndSaid) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kToday, some("2608", 101, 3, "cs.LG"));
  day.listing("cs.LG", kTodayInWords,
              some("2608", 101, 4, "cs.LG") +
                  std::vector<Item>{{"2608.00090", "cross", {"cs.AI", "cs.LG"}}, {"2601.00001", "replace"}});
  const auto fetched = day.fetch();
  EXPECT_THAT(ids(fetched),
              ElementsAre("2608.00101", "2608.00102", "2608.00103", "2608.00104", "2608.00090"));
  EXPECT_THAT(
      day.warnings(),
      ElementsAre("https://rss.arxiv.org/rss/cs.LG lacks 2 papers of arXiv's listing pages (2608.00090, "
                  "2608.00104); they were taken from there."));
  EXPECT_EQ(day.counted("announced", "rss"), 3U);
  EXPECT_EQ(day.counted("announced", "list"), 2U);
  EXPECT_TRUE(day.closes(fetched));
}

TEST(SecondLook, AListingOfAnotherDayOrNoneIsNoReasonToWorry) {
  for (const bool is_there : {true, false}) {
    ADay day({{"categories", kit::list("cs.LG")}});
    day.feed(kToday, some("2608", 101, 3, "cs.LG"));
    if (is_there) day.listing("cs.LG", "Tuesday, 11 August 2026", some("2608", 50, 3, "cs.LG"));
    EXPECT_THAT(ids(day.fetch()), ElementsAre("2608.00101", "2608.00102", "2608.00103"));
    EXPECT_THAT(day.warnings(), IsEmpty());
  }
}

TEST(SecondLook, AServerOfOnesOwnIsTheOnlyOneAsked) {
  ADay day({{"categories", kit::list("cs.LG")}, {"base_url", "https://mirror.example"}});
  day.host.http().on("https://mirror.example/", kit::Reply::ok(feed_of(kToday, {})));
  EXPECT_TRUE(day.fetch().error.ok());
  EXPECT_FALSE(day.fetch({"2026-08-11"}).error.ok());
  for (const std::string& url : day.urls())
    EXPECT_EQ(url, "https://mirror.example/rss/cs.LG");
}

// Two days in one store: the second feed still has yesterday's papers in one category of three.
struct StaleDay : ADay {
  explicit StaleDay(kit::Settings settings = {{"categories", kit::list("cs.LG", "cs.AI", "cs.CL")},
                                              {"compare", false}})
      : ADay(std::move(settings)) {
    host.clock().set("2026-08-11T12:00:00Z");
    feed("Tue, 11 Aug 2026",
         some("2608", 1, 5, "cs.LG") + some("2608", 6, 5, "cs.AI") + some("2608", 11, 5, "cs.CL"));
    EXPECT_EQ(fetch().papers.size(), 15U);
    host.clock().set("2026-08-12T12:00:00Z");
    feed(kToday, some("2608", 101, 5, "cs.LG") + some("2608", 106, 5, "cs.AI") +
                     some("2608", 11, 5, "cs.CL") +
                     std::vector<Item>{{"2608.00120", "new", {"cs.AI", "cs.CL"}},
                                       {"2608.00007", "cross", {"cs.AI", "cs.CL"}}});
  }
};

TEST(StaleFeed, OneCategoryOfThreeComesFromItsListing) {
  StaleDay day;
  day.listing("cs.CL", kTodayInWords,
              some("2608", 111, 6, "cs.CL") + std::vector<Item>{{"2608.00120", "cross", {"cs.AI", "cs.CL"}}});
  const auto fetched = day.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  auto expected =
      some("2608", 101, 5, "cs.LG") + some("2608", 106, 5, "cs.AI") + some("2608", 111, 6, "cs.CL");
  expected.push_back({"2608.00120"});
  std::vector<std::string> wanted;
  for (const Item& item : expected)
    wanted.push_back(item.id);
  EXPECT_EQ(ids(fetched), wanted);
  EXPECT_EQ(day.urls().back(), "https://arxiv.org/list/cs.CL/new?skip=0&show=2000");
  EXPECT_THAT(
      day.warnings(),
      ElementsAre("https://rss.arxiv.org/rss/cs.LG+cs.AI+cs.CL still has an earlier announcement for cs.CL; "
                  "their papers are those of arXiv's listing pages instead."));
  EXPECT_THAT(day.host.violations(), IsEmpty());
}

TEST(StaleFeed, WaitsWhenTold) {
  StaleDay day(
      {{"categories", kit::list("cs.LG", "cs.AI", "cs.CL")}, {"compare", false}, {"on_stale", "wait"}});
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(fetched.error.message,
            "https://rss.arxiv.org/rss/cs.LG+cs.AI+cs.CL still has an earlier announcement for cs.CL (5 of "
            "its 5 new "
            "papers were announced before, on 2026-08-11). arXiv has not brought it up to date yet: try "
            "again later, or "
            "read the listing pages instead with on_stale = \"fallback\".");
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(StaleFeed, WithoutAListingOfTheDayIsAnErrorAndNeverHalfADay) {
  StaleDay day;
  day.listing("cs.CL", "Tuesday, 11 August 2026", some("2608", 11, 5, "cs.CL"));
  const auto fetched = day.fetch();
  EXPECT_THAT(fetched.error.message,
              HasSubstr("listing pages do not have 2026-08-12 either: try again later."));
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(StaleFeed, ViaRssAloneIsAnError) {
  StaleDay day({{"categories", kit::list("cs.LG", "cs.AI", "cs.CL")}, {"via", "rss"}});
  EXPECT_THAT(day.fetch().error.message, HasSubstr("for cs.CL (5 of its 5"));
}

TEST(StaleFeed, TheSameDateAgainIsNotStale) {
  ADay day({{"categories", kit::list("cs.LG")}, {"compare", false}, {"on_stale", "wait"}});
  day.feed(kToday, some("2608", 101, 5, "cs.LG"));
  EXPECT_EQ(day.fetch().papers.size(), 5U);
  const auto again = day.fetch();
  EXPECT_TRUE(again.error.ok()) << again.error.message;
  EXPECT_EQ(again.papers.size(), 5U);
}

TEST(StaleFeed, IsToldByTheHighestIdentifierWhereItsOwnWereNeverSeen) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"compare", false}, {"on_stale", "wait"}});
  day.host.put("arxiv", "announced", "2026-08-11 2608.00050 2608.00060 |\n");
  day.feed(kToday, some("2608", 101, 5, "cs.LG") + some("2608", 41, 4, "cs.AI"));
  EXPECT_THAT(day.fetch().error.message,
              HasSubstr("for cs.AI (none of its 4 new papers is newer than those announced before)"));
}

TEST(StaleFeed, WithoutMemoryItsSiblingsTell) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"compare", false}});
  day.feed(kToday, some("2608", 101, 5, "cs.LG") + some("2608", 41, 4, "cs.AI"));
  day.listing("cs.AI", kTodayInWords, some("2608", 106, 4, "cs.AI"));
  EXPECT_EQ(ids(day.fetch()).back(), "2608.00109");
}

TEST(StaleFeed, WithoutMemorySiblingsOnlyRaiseTheQuestion) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"compare", false}});
  day.feed(kToday, some("2608", 101, 5, "cs.LG") + some("2608", 41, 4, "cs.AI"));
  day.listing("cs.AI", kTodayInWords, some("2608", 41, 4, "cs.AI"));  // the day began with cs.AI
  EXPECT_EQ(day.fetch().papers.size(), 9U);
  EXPECT_THAT(day.warnings(), IsEmpty());
}

TEST(StaleFeed, WithoutMemoryTheListingTells) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kToday, some("2608", 41, 4, "cs.LG"));
  day.listing("cs.LG", kTodayInWords, some("2608", 106, 2, "cs.LG"));
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2608.00106", "2608.00107"));
}

TEST(StaleFeed, WhatTheListingTellsIsWaitedForToo) {
  ADay day({{"categories", kit::list("cs.LG")}, {"on_stale", "wait"}});
  day.feed(kToday, some("2608", 41, 4, "cs.LG"));
  day.listing("cs.LG", kTodayInWords, some("2608", 106, 2, "cs.LG"));
  const auto fetched = day.fetch();
  EXPECT_THAT(fetched.error.message,
              HasSubstr("has an earlier announcement for cs.LG, as arXiv's listing pages show"));
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(StaleFeed, AHostThatKeepsNothingIsNoHindrance) {
  ADay day({{"categories", kit::list("cs.LG")}, {"compare", false}});
  day.host.without("gleaner.store/1");
  day.feed(kToday, some("2608", 101, 2, "cs.LG"));
  EXPECT_EQ(day.fetch().papers.size(), 2U);
}

TEST(StaleFeed, MemoryIsBounded) {
  ADay day({{"categories", kit::list("cs.LG")}, {"compare", false}});
  std::string known;
  for (int i = 1; i <= 9; ++i)
    known += "2026-07-0" + std::to_string(i) + " 2607.0000" + std::to_string(i) + " |\n";
  day.host.put("arxiv", "announced", known);
  day.feed(kToday, some("2608", 101, 1, "cs.LG"));
  EXPECT_TRUE(day.fetch().error.ok());
  const std::string kept = day.host.get("arxiv", "announced").value_or("");
  EXPECT_EQ(std::count(kept.begin(), kept.end(), '\n'), 6);
  EXPECT_THAT(kept, ::testing::EndsWith("2026-08-12 2608.00101 |\n"));
}

TEST(Fallback, AFeedThatIsAwayIsReplacedByTheListing) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}});
  day.host.http().on("https://rss.arxiv.org/", kit::Reply::unreachable("Could not reach rss.arxiv.org."));
  day.listing("cs.LG", kTodayInWords, {{"2608.00101"}, {"2608.00102", "cross", {"cs.AI", "cs.LG"}}});
  day.listing("cs.AI", kTodayInWords, {{"2608.00102", "new", {"cs.AI", "cs.LG"}}});
  const auto fetched = day.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00101", "2608.00102"));
  EXPECT_EQ(fetched.papers[1].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_EQ(fetched.papers[0].published, "2026-08-12");
  EXPECT_EQ(fetched.dated, "2026-08-12");
  EXPECT_THAT(day.warnings(),
              ElementsAre("Could not reach rss.arxiv.org; the papers are those of arXiv's listing "
                          "pages instead."));
  EXPECT_EQ(day.counted("announced", "list"), 2U);
}

TEST(Fallback, AnEmptyFeedOnADayWithAnAnnouncementIsReplaced) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed(kToday, {});
  day.listing("cs.LG", kTodayInWords, {{"2608.00101"}});
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2608.00101"));
  EXPECT_THAT(day.warnings().at(0), HasSubstr("holds no papers; the papers are"));
}

TEST(Fallback, AFeedThatIsStillOfYesterdayIsReplaced) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.feed("Tue, 11 Aug 2026", some("2608", 1, 3, "cs.LG"));
  day.listing("cs.LG", kTodayInWords, {{"2608.00101"}});
  const auto fetched = day.fetch({"2026-08-12"});
  EXPECT_EQ(fetched.dated, "2026-08-12");
  EXPECT_THAT(day.warnings().at(0), HasSubstr("is still of 2026-08-11; the papers are"));
}

TEST(Fallback, AnEmptyFeedOnAHolidayIsLeftAlone) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.host.clock().set("2026-09-08T12:00:00Z");
  day.feed("Tue, 08 Sep 2026", {});
  const auto fetched = day.fetch();
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_EQ(fetched.dated, "2026-09-08");
  EXPECT_EQ(day.urls().size(), 1U);
}

TEST(Fallback, BothAwayIsSaidInTheFeedsSentence) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.host.http().on("https://rss.arxiv.org/", kit::Reply::unreachable("Could not reach rss.arxiv.org."));
  EXPECT_EQ(day.fetch().error.message, "Could not reach rss.arxiv.org.");
}

TEST(PastDay, IsReadFromTheCatchUpListing) {
  ADay day({{"categories", kit::list("cs.LG", "cs.AI")}, {"announce", kit::list("new", "cross", "replace")}});
  day.catch_up("cs.LG", "2026-08-11", "Tue, 11 Aug 2026",
               {{"2608.00001"},
                {"2608.00002", "cross", {"cs.AI", "cs.LG"}},
                {"2607.00003", "replace", {"cs.RO", "cs.LG"}}});
  day.catch_up("cs.AI", "2026-08-11", "Tue, 11 Aug 2026", {{"2608.00002", "new", {"cs.AI", "cs.LG"}}});
  const auto fetched = day.fetch({"2026-08-11"});
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00001", "2608.00002"));
  EXPECT_EQ(fetched.dated, "2026-08-11");
  EXPECT_EQ(day.counted("announced", "list"), 3U);
  EXPECT_EQ(day.counted("skipped", "announce"), 1U);  // replaced, and its primary category is not asked for
  EXPECT_EQ(day.counted("approximate", "the search API goes by submission"), 0U);
  EXPECT_THAT(day.urls(), ElementsAre("https://arxiv.org/catchup/cs.LG/2026-08-11?abs=True&page=1",
                                      "https://arxiv.org/catchup/cs.AI/2026-08-11?abs=True&page=1"));
}

TEST(PastDay, PagesAreReadToTheEnd) {
  ADay day({{"categories", kit::list("cs.LG")}});
  const std::string head = "<html><h1>Catchup results for A on Tue, 11 Aug 2026</h1>Total of 5 entries";
  day.host.http().on("https://arxiv.org/catchup/cs.LG/2026-08-11", [&](const kit::SentRequest& request) {
    const bool is_first = request.url.ends_with("page=1");
    return kit::Reply::ok(
        head + section_of("New", some("2608", is_first ? 1 : 4, is_first ? 3 : 2, "cs.LG"), 5) + "</html>");
  });
  EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 5U);
  EXPECT_EQ(day.urls().size(), 2U);
  EXPECT_THAT(day.warnings(), IsEmpty());
}

TEST(PastDay, GapsInAListingAreSaidAndCountedAsMissing) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.host.http().on("https://arxiv.org/catchup/cs.LG/2026-08-11", [&](const kit::SentRequest& request) {
    const std::string head = "<html><h1>Catchup results for A on Tue, 11 Aug 2026</h1>Total of 5 entries";
    return kit::Reply::ok(head +
                          (request.url.ends_with("page=1") ? section_of("New", some("2608", 1, 3, "cs.LG"), 5)
                                                           : std::string("<p>No further updates</p>")) +
                          "</html>");
  });
  EXPECT_EQ(day.fetch({"2026-08-11"}).papers.size(), 3U);
  EXPECT_THAT(day.warnings().at(0), HasSubstr("says that it has 5 entries and shows 3 of them."));
  EXPECT_EQ(day.counted("announced", "list"), 3U);
  EXPECT_EQ(day.counted("missing", "list"), 2U);
  EXPECT_EQ(day.host.count("approximate"), 0U);  // known to be lacking is more than not known exactly
}

std::string api_feed(const std::string& entries, std::size_t total) {
  return "<feed xmlns='http://www.w3.org/2005/Atom' "
         "xmlns:o='http://a9.com/-/spec/opensearch/1.1/'><title>arXiv Query: "
         "</title><o:totalResults>" +
         std::to_string(total) + "</o:totalResults>" + entries + "</feed>";
}

const std::string kOneEntry =
    "<entry><id>http://arxiv.org/abs/2608.00001v1</id><title>T</title><category term='cs.LG'/></entry>";

TEST(PastDay, FallsFromOneWayToTheNextAndSaysSo) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.host.http().on("https://arxiv.org/catchup", kit::Reply::http(503));
  day.host.http().on("https://export.arxiv.org/api/query",
                     kit::Reply::unreachable("Could not reach export.arxiv.org."));
  day.host.http().on("https://oaipmh.arxiv.org/oai",
                     kit::Reply::ok("<OAI-PMH><error code='noRecordsMatch'>none</error></OAI-PMH>"));
  const auto fetched = day.fetch({"2026-08-11"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_THAT(day.warnings(),
              ElementsAre(HasSubstr("answered with status 503; arXiv's search API is asked instead."),
                          "Could not reach export.arxiv.org; arXiv's OAI-PMH is asked instead.",
                          "https://oaipmh.arxiv.org/oai has nothing announced on 2026-08-11."));
}

TEST(PastDay, MoreThanNinetyDaysAgoIsTheApisAndApproximate) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.host.http().on("https://export.arxiv.org/api/query", kit::Reply::ok(api_feed(kOneEntry, 1)));
  const auto fetched = day.fetch({"2026-05-13"});  // 91 days before
  EXPECT_THAT(ids(fetched), ElementsAre("2608.00001"));
  EXPECT_EQ(fetched.dated, "2026-05-13");
  EXPECT_THAT(day.warnings(), IsEmpty());
  EXPECT_EQ(day.counted("approximate", "the search API goes by submission"), 1U);
  EXPECT_EQ(day.urls().size(), 1U);
  EXPECT_THAT(day.urls().at(0), HasSubstr("submittedDate%3A%5B202605111800%20TO%20202605121759%5D"));
}

TEST(PastDay, WithoutAnAnnouncementIsOnlyAskedOfTheCatchUpListing) {
  ADay day({{"categories", kit::list("cs.LG")}});
  day.catch_up("cs.LG", "2026-08-08", "Sat, 08 Aug 2026", {});
  const auto fetched = day.fetch({"2026-08-08"});
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_THAT(day.warnings(), IsEmpty());
  EXPECT_EQ(day.urls().size(), 1U);
  EXPECT_TRUE(day.fetch({"2026-01-20"}).error.ok());  // and long ago nobody is asked
  EXPECT_EQ(day.urls().size(), 1U);
}

TEST(ViaList, GoesBackNinetyDays) {
  ADay day({{"categories", kit::list("cs.LG")}, {"via", "list"}});
  EXPECT_EQ(day.fetch({"2026-05-13"}).error.message,
            "arXiv's catch-up listing goes back 90 days, not to 2026-05-13; via = \"api\" or \"oai\" reads "
            "such days.");
  EXPECT_THAT(day.urls(), IsEmpty());
}

TEST(ViaList, AnOlderListingIsRefusedByTheHostThatNamesBothDays) {
  ADay day({{"categories", kit::list("cs.LG")}, {"via", "list"}});
  day.listing("cs.LG", "Tuesday, 11 August 2026", some("2608", 1, 3, "cs.LG"));
  EXPECT_THAT(day.fetch({"2026-08-12"}).error.message, HasSubstr("is of 2026-08-11, not of 2026-08-12"));
}

TEST(Health, AsksWhatTheRouteNeedsAndNoMore) {
  for (const auto& [via, url] :
       {std::pair<std::string, std::string>{"list", "https://arxiv.org/list/cs.LG/new?skip=0&show=25"},
        {"oai", "https://oaipmh.arxiv.org/oai?verb=Identify"},
        {"api",
         "https://export.arxiv.org/api/query?search_query=%28cat%3Acs.LG%29&sortBy="
         "submittedDate&sortOrder=ascending&start=0&max_results=1"}}) {
    ADay day({{"categories", kit::list("cs.LG")}, {"via", via}});
    day.listing("cs.LG", kTodayInWords, {});
    day.host.http().on("https://oaipmh.arxiv.org/", kit::Reply::ok("<OAI-PMH><Identify/></OAI-PMH>"));
    day.host.http().on("https://export.arxiv.org/", kit::Reply::ok(api_feed("", 0)));
    const auto outcome = day.source->health();
    EXPECT_TRUE(outcome.ok()) << outcome.message;
    EXPECT_THAT(day.urls(), ElementsAre(url));
  }
}

}  // namespace
}  // namespace gleaner::arxiv::testing
