// The component `arxiv`: options, requests, what is handed to the host and what is counted.
#include <cstdio>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/arxiv/routes.hpp"
#include "tests/plugins/arxiv/feed_fixture.hpp"
#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::arxiv {
namespace {

namespace kit = gleaner::testkit;
using gleaner::test::ids;
using gleaner::test::TemporaryFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::item;
using testing::rss;

// An RSS entry: identifier, type, categories, title.
std::string paper(const std::string& id, const std::string& type, const std::vector<std::string>& categories,
                  const std::string& title = "A title") {
  std::string fields = "<title>" + title + "</title><arxiv:announce_type>" + type + "</arxiv:announce_type>" +
                       "<description>arXiv:" + id + " Announce Type: " + type +
                       " \nAbstract: What it is about.</description>";
  for (const std::string& category : categories)
    fields += "<category>" + category + "</category>";
  return item(fields, id);
}

// `count` replacements with identifiers from 2602.`first` on.
std::string replacements(std::size_t count, std::size_t first = 1) {
  std::string items;
  char id[32];
  for (std::size_t i = 0; i < count; ++i) {
    std::snprintf(id, sizeof id, "2602.%05zuv2", first + i);
    items += paper(id, "replace", {"cs.LG"});
  }
  return items;
}

// A source of two categories and a server that answers its request.
struct Fetching {
  explicit Fetching(kit::Reply reply,
                    kit::Settings settings = {{"categories", kit::list("cs.LG", "stat.ML")}}) {
    host.http().on("https://rss.arxiv.org/", std::move(reply));
    host.clock().set("2026-03-04T12:00:00Z");  // the day of the fixture
    settings.emplace_back("compare", false);
    source.emplace(host, kit::descriptor<Arxiv>(), settings);
  }
  kit::Fetched fetch(const kit::Wanted& wanted = {}) { return source->fetch(wanted); }
  std::uint64_t counted(const std::string& category, const std::string& key) {
    const auto counts = host.counts();
    const auto at = counts.find({category, key});
    return at == counts.end() ? 0 : at->second;
  }

  kit::FakeHost host;
  std::optional<kit::Component> source;
};

TEST(DailyFeedOptions, AnUnknownCategoryIsNamedWithTheNearestOne) {
  const Error error = gleaner::test::refusal<Arxiv>({{"categories", kit::list("cs.LG", "cs.LX")}});
  EXPECT_EQ(error.option(), "/categories/1");
  EXPECT_EQ(error.status(), GLEANER_INVALID);
  EXPECT_THAT(error.what(), HasSubstr("\"cs.LX\" is not a category of arXiv; did you mean \"cs."));
}

TEST(DailyFeedOptions, WithoutCategoriesAndFileThereIsNothingToAskFor) {
  EXPECT_STREQ(
      gleaner::test::refusal<Arxiv>({}).what(),
      "There is nothing to ask for: give `categories`, as in categories = [\"cs.LG\"], or a saved feed "
      "as `file`.");
}

TEST(DailyFeedOptions, AnEmptyAnnounceListIsRefused) {
  const Error error = gleaner::test::refusal<Arxiv>(
      {{"categories", kit::list("cs.LG")}, {"announce", std::vector<std::string>{}}});
  EXPECT_EQ(error.option(), "/announce");
}

TEST(DailyFeedOptions, ABaseUrlIsAnAddress) {
  EXPECT_EQ(gleaner::test::refusal<Arxiv>({{"categories", kit::list("cs.LG")}, {"base_url", "rss.arxiv.org"}})
                .option(),
            "/base_url");
}

TEST(DailyFeedOptions, WhatArxivAsksForIsDeclared) {
  const gleaner_component& about = kit::descriptor<Arxiv>();
  ASSERT_NE(about.politeness, nullptr);
  EXPECT_EQ(view(about.politeness->group), "arxiv");
  EXPECT_EQ(about.politeness->interval_ms, 3000u);
  EXPECT_EQ(about.politeness->connections, 1u);
  EXPECT_EQ(view(about.politeness->wrong_bodies[0]), "Rate exceeded");
  EXPECT_EQ(about.politeness->throttle_statuses[0], 406);
  ASSERT_NE(about.calendar, nullptr);
  EXPECT_EQ(view(about.calendar->time_zone), "America/New_York");
  EXPECT_EQ(about.calendar->weekdays, 0x1Fu);
}

TEST(DailyFeedRequest, AsksForAllCategoriesAtOnce) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"}))));
  EXPECT_TRUE(day.fetch().error.ok());
  const auto sent = day.host.http().requests();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].url, "https://rss.arxiv.org/rss/cs.LG+stat.ML");
  EXPECT_EQ(sent[0].expect, "xml");
}

