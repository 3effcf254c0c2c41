// What arXiv's feeds do, one quirk a test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/arxiv/feed_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Feed, HeaderTellsQueryDayAndKind) {
  std::string feed = rss("");
  FeedReader reader(feed, "feed.xml");
  EXPECT_EQ(reader.header().kind, FeedKind::rss);
  EXPECT_EQ(reader.header().title, "cs.LG, q-bio.NC updates on arXiv.org");
  EXPECT_THAT(reader.header().categories, ElementsAre("cs.LG", "q-bio.NC"));
  EXPECT_EQ(reader.header().date, "2026-03-04");
}

TEST(Feed, DayIsTheOneWrittenNotTheOneInGreenwich) {
  EXPECT_EQ(read_one("<pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate>").date, "2026-03-03");
}

TEST(Feed, ItemWithoutDateHasTheChannels) {
  EXPECT_EQ(read_one("").date, "2026-03-04");
}

TEST(Feed, AFeedWhoseHeaderHasNoDateHasItsFirstPapers) {
  std::string feed = "<rss><channel><title>t</title>" +
                     item("<pubDate>Thu, 5 Mar 2026 00:00:00 -0500</pubDate>") + "</channel></rss>";
  FeedReader reader(feed, "feed.xml");
  EXPECT_EQ(reader.header().date, "2026-03-05");
  EXPECT_EQ(reader.entries(), 0U);
  ASSERT_NE(reader.next(), nullptr);
  EXPECT_EQ(reader.entries(), 1U);
  EXPECT_EQ(reader.next(), nullptr);
}

TEST(Feed, VersionIsInTheGuidAndTheLinkDoesNotHideIt) {
  const OwnedEntry paper = read_all(rss("<item><link>https://arxiv.org/abs/2603.00007</link>"
                                        "<guid>oai:arXiv.org:2603.00007v3</guid></item>"))
                               .at(0);
  EXPECT_EQ(paper.id, "2603.00007");
  EXPECT_EQ(paper.version, 3U);
}

TEST(Feed, LinkAloneNamesThePaper) {
  const OwnedEntry paper =
      read_all(rss("<item><link>https://arxiv.org/abs/math.GT/0309136</link></item>")).at(0);
  EXPECT_EQ(paper.id, "math/0309136");
  EXPECT_EQ(paper.version, 0U);
}

TEST(Feed, DescriptionGivesVersionAndTypeWhereNothingElseDoes) {
  const OwnedEntry paper =
      read_all(rss("<item><description>arXiv:2603.00009v2 Announce Type: replace-cross \n"
                   "Abstract: Bees count.</description></item>"))
          .at(0);
  EXPECT_EQ(paper.id, "2603.00009");
  EXPECT_EQ(paper.version, 2U);
  EXPECT_EQ(paper.announce, Announce::replace_cross);
  EXPECT_EQ(paper.abstract, "Bees count.");
}

TEST(Feed, PrefixGoesWithOrWithoutTheSpaceBeforeTheLineBreak) {
  for (const char* between : {" \n", "\n", " ", "\r\n", " &#10;"}) {
    EXPECT_EQ(read_one("<description>arXiv:2603.00001v1 Announce Type: new" + std::string(between) +
                       "Abstract: Moss.</description>")
                  .abstract,
              "Moss.");
  }
}

TEST(Feed, EmptyAbstractAndTextWithoutPrefix) {
  EXPECT_EQ(
      read_one("<description>arXiv:2603.00001v1 Announce Type: new \nAbstract: </description>").abstract, "");
  EXPECT_EQ(read_one("<description>arXiv:oddly, no prefix</description>").abstract, "arXiv:oddly, no prefix");
}

TEST(Feed, EveryAnnounceType) {
  const auto type = [](std::string_view word) {
    return read_one("<arxiv:announce_type>" + std::string(word) + "</arxiv:announce_type>").announce;
  };
  EXPECT_EQ(type("new"), Announce::fresh);
  EXPECT_EQ(type("cross"), Announce::cross);
  EXPECT_EQ(type("replace"), Announce::replace);
  EXPECT_EQ(type("replace-cross"), Announce::replace_cross);
  EXPECT_EQ(type("absonly"), Announce::none);
  EXPECT_EQ(read_one("").announce, Announce::none);
}

TEST(Feed, CommasInAnAffiliationSplitNoAuthor) {
  const OwnedEntry paper = read_one(
      "<dc:creator>Ann Ode (Univ. X, Y (Z, W)), Bo Li,  Cy (Dee) Pratt, E. Fox (A) (B)</dc:creator>");
  EXPECT_THAT(paper.authors, ElementsAre("Ann Ode", "Bo Li", "Cy (Dee) Pratt", "E. Fox"));
  EXPECT_THAT(paper.affiliations, ElementsAre("Univ. X, Y (Z, W)", "", "", "A"));
}

