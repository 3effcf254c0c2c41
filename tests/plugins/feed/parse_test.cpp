// Every format ends in the same shape. What is expected was written by hand from the fixtures.
#include "plugins/feed/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/common/source_fixture.hpp"

namespace gleaner::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kOrigin = "https://origin.example.org/feeds/a.xml";

Feed parsed(std::string bytes, std::string_view content_type = {}) {
  return parse_feed(std::move(bytes), content_type, kOrigin);
}

Feed read(const std::string& name) {
  return parsed(test::fixture("tests/plugins/feed/fixtures/" + name));
}

std::string problem(std::string bytes) {
  try {
    (void)parsed(std::move(bytes));
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(FeedFormats, Rss2WithTheVocabulariesOfJournals) {
  const Feed feed = read("rss2.xml");
  EXPECT_EQ(feed.title, "A Journal & Co");
  EXPECT_EQ(feed.updated->day, "2025-05-07");
  ASSERT_EQ(feed.entries.size(), 4u);
  const Entry& first = feed.entries[0];
  EXPECT_EQ(first.title, "The role of H₂O & E. coli");
  EXPECT_EQ(first.summary, "Abstract: Water & bacteria, p < 0.05.");
  EXPECT_EQ(first.content, "The whole article.");
  EXPECT_THAT(first.authors, ElementsAre("Jane Doe", "John Roe"));
  EXPECT_THAT(first.categories, ElementsAre("Microbiology"));
  EXPECT_THAT(first.identifiers, ElementsAre("10.5555/abc.1", "article-1",
                                             "https://journal.example.org/articles/1?utm_source=rss"));
  EXPECT_EQ(first.doi, "10.5555/abc.1");
  EXPECT_EQ(first.journal, "A Journal");
  EXPECT_EQ(first.license, "https://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(first.published->unix_ms, 1746590400000);
  EXPECT_THAT(feed.entries[1].authors, ElementsAre("Jane Doe"));
  EXPECT_EQ(feed.entries[1].summary, "Plain text, a < b.");
  EXPECT_EQ(feed.entries[2].link, "https://origin.example.org/articles/3");
  EXPECT_EQ(feed.entries[3].link, "https://journal.example.org/articles/4");
  EXPECT_FALSE(feed.entries[3].published);
}

TEST(FeedFormats, Rss1HasItsItemsBesideTheChannel) {
  const Feed feed = read("rdf.xml");
  ASSERT_EQ(feed.entries.size(), 1u);
  EXPECT_EQ(feed.entries[0].title, "A preprint");
  EXPECT_EQ(feed.entries[0].identifiers.front(), "10.1101/2025.05.01.000001");
  EXPECT_THAT(feed.entries[0].authors, ElementsAre("J. Smith", "A.-B. Doe"));
  EXPECT_EQ(feed.entries[0].published->day, "2025-05-06");
  EXPECT_THAT(feed.entries[0].categories, ElementsAre("neuroscience"));
}

TEST(FeedFormats, AtomTellsMarkupFromText) {
  const Feed feed = read("atom.xml");
  EXPECT_EQ(feed.title, "A lab");
  ASSERT_EQ(feed.entries.size(), 2u);
  EXPECT_EQ(feed.entries[0].title, "Markup & more");
  EXPECT_EQ(feed.entries[0].summary, "Plain <b> stays.");
  EXPECT_EQ(feed.entries[0].link, "https://lab.example.org/blog/posts/1");
  EXPECT_THAT(feed.entries[0].authors, ElementsAre("The Lab"));
  EXPECT_THAT(feed.entries[0].categories, ElementsAre("Machine learning"));
  EXPECT_EQ(feed.entries[0].published->day, "2025-05-05");
  EXPECT_EQ(feed.entries[1].title, "Inline one two");
  EXPECT_EQ(feed.entries[1].content, "First. Second.");
  EXPECT_THAT(feed.entries[1].authors, ElementsAre("Jane Doe", "John Roe"));
}

TEST(FeedFormats, JsonFeedOfEitherVersion) {
  const Feed feed = read("feed.json");
  ASSERT_EQ(feed.entries.size(), 2u);
  EXPECT_THAT(feed.entries[0].identifiers, ElementsAre("7", "https://json.example.org/7"));
  EXPECT_EQ(feed.entries[0].content, "H₂O & more");
  EXPECT_THAT(feed.entries[0].authors, ElementsAre("Jane Doe"));
  EXPECT_THAT(feed.entries[1].authors, ElementsAre("The Editors"));
  EXPECT_EQ(feed.entries[1].published->day, "2025-05-06");
  EXPECT_THAT(feed.entries[1].link, IsEmpty());
}

TEST(FeedFormats, PrefixesAndDeclarationsDoNotMatterWhereTheMeaningIsPlain) {
  const Feed prefixed = parsed(
      "<a:feed "
      "xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title><a:id>urn:1</a:id></a:entry></"
      "a:feed>");
  EXPECT_EQ(prefixed.entries.at(0).title, "T");
  const Feed undeclared =
      parsed("<rss><channel><item><title>T</title><dc:creator>Jane Doe</dc:creator></item></channel></rss>");
  EXPECT_THAT(undeclared.entries.at(0).authors, ElementsAre("Jane Doe"));
  const Feed old = parsed(
      "<feed xmlns='http://purl.org/atom/ns#' version='0.3'><entry><title mode='escaped'>a &amp;amp; "
      "b</title>"
      "<issued>2025-05-06T00:00:00Z</issued></entry></feed>");
  EXPECT_EQ(old.entries.at(0).title, "a & b");
  EXPECT_EQ(old.entries.at(0).published->day, "2025-05-06");
}

TEST(FeedEncodings, AreReadAsDeclaredOrAsTheyAre) {
  const std::string body = "<rss><channel><item><title>caf\xE9</title></item></channel></rss>";
  EXPECT_EQ(parsed("<?xml version='1.0' encoding='ISO-8859-1'?>" + body).entries.at(0).title, "café");
  EXPECT_EQ(parsed(body, "text/xml; charset=windows-1252").entries.at(0).title, "café");
  const Feed stray = parsed("<?xml version='1.0' encoding='UTF-8'?>" + body);
  EXPECT_EQ(stray.entries.at(0).title, "café");
  EXPECT_EQ(stray.note, std::string(kOrigin) + " says it is utf-8 and is not; it was read as windows-1252.");
  std::string wide = "\xFF\xFE";
  for (const char c :
       std::string("<?xml version='1.0' "
                   "encoding='UTF-16'?><rss><channel><item><title>T</title></item></channel></rss>"))
    wide += {c, '\0'};
  EXPECT_EQ(parsed(wide).entries.at(0).title, "T");
}

TEST(FeedFaults, EachIsOneSentence) {
  const std::string origin = kOrigin;
  EXPECT_EQ(problem(""), origin + " gave an empty answer instead of a feed.");
  EXPECT_EQ(problem("Rate exceeded."), origin + " is not XML: it begins with \"Rate exceeded.\".");
  EXPECT_EQ(
      problem("<html><head><title>Moved</title></head></html>"),
      origin +
          " gave a web page instead of a feed, titled \"Moved\": the server may be down for maintenance, or "
          "the address is wrong.");
  EXPECT_EQ(problem("<opml version='2.0'/>"),
            origin + " is no feed: its outermost element is <opml>; RSS, Atom and JSON Feed are read.");
  EXPECT_EQ(problem("{\"items\": 1}"),
            origin + " is no feed: it is JSON without a list of items; RSS, Atom and JSON Feed are read.");
  EXPECT_EQ(problem("[1, 2]"),
            origin + " is no feed: it is JSON without a list of items; RSS, Atom and JSON Feed are read.");
  EXPECT_EQ(problem("{\"items\": [{\"id\""),
            origin + " breaks off before its JSON is at its end; fetch it again.");
  EXPECT_EQ(problem("\x1F\x8B\x08"), origin + " is compressed (gzip); unpack it first.");
}

TEST(FeedFaults, AFeedCutAnywhereIsRefusedWholeOrIsStillAFeed) {
  for (const char* name : {"rss2.xml", "rdf.xml", "atom.xml", "feed.json"}) {
    std::string whole = test::fixture(std::string("tests/plugins/feed/fixtures/") + name);
    whole.resize(whole.find_last_not_of(" \n") + 1);
    for (std::size_t size = 0; size < whole.size(); ++size)
      ASSERT_NE(problem(whole.substr(0, size)), "none") << name << " cut at " << size;
  }
}

TEST(FeedFaults, DamagedBytesNeverCrash) {
  for (const char* name : {"rss2.xml", "atom.xml", "feed.json"}) {
    const std::string whole = test::fixture(std::string("tests/plugins/feed/fixtures/") + name);
    unsigned chance = 12345;
    for (int round = 0; round < 500; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 5; ++i) {
        chance = chance * 1664525u + 1013904223u;
        damaged[chance % damaged.size()] = static_cast<char>(chance >> 24);
      }
      (void)problem(damaged);
    }
  }
}

TEST(FeedFaults, EntriesWithNothingInThemAreEmptyEntries) {
  EXPECT_EQ(parsed("<rss><channel><item/><item></item></channel></rss>").entries.size(), 2u);
  EXPECT_THAT(parsed("<rss version='2.0'/>").entries, IsEmpty());
  EXPECT_THAT(parsed("{\"items\": []}").entries, IsEmpty());
}

TEST(FeedTexts, ABookIsCutAtACharacter) {
  std::string book;
  for (int i = 0; i < 20000; ++i)
    book += "é";
  const Feed feed = parsed("<rss><channel><item><title>T</title><description>x" + book +
                           "</description></item></channel></rss>");
  const std::string& summary = feed.entries.at(0).summary;
  EXPECT_EQ(summary.size(), 19999u + 3u);
  EXPECT_TRUE(summary.ends_with("é…"));
}

}  // namespace
}  // namespace gleaner::feed