TEST(DailyFeedRequest, SpellingAndRepetitionsOfCategoriesDoNotMatter) {
  Fetching day(kit::Reply::ok(rss("")), {{"categories", kit::list("cs.lg", "CS.LG")}, {"via", "atom"}});
  (void)day.fetch();
  EXPECT_EQ(day.host.http().requests().at(0).url, "https://rss.arxiv.org/atom/cs.LG");
}

TEST(DailyFeedRequest, AServerThatIsAwayIsSaidInItsSentence) {
  Fetching day(kit::Reply::unreachable("rss.arxiv.org could not be reached: no such host."));
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(fetched.error.message, "rss.arxiv.org could not be reached: no such host.");
}

TEST(DailyFeedRequest, AnErrorFeedUnderStatus400IsSaidAtTheCategories) {
  const std::string feed =
      "<rss version=\"2.0\"><channel><title>Feed error for query: https://rss.arxiv.org/rss/cs.ZZ</title>"
      "<description>Bad subject class 'ZZ'.</description></channel></rss>";
  Fetching day(kit::Reply::http(400, feed));
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.option, "/categories");
  EXPECT_THAT(fetched.error.message, HasSubstr("Bad subject class 'ZZ'."));
}

TEST(DailyFeedRequest, WhatIsNoFeedUnderStatus200IsAnError) {
  for (const char* body : {"Rate exceeded.", "<html><body>Maintenance</body></html>", ""}) {
    kit::Reply reply = kit::Reply::ok(body);
    reply.status = GLEANER_OK;  // a host that does not notice
    Fetching day(reply);
    const auto fetched = day.fetch();
    EXPECT_FALSE(fetched.error.ok()) << body;
    EXPECT_THAT(fetched.error.message, HasSubstr("https://rss.arxiv.org/rss/cs.LG+stat.ML")) << body;
  }
}

TEST(DailyFeedPapers, CarryEverythingTheFeedSays) {
  const std::string fields =
      "<title>On $M$-estimators: the Mat\\'ern case</title><description>arXiv:2603.00007v2 Announce Type: "
      "cross "
      "\nAbstract: We follow Erd\\H{o}s.</description><category>stat.ML</category><category>cs.LG</category>"
      "<arxiv:announce_type>cross</arxiv:announce_type><dc:rights>http://example.org/licence</dc:rights>"
      "<arxiv:DOI>10.1/Ab</arxiv:DOI><arxiv:journal_reference>J. 1 (2026)</arxiv:journal_reference>"
      "<dc:creator>Borja Rodr\\'iguez (Univ. X, Y), Ana Roe</dc:creator>";
  Fetching day(kit::Reply::ok(rss(item(fields, "2603.00007v2"))));
  const auto fetched = day.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  ASSERT_EQ(fetched.papers.size(), 1u);
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.id, "2603.00007");
  EXPECT_EQ(paper.version, 2u);
  EXPECT_EQ(paper.url, "https://arxiv.org/abs/2603.00007");
  EXPECT_EQ(paper.title, "On $M$-estimators: the Matérn case");
  EXPECT_EQ(paper.abstract, "We follow Erdős.");
  EXPECT_THAT(paper.authors, ElementsAre("Borja Rodríguez", "Ana Roe"));
  EXPECT_THAT(paper.affiliations, ElementsAre("Univ. X, Y", ""));
  EXPECT_THAT(paper.categories, ElementsAre("stat.ML", "cs.LG"));
  EXPECT_EQ(paper.announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_CROSS));
  EXPECT_EQ(paper.doi, "10.1/Ab");
  EXPECT_EQ(paper.journal, "J. 1 (2026)");
  EXPECT_EQ(paper.license, "http://example.org/licence");
  EXPECT_EQ(paper.published, "2026-03-04");
}