TEST(Feed, AnUnclosedParenthesisSwallowsNoAuthor) {
  EXPECT_THAT(read_one("<dc:creator>Ann Ode (Univ. X, Bo Li, Cy)</dc:creator>").authors,
              ElementsAre("Ann Ode"));  // closed by the last one, however unlikely
  EXPECT_THAT(read_one("<dc:creator>Ann Ode (Univ. X, Bo Li, Cy</dc:creator>").authors,
              ElementsAre("Ann Ode (Univ. X", "Bo Li", "Cy"));
  EXPECT_THAT(read_one("<dc:creator>,, Ann ) Ode,</dc:creator>").authors, ElementsAre("Ann ) Ode"));
  EXPECT_THAT(read_one("<dc:creator/>").authors, IsEmpty());
}

TEST(Feed, CategoriesKeepTheirOrderAndComeOnce) {
  EXPECT_THAT(read_one("<category>stat.ML</category><category>cs.LG</category><category>stat.ML</category>")
                  .categories,
              ElementsAre("stat.ML", "cs.LG"));
}

TEST(Feed, DoiJournalAndLicence) {
  const OwnedEntry paper = read_one(
      "<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><arxiv:DOI>10.1/a&amp;b</arxiv:DOI>"
      "<arxiv:journal_reference>Invented Letters, 7(1): 3</arxiv:journal_reference>");
  EXPECT_EQ(paper.licence, "http://creativecommons.org/licenses/by/4.0/");
  EXPECT_EQ(paper.doi, "10.1/a&b");
  EXPECT_EQ(paper.journal, "Invented Letters, 7(1): 3");
  EXPECT_EQ(read_one("<dc:rights/>").licence, "");
}

TEST(Feed, EntitiesAreDecodedOnce) {
  EXPECT_EQ(read_one("<title>a &lt; b &amp;lt; c &#946;&#x3B3; &quot;d&apos; &nbsp; &amp</title>").title,
            "a < b &lt; c βγ \"d' &nbsp; &amp");
}

TEST(Feed, ReferencesToWhatIsNoCharacterNeverBecomeInvalidText) {
  EXPECT_EQ(read_one("<title>&#0;|&#xD800;|&#x110000;|&#99999999999999999999;|&#x;|&#;|&#12a;</title>").title,
            "\uFFFD|\uFFFD|\uFFFD|\uFFFD|&#x;|&#;|&#12a;");
}

TEST(Feed, WhitespaceCollapsesInTitleAndAbstract) {
  EXPECT_EQ(read_one("<title>\n   Slow\t\tmould  grows\r\n  twice  as fast \n</title>").title,
            "Slow mould grows twice as fast");
  EXPECT_EQ(read_one("<title>&#10;&#32; A long enough line with  two spaces late&#10;</title>").title,
            "A long enough line with two spaces late");
}

TEST(Feed, CdataAndCommentsEndNoItemAndAreNotDecoded) {
  const std::vector<OwnedEntry> papers =
      read_all(rss(item("<title><![CDATA[On </item> & &amp; <b>]]></title><!-- </item> -->"
                        "<description>one <!-- two --><![CDATA[<three>]]> four</description>") +
                   item("<title>Next</title>", "2603.00002v1")));
  ASSERT_EQ(papers.size(), 2U);
  EXPECT_EQ(papers[0].title, "On </item> & &amp; <b>");
  EXPECT_EQ(papers[0].abstract, "one <three> four");
  EXPECT_EQ(papers[1].title, "Next");
}

TEST(Feed, PrefixesAndQuotesAreTheSerialisersChoice) {
  std::string feed =
      "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>cs.CL updates on arXiv.org</a:title>"
      "<a:entry a:x='>'><a:id>oai:arXiv.org:2603.00001v1</a:id><a:category term='cs.CL'/>"
      "<b:creator>Ann Ode</b:creator><a:published>2026-03-04T00:00:00-05:00</a:published></a:entry></a:feed>";
  const OwnedEntry paper = read_all(feed).at(0);
  EXPECT_THAT(paper.categories, ElementsAre("cs.CL"));
  EXPECT_THAT(paper.authors, ElementsAre("Ann Ode"));
  EXPECT_EQ(paper.date, "2026-03-04");
}

TEST(Feed, AtomIsDatedByItsEntriesAndAnEmptyOneByItsMaking) {
  const std::string head =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>cs updates on arXiv.org</title>";
  const auto date = [](std::string feed) { return FeedReader(feed, "feed.xml").header().date; };
  EXPECT_EQ(
      date(head + "<updated>2026-03-05T05:00:20.1+00:00</updated><entry><id>oai:arXiv.org:2603.00001v1</id>"
                  "<published>2026-03-04T00:00:00-05:00</published></entry></feed>"),
      "2026-03-04");
  EXPECT_EQ(date(head + "<updated>2026-03-07T05:00:20.1+00:00</updated></feed>"), "2026-03-07");
  EXPECT_EQ(date(head + "<updated>2026-07-01T03:59:59Z</updated></feed>"), "2026-06-30");
}

