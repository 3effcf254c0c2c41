// Every way in which a feed can be wrong, with its message word for word.
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "plugins/arxiv/feed_faults.hpp"
#include "tests/plugins/arxiv/feed_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

std::string message(std::string feed) {
  return outcome(std::move(feed)).message;
}

TEST(FeedError, Empty) {
  const std::string expected = "feed.xml is empty where a feed should be. Fetch it again in a few minutes.";
  EXPECT_EQ(message(""), expected);
  EXPECT_EQ(message("\xEF\xBB\xBF \r\n"), expected);
}

TEST(FeedError, RateExceededInAnyCase) {
  const std::string expected =
      "feed.xml: arXiv answered \"Rate exceeded.\" instead of a feed. It is turning requests away for now; "
      "try again in a "
      "few minutes.";
  EXPECT_EQ(message("Rate exceeded."), expected);
  EXPECT_EQ(message("\n  rate EXCEEDED.\n"), expected);
  EXPECT_EQ(message("429: Rate exceeded"), expected);
  EXPECT_EQ(outcome(std::string(100, 'x') + "Rate exceeded").fault, FeedFault::not_xml);
}

TEST(FeedError, WebPageSaysItsTitle) {
  EXPECT_EQ(message("<!DOCTYPE html><html><head><title> Down for\nrepair </title></head></html>"),
            "feed.xml is a web page (\"Down for repair\"), not a feed. Open the address in a browser to see "
            "what it "
            "serves.");
  EXPECT_EQ(message("<HTML><body>hello</body>"),
            "feed.xml is a web page, not a feed. Open the address in a browser to see what it serves.");
  EXPECT_EQ(outcome("<?xml version='1.0'?><html xmlns='x'></html>").fault, FeedFault::web_page);
}

TEST(FeedError, OtherText) {
  EXPECT_EQ(message("{\"error\": \"no\"}"),
            "feed.xml is not XML: it begins with \"{\"error\": \"no\"}\". Open the address in a browser to "
            "see what it "
            "serves.");
  EXPECT_EQ(message("\x1F\x8B\x08"), "feed.xml is compressed with gzip. Unpack it with gunzip first.");
}

TEST(FeedError, QuotesAreCutBetweenCharacters) {
  std::string text(59, 'x');
  text += "é and more";
  EXPECT_EQ(message(text), "feed.xml is not XML: it begins with \"" + std::string(59, 'x') +
                               "…\". Open the address in a browser to see what it serves.");
}

TEST(FeedError, XmlThatIsNoFeed) {
  EXPECT_EQ(
      message("<rdf:RDF><item/></rdf:RDF>"),
      "feed.xml is XML but not a feed: it begins with <rdf:RDF> where <rss> or <feed> should be. Check the "
      "address; daily feeds are at https://rss.arxiv.org/rss/CATEGORY.");
}

TEST(FeedError, Encodings) {
  EXPECT_EQ(message(std::string("\xFF\xFE<\0r\0", 6)),
            "feed.xml is written in UTF-16; only UTF-8 is read. Convert it with `iconv -f UTF-16 -t UTF-8`.");
  EXPECT_EQ(outcome(std::string("\0<\0r\0s\0s", 8)).fault, FeedFault::encoding);
  EXPECT_EQ(message("<?xml version=\"1.0\" encoding='ISO-8859-1'?><rss/>"),
            "feed.xml declares the encoding \"ISO-8859-1\"; only UTF-8 is read. Convert it with iconv and "
            "change the "
            "declaration.");
  EXPECT_EQ(message("<rss><channel>caf\xE9 au lait</channel></rss>"),
            "feed.xml is not valid UTF-8: the byte 0xE9 at offset 17 belongs to no character. Fetch it "
            "again, or convert "
            "it with iconv.");
}

TEST(FeedError, DoctypesAreRefusedBeforeAnythingExpands) {
  EXPECT_EQ(
      message("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n" +
              rss(item("<title>&b;</title>"))),
      "feed.xml has a document type declaration (at offset 0), which no arXiv feed has, and which is refused "
      "because its entities may expand without limit. Remove it if you trust the file.");
  EXPECT_EQ(outcome(rss(item("<!ENTITY a 'b'>"))).fault, FeedFault::doctype);
  EXPECT_EQ(outcome(rss("<!DOCTYPE x>" + item(""))).fault, FeedFault::doctype);
}

TEST(FeedError, ErrorFeedIsQuoted) {
  EXPECT_EQ(
      message("<rss><channel><title>Feed error for query: https://rss.arxiv.org/rss/cs.QQ</title>"
              "<description>Bad subject class 'QQ'. Valid ones are: AI, AR</description></channel></rss>"),
      "feed.xml: arXiv refused the query: \"Bad subject class 'QQ'. Valid ones are: AI, AR\". Check "
      "`categories`.");
  EXPECT_EQ(message("<feed><title>Feed error for query: x</title><subtitle>No.</subtitle></feed>"),
            "feed.xml: arXiv refused the query: \"No.\". Check `categories`.");
}

TEST(FeedError, NoIdentifierAnywhere) {
  EXPECT_EQ(message(rss("<item><guid>1</guid></item><item><guid>2</guid></item>")),
            "feed.xml: none of its 2 entries names an arXiv identifier. It is another site's feed, or arXiv "
            "has changed "
            "its format.");
}