TEST(DailyFeedPapers, StayAsTyped) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"}, "Mat\\'ern"))),
               {{"categories", kit::list("cs.LG")}, {"latex", "raw"}});
  EXPECT_EQ(day.fetch().papers.at(0).title, "Mat\\'ern");
}

TEST(DailyFeedPapers, AreLeftOutAndCountedByType) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"}) +
                                  paper("2603.00002v1", "cross", {"cs.AI", "cs.LG"}) +
                                  paper("2603.00003v2", "replace", {"cs.LG"}) +
                                  paper("2603.00004v2", "replace-cross", {"cs.AI", "cs.LG"}))));
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2603.00001", "2603.00002"));
  EXPECT_EQ(day.counted("announced", "rss"), 4u);
  EXPECT_EQ(day.counted("fetched", "rss"), 4u);
  EXPECT_EQ(day.counted("skipped", "announce"), 2u);
}

TEST(DailyFeedPapers, AreLeftOutAndCountedByPrimaryCategory) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"}) +
                                  paper("2603.00002v1", "cross", {"cs.AI", "cs.LG"}))),
               {{"categories", kit::list("cs.LG")}, {"primary_only", true}});
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2603.00001"));
  EXPECT_EQ(day.counted("skipped", "primary_only"), 1u);
}

TEST(DailyFeedPapers, WithoutIdentifierAreCountedAndWarnedOf) {
  Fetching day(kit::Reply::ok(
      rss(paper("2603.00001v1", "new", {"cs.LG"}) + item("<title>No id</title>", "nonsense"))));
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2603.00001"));
  EXPECT_EQ(day.counted("announced", "rss"), 2u);
  EXPECT_EQ(day.counted("skipped", "unreadable"), 1u);
  EXPECT_TRUE(day.host.logged("nonsense"));
}

TEST(DailyFeedDay, AnEmptyFeedIsAQuietDayWithItsDate) {
  Fetching day(kit::Reply::ok(rss("")));
  const auto fetched = day.fetch();
  EXPECT_TRUE(fetched.error.ok());
  EXPECT_EQ(fetched.dated, "2026-03-04");
  EXPECT_EQ(fetched.origin, "https://rss.arxiv.org/rss/cs.LG+stat.ML");
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(DailyFeedDay, AFeedOfAnotherDayIsRefusedBeforeItsPapers) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"}))),
               {{"categories", kit::list("cs.LG")}, {"via", "rss"}});
  const auto fetched = day.fetch({"2026-03-03"});
  EXPECT_THAT(fetched.error.message, HasSubstr("is of 2026-03-04, not of 2026-03-03"));
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(DailyFeedDay, AFeedWithoutDateIsNotTakenForANamedOne) {
  const std::string feed =
      "<rss version=\"2.0\"><channel><title>cs.LG updates on arXiv.org</title></channel></rss>";
  Fetching day(kit::Reply::ok(feed), {{"categories", kit::list("cs.LG")}, {"via", "rss"}});
  EXPECT_TRUE(day.fetch().error.ok());
  EXPECT_EQ(day.fetch({"2026-03-03"}).error.message,
            "https://rss.arxiv.org/rss/cs.LG does not say of which day it is, so that it cannot be taken "
            "for 2026-03-03.");
}