TEST(Feed, ByteOrderMarkAndEitherQuoteAreRead) {
  EXPECT_EQ(read_all("\xEF\xBB\xBF" + rss(item(""))).size(), 1U);
  EXPECT_EQ(read_all("<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- c --><rss><channel>" + item("") +
                     "</channel></rss>")
                .size(),
            1U);
}

TEST(Feed, AnEntryWithoutIdentifierIsPassedOverAndSaid) {
  std::string feed = rss("<item><guid>tag:blog,2026:1</guid></item>" + item(""));
  FeedReader reader(feed, "feed.xml");
  ASSERT_NE(reader.next(), nullptr);
  EXPECT_EQ(reader.next(), nullptr);
  EXPECT_EQ(reader.unreadable(), 1U);
  EXPECT_THAT(reader.warnings(),
              ElementsAre("feed.xml: entry 1 was passed over because it names no arXiv identifier "
                          "(\"tag:blog,2026:1\" is none)."));
}

TEST(Feed, ViewsOutliveTheNextCalls) {
  std::string feed = rss(item("<title>First  one</title>") + item("<title>Second</title>", "2603.00002v1"));
  FeedReader reader(feed, "feed.xml");
  const std::string_view first = reader.next()->title;
  ASSERT_NE(reader.next(), nullptr);
  ASSERT_EQ(reader.next(), nullptr);
  EXPECT_EQ(first, "First one");
}

// Which entries a feed's reader reads no further than it must: those of every type but `new`.
AnnounceSet only_new() {
  AnnounceSet types;
  types.set(static_cast<std::size_t>(Announce::fresh));
  types.set(static_cast<std::size_t>(Announce::none));
  return types;
}

TEST(Feed, AnEntryOfATypeNobodyWantsComesWithIdentifierAndTypeAlone) {
  std::string feed =
      rss("<item><title>A</title><guid>oai:arXiv.org:2603.00001v2</guid><description>Long</description>"
          "<arxiv:announce_type>replace</arxiv:announce_type></item>"
          "<item><title>B</title><guid>oai:arXiv.org:2603.00002v1</guid><description>Long</description>"
          "<arxiv:announce_type>new</arxiv:announce_type></item>");
  FeedReader reader(feed, "feed.xml");
  reader.read_texts_of(only_new());
  const Entry* entry = reader.next();
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->id, "2603.00001");
  EXPECT_EQ(entry->announce, Announce::replace);
  EXPECT_EQ(entry->title, "");
  EXPECT_EQ(entry->abstract, "");
  entry = reader.next();
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->title, "B");
  EXPECT_EQ(entry->abstract, "Long");
}

TEST(Feed, AnEntryNobodyWantsHasItsIdentifierFromTheDescriptionWhereNothingElseGivesIt) {
  std::string feed =
      rss("<item><description>arXiv:2603.00009v2 Announce Type: replace \nAbstract: Bees.</description>"
          "<guid>none</guid><arxiv:announce_type> replace\n</arxiv:announce_type></item>");
  FeedReader reader(feed, "feed.xml");
  reader.read_texts_of(only_new());
  const Entry* entry = reader.next();
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->id, "2603.00009");
  EXPECT_EQ(entry->announce, Announce::replace);
}

TEST(Feed, AnEntryNobodyWantsThatNamesNoPaperIsPassedOverLikeOthers) {
  std::string feed =
      rss("<item><guid>nothing</guid><arxiv:announce_type>replace</arxiv:announce_type></item>" +
          item("<title>B</title>"));
  FeedReader reader(feed, "feed.xml");
  reader.read_texts_of(only_new());
  ASSERT_NE(reader.next(), nullptr);
  EXPECT_EQ(reader.next(), nullptr);
  EXPECT_EQ(reader.unreadable(), 1U);
  EXPECT_EQ(reader.warnings().size(), 1U);
}

TEST(Feed, AnEntryWhoseTypeIsNotPlainIsReadInFull) {
  for (const char* type :
       {"<arxiv:announce_type>absonly</arxiv:announce_type>",
        "<arxiv:announce_type>rep<!-- -->lace</arxiv:announce_type>",
        "<arxiv:announce_type>cross</arxiv:announce_type><x:announce_type>new</x:announce_type>",
        "<arxiv:announce_type/>", ""}) {
    std::string feed = rss("<item xmlns:x=\"x\"><title>A</title><guid>oai:arXiv.org:2603.00001v2</guid>" +
                           std::string(type) + "</item>");
    FeedReader reader(feed, "feed.xml");
    reader.read_texts_of(only_new());
    const Entry* entry = reader.next();
    ASSERT_NE(entry, nullptr) << type;
    EXPECT_EQ(entry->title, "A") << type;
  }
}

}  // namespace
}  // namespace gleaner::arxiv::testing
