// The component `feed`: options, days, identifiers, counts. The clock of the tests shows
// 2025-05-07T06:00:00Z.
#include "plugins/feed/feed_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::feed {
namespace {

namespace kit = gleaner::testkit;
using test::fixture;
using test::ids;
using test::TemporaryFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kUrl = "https://journal.example.org/rss";

struct OnWeb : test::Fetching<FeedSource> {
  explicit OnWeb(kit::Reply reply, kit::Settings settings = {}) : Fetching(with_url(std::move(settings))) {
    host.http().on(kUrl, std::move(reply));
  }
  static kit::Settings with_url(kit::Settings settings) {
    settings.push_back({"url", kUrl});
    return settings;
  }
};

kit::Reply rss2() {
  return kit::Reply::ok(fixture("tests/plugins/feed/fixtures/rss2.xml"));
}

std::string item(const std::string& id, const std::string& date) {
  return "<item><title>T</title><guid>https://e.org/" + id + "</guid><pubDate>" + date + "</pubDate></item>";
}

std::string rss(const std::string& items) {
  return "<rss version=\"2.0\"><channel>" + items + "</channel></rss>";
}

TEST(FeedOptions, AreCheckedAtTheStart) {
  EXPECT_THAT(test::refusal<FeedSource>({}).what(), HasSubstr("give a feed's address"));
  EXPECT_EQ(test::refusal<FeedSource>({{"url", "journal.example.org"}}).option(), "/url");
  EXPECT_EQ(test::refusal<FeedSource>({{"urls", kit::list("https://a.org", "file:///etc/passwd")}}).option(),
            "/urls/1");
  EXPECT_EQ(test::refusal<FeedSource>({{"url", kUrl}, {"time_zone", "Mars/Phobos"}}).option(), "/time_zone");
  EXPECT_EQ(test::refusal<FeedSource>({{"url", kUrl}, {"categories", kit::list("a", " ")}}).option(),
            "/categories/1");
  EXPECT_THROW((void)test::refusal<FeedSource>({{"url", kUrl}, {"max_age", "1h"}}), kit::BadSettings);
}

TEST(FeedPapers, CarryEverythingTheFeedSays) {
  OnWeb feed(rss2(), {{"categories", kit::list("journal")}});
  const auto fetched = feed.fetch();
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_THAT(fetched.violations, IsEmpty());
  EXPECT_THAT(ids(fetched),
              ElementsAre("doi:10.5555/abc.1", "2505.01557", "url:https://journal.example.org/articles/4"));
  const NewPaper& paper = fetched.papers[0];
  EXPECT_EQ(paper.doi, "10.5555/abc.1");
  EXPECT_EQ(paper.url, "https://journal.example.org/articles/1?utm_source=rss");
  EXPECT_EQ(paper.abstract, "Water & bacteria, p < 0.05.");
  EXPECT_EQ(paper.published, "2025-05-07");
  EXPECT_EQ(paper.journal, "A Journal");
  EXPECT_THAT(paper.categories, ElementsAre("journal", "Microbiology"));
  EXPECT_EQ(fetched.papers[1].version, 2u);
  EXPECT_EQ(fetched.papers[1].url, "https://arxiv.org/abs/2505.01557");
  EXPECT_EQ(fetched.papers[2].published, "2025-05-07");  // undated: taken for today's
  EXPECT_EQ(feed.counted("skipped", "older"), 1u);
  EXPECT_TRUE(feed.closes(fetched));
  EXPECT_THAT(fetched.dated, IsEmpty());
}

TEST(FeedPapers, MayHaveTheWholeContentForAnAbstract) {
  OnWeb feed(rss2(), {{"body", "content"}});
  EXPECT_EQ(feed.fetch().papers.at(0).abstract, "The whole article.");
  OnWeb other(kit::Reply::ok(fixture("tests/plugins/feed/fixtures/atom.xml")), {{"body", "content"}});
  const auto fetched = other.fetch();
  EXPECT_EQ(fetched.papers.at(0).abstract, "Plain <b> stays.");
  EXPECT_THAT(ids(fetched), ElementsAre("url:https://lab.example.org/blog/posts/1", "doi:10.5555/xyz"));
}

TEST(FeedPapers, AnArxivDoiIsTheArxivPaper) {
  OnWeb feed(kit::Reply::ok(fixture("tests/plugins/feed/fixtures/feed.json")));
  const auto fetched = feed.fetch();
  EXPECT_THAT(ids(fetched), ElementsAre("url:https://json.example.org/7", "2505.00002"));
  EXPECT_THAT(fetched.papers[1].doi, IsEmpty());
  EXPECT_THAT(fetched.papers[0].categories, ElementsAre("a", "b"));
  EXPECT_TRUE(feed.closes(fetched));
}

TEST(FeedPapers, WithoutTitleOrIdentifierAreCountedAndNamed) {
  OnWeb feed(kit::Reply::ok(
      rss("<item><title>T</title></item><item><guid>x</guid></item>" + item("1", "07 May 2025 01:00 GMT"))));
  const auto fetched = feed.fetch();
  EXPECT_EQ(fetched.papers.size(), 1u);
  EXPECT_EQ(feed.counted("skipped", "unreadable"), 2u);
  EXPECT_TRUE(feed.host.logged("entry 1 has no address or identifier"));
  EXPECT_TRUE(feed.host.logged("entry 2 has no title"));
  EXPECT_TRUE(feed.closes(fetched));
}

TEST(FeedDays, TodayTakesTheLastWeekAndLeavesTheRestToSeen) {
  const std::string items = item("future", "08 May 2025 01:00 GMT") + item("today", "07 May 2025 01:00 GMT") +
                            item("week", "30 Apr 2025 01:00 GMT") + item("older", "29 Apr 2025 23:00 GMT");
  OnWeb feed(kit::Reply::ok(rss(items)));
  const auto fetched = feed.fetch();
  EXPECT_THAT(ids(fetched), ElementsAre("url:https://e.org/today", "url:https://e.org/week"));
  EXPECT_EQ(feed.counted("skipped", "later"), 1u);
  EXPECT_EQ(feed.counted("skipped", "older"), 1u);
  OnWeb narrow(kit::Reply::ok(rss(items)), {{"max_age", "1d"}});
  EXPECT_THAT(ids(narrow.fetch()), ElementsAre("url:https://e.org/today"));
  OnWeb all(kit::Reply::ok(rss(items)), {{"days", "all"}});
  EXPECT_EQ(all.fetch().papers.size(), 4u);
}

TEST(FeedDays, ANamedDayTakesThatDayAlone) {
  const std::string items = item("a", "07 May 2025 01:00 GMT") + item("b", "06 May 2025 23:00 GMT") +
                            item("c", "05 May 2025 01:00 GMT") +
                            "<item><title>T</title><guid>https://e.org/u</guid></item>";
  OnWeb feed(kit::Reply::ok(rss(items)));
  const auto fetched = feed.fetch({"2025-05-06"});
  EXPECT_THAT(ids(fetched), ElementsAre("url:https://e.org/b"));
  EXPECT_EQ(feed.counted("skipped", "another day"), 2u);
  EXPECT_EQ(feed.counted("skipped", "undated"), 1u);
  EXPECT_TRUE(feed.closes(fetched));
  OnWeb today(kit::Reply::ok(rss(items)));
  EXPECT_THAT(ids(today.fetch({"2025-05-07"})), ElementsAre("url:https://e.org/a", "url:https://e.org/u"));
}

TEST(FeedDays, TheMidnightIsThatOfTheTimeZone) {
  const std::string items = item("a", "Tue, 06 May 2025 16:00:00 GMT");  // 01:00 on the 7th in Tokyo
  OnWeb tokyo(kit::Reply::ok(rss(items)), {{"time_zone", "Asia/Tokyo"}});
  EXPECT_EQ(tokyo.fetch({"2025-05-07"}).papers.size(), 1u);
  OnWeb utc(kit::Reply::ok(rss(items)));
  EXPECT_EQ(utc.fetch({"2025-05-07"}).papers.size(), 0u);
}

TEST(FeedDays, AFeedThatDoesNotReachBackSaysSo) {
  OnWeb feed(kit::Reply::ok(rss(item("a", "07 May 2025 01:00 GMT"))));
  const auto fetched = feed.fetch({"2025-05-01"});
  EXPECT_THAT(fetched.papers, IsEmpty());
  EXPECT_TRUE(feed.host.logged(
      "https://journal.example.org/rss reaches back to 2025-05-07 only, so that it cannot tell "
      "what there was on 2025-05-01."));
  EXPECT_EQ(feed.host.count("approximate"), 1u);
}

TEST(FeedFiles, SayTheirOwnDay) {
  const TemporaryFile file(fixture("tests/plugins/feed/fixtures/rdf.xml"));
  test::Fetching<FeedSource> feed(kit::Settings{{"file", file.path()}});
  kit::Wanted none;
  const auto fetched = feed.fetch(none);
  ASSERT_TRUE(fetched.error.ok()) << fetched.error.message;
  EXPECT_EQ(fetched.dated, "2025-05-06");
  EXPECT_EQ(fetched.origin, file.path());
  EXPECT_THAT(ids(fetched), ElementsAre("doi:10.1101/2025.05.01.000001"));
  EXPECT_EQ(feed.counted("announced", "file"), 1u);
}

TEST(FeedFiles, ThatAreNotThereAreNamed) {
  test::Fetching<FeedSource> feed(kit::Settings{{"file", "/nowhere/feed.xml"}});
  EXPECT_EQ(feed.fetch().error.message,
            "The file /nowhere/feed.xml could not be read: No such file or directory.");
  EXPECT_EQ(feed.source->health().option, "/file");
}

TEST(FeedServers, SeveralAreAskedAtOnceAndOneThatFailsFailsAll) {
  test::Fetching<FeedSource> feed(kit::Settings{{"urls", kit::list("https://a.org/1", "https://b.org/2")}});
  feed.host.http().on("https://a.org/", kit::Reply::ok(rss(item("a", "07 May 2025 01:00 GMT"))));
  feed.host.http().on("https://b.org/", kit::Reply::ok(rss(item("b", "07 May 2025 01:00 GMT"))));
  EXPECT_THAT(ids(feed.fetch()), ElementsAre("url:https://e.org/a", "url:https://e.org/b"));
  EXPECT_EQ(feed.host.http().most_in_flight(), 2u);
  feed.host.http().on("https://b.org/", kit::Reply::unreachable("b.org could not be reached: no such host."));
  const auto fetched = feed.fetch();
  EXPECT_EQ(fetched.error.message, "b.org could not be reached: no such host.");
  EXPECT_THAT(fetched.papers, IsEmpty());
}

TEST(FeedServers, AWrongEncodingIsOneWarning) {
  OnWeb feed(kit::Reply::ok("<?xml version='1.0' encoding='UTF-8'?>" +
                            rss("<item><title>caf\xE9</title><guid>https://e.org/1</guid></item>")));
  EXPECT_EQ(feed.fetch().papers.at(0).title, "café");
  EXPECT_TRUE(feed.host.logged(
      "https://journal.example.org/rss says it is utf-8 and is not; it was read as windows-1252."));
}

TEST(FeedServers, StopWhenTheRunIsInterrupted) {
  std::string items;
  for (int i = 0; i < 1000; ++i)
    items += item(std::to_string(i), "07 May 2025 01:00 GMT");
  OnWeb feed(kit::Reply::ok(rss(items)));
  feed.host.cancel_after(3);
  const auto fetched = feed.fetch();
  EXPECT_EQ(fetched.error.status, GLEANER_CANCELLED);
  EXPECT_LT(fetched.papers.size(), 300u);
}

}  // namespace
}  // namespace gleaner::feed