TEST(DailyFeedDay, TheFeedAfterASkippedMailingIsTheQuietOne) {
  const gleaner_component& about = kit::descriptor<Arxiv>();
  std::vector<std::string> quiet;
  for (std::uint64_t i = 0; i < about.calendar->holiday_count; ++i)
    quiet.emplace_back(view(about.calendar->holidays[i]));
  EXPECT_THAT(quiet, ::testing::Contains("2026-09-08"));  // Labor Day is the 7th
  EXPECT_THAT(quiet, ::testing::Not(::testing::Contains("2026-09-07")));
}

TEST(DailyFeedFile, IsReadInsteadOfAsking) {
  const TemporaryFile file(rss(paper("2603.00001v1", "new", {"cs.LG"})));
  Fetching day(kit::Reply::unreachable(), {{"file", file.path()}});
  const auto fetched = day.fetch();
  EXPECT_THAT(ids(fetched), ElementsAre("2603.00001"));
  EXPECT_EQ(fetched.origin, file.path());
  EXPECT_EQ(day.counted("announced", "file"), 1u);
  EXPECT_THAT(day.host.http().requests(), IsEmpty());
}

TEST(DailyFeedFile, GivesTheCategoriesForPrimaryOnly) {  // the fixture is of cs.LG and q-bio.NC
  const TemporaryFile file(
      rss(paper("2603.00001v1", "new", {"q-bio.NC"}) + paper("2603.00002v1", "cross", {"cs.AI", "cs.LG"})));
  Fetching day(kit::Reply::unreachable(), {{"file", file.path()}, {"primary_only", true}});
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2603.00001"));
}

TEST(DailyFeedFile, ThatIsNotThereIsNamed) {
  Fetching day(kit::Reply::unreachable(), {{"file", "/nowhere/feed.xml"}});
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.message,
            "The file /nowhere/feed.xml could not be read: No such file or directory.");
  EXPECT_EQ(fetched.error.option, "/file");
}

TEST(DailyFeedFile, OfManyPagesIsReadToTheEndWhileItsMemoryIsGivenBack) {
  const TemporaryFile file(rss(replacements(9000)));  // some 4 MB
  Fetching day(kit::Reply::unreachable(), {{"file", file.path()}, {"announce", kit::list("replace")}});
  const auto fetched = day.fetch();
  ASSERT_EQ(fetched.papers.size(), 9000u);
  for (const NewPaper& each : fetched.papers)
    ASSERT_EQ(each.abstract, "What it is about.");
  EXPECT_EQ(day.host.counts().count({"missing", "feed at its cap"}), 0u);  // a file is what it is
}

TEST(DailyFeedBroken, WhatBreaksOffIsRefusedWhole) {
  std::string feed = rss(replacements(100));
  feed.resize(feed.size() / 2);
  Fetching day(kit::Reply::ok(feed),
               {{"categories", kit::list("cs.LG")}, {"announce", kit::list("replace")}});
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_MALFORMED);
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_TRUE(fetched.dated.empty());
}

TEST(DailyFeedBroken, AFeedWithACommentBehindItIsReadAllTheSame) {
  Fetching day(kit::Reply::ok(rss(paper("2603.00001v1", "new", {"cs.LG"})) + "<!-- generated -->"));
  EXPECT_THAT(ids(day.fetch()), ElementsAre("2603.00001"));
}

TEST(DailyFeedRun, StopsWhenItIsInterrupted) {
  Fetching day(kit::Reply::ok(rss(replacements(500))),
               {{"categories", kit::list("cs.LG")}, {"announce", kit::list("replace")}});
  day.host.cancel_after(2);  // the wait for the answer asks, too
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_CANCELLED);
  EXPECT_LT(fetched.papers.size(), 200u);
}