TEST(FeedError, MalformedEntrySaysWhereAndStays) {
  std::string feed = rss(item("<title>Fine</title>") + item("<title>Not</titel>", "2603.00002v1"));
  const std::size_t wrong = feed.find("</titel>") + 2;  // the name that closes nothing
  FeedReader reader(feed, "feed.xml");
  ASSERT_NE(reader.next(), nullptr);
  std::string first_message;
  try {
    reader.next();
  } catch (const FeedError& error) {
    first_message = error.what();
    EXPECT_EQ(error.entries(), 1U);
  }
  EXPECT_EQ(first_message, "feed.xml is not well-formed XML after 1 complete paper, at offset " +
                               std::to_string(wrong) + ": Start-end tags mismatch. Fetch it again.");
  EXPECT_THROW(reader.next(), FeedError);
}

TEST(FeedError, AnEntryAsLargeAsNoPaperIsRefused) {
  EXPECT_EQ(outcome(rss(item("<title>" + std::string(2U << 20U, 'x') + "</title>"))).fault,
            FeedFault::malformed);
}

TEST(FeedError, AHeaderOfThousandLevelsIsRefused) {
  std::string feed = "<rss>";
  for (int i = 0; i < 1000; ++i)
    feed += "<a>";
  EXPECT_EQ(outcome(feed).fault, FeedFault::malformed);
}

TEST(FeedError, TruncatedSaysHowFarItGot) {
  const std::string whole = rss(item("<title>One</title>") + item("<title>Two</title>", "2603.00002v1"));
  const std::string cut = whole.substr(0, whole.find("Two"));
  EXPECT_EQ(message(cut), "feed.xml breaks off after 1 complete paper, at offset " +
                              std::to_string(cut.size()) + ", where <item> is still open. Fetch it again.");
}

// No proper beginning of a feed is taken for a feed, whichever byte it ends with, and none is read past its
// end: each has a buffer of exactly its size for AddressSanitizer to watch.
TEST(FeedError, EveryTruncationIsNoticed) {
  const std::string whole =
      rss(item("<title>Caf&#233; <![CDATA[</item>]]> é</title><!-- c --><dc:creator>A, B (C)</dc:creator>"
               "<description>arXiv:2603.00001v1 Announce Type: new \nAbstract: x&amp;y</description>") +
          item("<category>cs.LG</category>", "2603.00002v1"));
  const std::size_t end = whole.rfind('>') + 1;
  const std::size_t first_item_end = whole.find("</item>\n") + 7;
  const std::size_t second_item_end = whole.rfind("</item>") + 7;
  for (std::size_t size = 1; size < end; ++size) {
    std::vector<char> buffer(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    std::size_t papers = 0;
    try {
      FeedReader reader(buffer, "feed.xml");
      while (reader.next() != nullptr)
        ++papers;
      ADD_FAILURE() << "taken for whole with " << size << " bytes";
    } catch (const FeedError& error) {
      EXPECT_EQ(error.fault(), FeedFault::truncated) << size << ": " << error.what();
      EXPECT_EQ(error.entries(), papers);
      EXPECT_EQ(papers, (size >= first_item_end ? 1U : 0U) + (size >= second_item_end ? 1U : 0U)) << size;
    }
  }
  EXPECT_EQ(outcome(whole.substr(0, end)).message, "");
}

// Whatever bytes are changed, the reader ends with papers or with a sentence. The seed makes a failure
// repeatable.
TEST(FeedError, DamagedFeedsNeverDoHarm) {
  const std::string whole =
      rss(item("<title>Caf&#233; <![CDATA[</item>]]></title><dc:creator>A, B (C)</dc:creator><category "
               "term='x'/>") +
          item("<pubDate>Wed, 04 Mar 2026 00:00:00 -0500</pubDate><link href=\"y\"/>", "2603.00002v1"));
  constexpr std::string_view kNasty = "<>&;\"'/!?-[]=\0 \n#x(),";
  std::mt19937 random(20260304);
  for (int round = 0; round < 20000; ++round) {
    std::vector<char> feed(whole.begin(), whole.end());
    for (int change = 0; change < 1 + round % 5; ++change)
      feed[random() % feed.size()] = kNasty[random() % kNasty.size()];
    try {
      FeedReader reader(feed, "feed.xml");
      for (std::size_t papers = 0; reader.next() != nullptr; ++papers)
        ASSERT_LT(papers, 3U);
    } catch (const FeedError& error) {
      ASSERT_NE(std::string_view(error.what()), "");
    }
  }
}

// A sixty-first byte may be the second one of a letter, and a feed need not be UTF-8 at all.
TEST(FeedError, ASentenceForTheHostIsUtf8WhateverItQuotes) {
  const Error cut = contract_error(fault::not_a_feed("feed.xml", std::string(59, 'x') + "\u00E9"));
  EXPECT_NE(std::string(cut.what()).find("x\uFFFD> where"), std::string::npos) << cut.what();
  const Error bytes = contract_error(fault::not_a_feed("feed.xml", "\xFF"));
  EXPECT_NE(std::string(bytes.what()).find("<\uFFFD>"), std::string::npos) << bytes.what();
}

}  // namespace
}  // namespace gleaner::arxiv::testing