TEST(DailyFeedCap, AFullFeedIsAskedForAgainByCategoryAndMerged) {
  Fetching day(kit::Reply::ok(rss(replacements(2000))));
  day.host.http().on("https://rss.arxiv.org/rss/cs.LG", [](const kit::SentRequest& request) {
    const bool alone = request.url.ends_with("cs.LG");
    return kit::Reply::ok(alone ? rss(paper("2603.00001v1", "new", {"cs.LG"}) +
                                      paper("2603.00002v1", "cross", {"stat.ML", "cs.LG"}) + replacements(1))
                                : rss(replacements(2000)));
  });
  day.host.http().on("https://rss.arxiv.org/rss/stat.ML",
                     kit::Reply::ok(rss(paper("2603.00002v1", "new", {"stat.ML", "cs.LG"}))));
  const auto fetched = day.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(day.host.http().requests().size(), 3u);
  EXPECT_EQ(day.host.http().most_in_flight(), 1u);
  EXPECT_THAT(ids(fetched), ElementsAre("2603.00001", "2603.00002"));
  EXPECT_EQ(fetched.papers[1].announce, static_cast<std::uint32_t>(GLEANER_ANNOUNCE_NEW));
  EXPECT_EQ(day.counted("announced", "rss"), 2002u);
  EXPECT_EQ(day.counted("skipped", "announce"), 2000u);
  EXPECT_EQ(day.host.counts().count({"missing", "feed at its cap"}), 0u);
}

TEST(DailyFeedCap, AFullFeedOfOneCategoryIsWarnedOfAndLacksNobodyKnowsHowMuch) {
  Fetching day(kit::Reply::ok(rss(replacements(2000))),
               {{"categories", kit::list("cs.LG")}, {"announce", kit::list("replace")}});
  EXPECT_EQ(day.fetch().papers.size(), 2000u);
  EXPECT_EQ(day.host.http().requests().size(), 1u);
  EXPECT_EQ(day.host.counts().count({"missing", "feed at its cap"}), 1u);
  EXPECT_EQ(day.host.count("missing"), 0u);
  EXPECT_TRUE(day.host.logged("has 2000 entries, which is as many as arXiv puts into one feed"));
}

TEST(DailyFeedCap, AFeedJustBelowTheCapIsTakenAsItIs) {
  Fetching day(kit::Reply::ok(rss(replacements(1999))),
               {{"categories", kit::list("cs.LG", "stat.ML")}, {"announce", kit::list("replace")}});
  EXPECT_EQ(day.fetch().papers.size(), 1999u);
  EXPECT_EQ(day.host.http().requests().size(), 1u);
}

TEST(DailyFeedCap, ADayThatChangesBetweenTwoPartsIsAnError) {
  Fetching day(kit::Reply::ok(rss("")));
  std::string tomorrow = rss("");
  tomorrow.replace(tomorrow.find("Wed, 04"), 7, "Thu, 05");
  day.host.http().on("https://rss.arxiv.org/rss/cs.LG+stat.ML", kit::Reply::ok(rss(replacements(2000))));
  day.host.http().on("https://rss.arxiv.org/rss/stat.ML", kit::Reply::ok(tomorrow));
  const auto fetched = day.fetch();
  EXPECT_EQ(fetched.error.message,
            "https://rss.arxiv.org/rss/stat.ML is of 2026-03-05 while the feed asked for before it is of "
            "2026-03-04: the day changed in between. Run again.");
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(DailyFeedHealth, AsksTheServer) {
  Fetching good(kit::Reply::ok(rss("")));
  EXPECT_TRUE(good.source->health().ok());
  Fetching bad(kit::Reply::unreachable("rss.arxiv.org could not be reached."));
  EXPECT_EQ(bad.source->health().message, "rss.arxiv.org could not be reached.");
}

}  // namespace
}  // namespace gleaner::arxiv
