// Listing pages: the real one and pages made in its shape.
#include "plugins/arxiv/listing_page.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/arxiv/announced_fixture.hpp"

namespace gleaner::arxiv::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kHeading = "Showing new listings for Wednesday, 12 August 2026";

std::string page_refused(const std::string& html) {
  try {
    (void)parse_listing(html, "page");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string real_page() {
  std::ifstream file(GLEANER_SHARED_DIR "/samples/arxiv_list_new_page_cs.AI_2026-08-12_trimmed.html");
  return {std::istreambuf_iterator<char>(file), {}};
}

// Counted by hand: grep '<dt>' gives 6, two under each of the three headings.
TEST(ListingPage, TheRealOneIsReadWhole) {
  const std::string html = real_page();
  if (html.empty()) GTEST_SKIP() << "the sample page is not there";
  const ListingPage page = parse_listing(html, "page");
  EXPECT_EQ(page.date, "2026-08-12");
  EXPECT_EQ(page.total, 6U);
  std::vector<std::string> lines;
  for (const OwnedEntry& paper : page.papers)
    lines.push_back(paper.id + "v" + std::to_string(paper.version) + " " +
                    std::string(announce_word(paper.announce)) + " " + paper.categories.at(0));
  EXPECT_THAT(
      lines, ElementsAre("2608.09949v1 new cs.AI", "2608.09967v1 new cs.AI", "2505.11635v2 cross cs.LG",
                         StartsWith("2607.28646v"), StartsWith("2112.07752v"), "2505.23399v2 replace cs.AI"));
  const OwnedEntry& first = page.papers[0];
  EXPECT_EQ(first.title, "Closed-Loop LLM Co-Pilots for Digital Agriculture");
  EXPECT_THAT(first.authors, ElementsAre("Serge Kernbach"));
  EXPECT_THAT(first.categories, ElementsAre("cs.AI", "physics.bio-ph"));
  EXPECT_THAT(first.abstract,
              StartsWith("This study evaluates the application of Large Language Models (LLMs) in"));
  EXPECT_THAT(first.abstract, ::testing::EndsWith("lowering computational and expert-labor constraints."));
  EXPECT_THAT(page.papers[1].abstract, HasSubstr("of the policy's action preferences"));
  EXPECT_EQ(page.papers[2].authors.size(), 4U);
  EXPECT_FALSE(page.papers[3].journal.empty());
}

TEST(ListingPage, ALinkInAnAbstractIsItsAddress) {
  std::string html = page_of(kHeading, {{"2608.00001"}});
  html.replace(html.find("What it is about."), 17,
               "Code at <a href=\"https://example.org/a?b=1&amp;c=2\" class='link-external'>this https "
               "URL</a> &amp; more.");
  EXPECT_EQ(parse_listing(html, "page").papers.at(0).abstract,
            "Code at https://example.org/a?b=1&c=2 & more.");
}

TEST(ListingPage, ACatchUpPageHasTheSameShape) {
  std::string html = page_of("Catchup results for Machine Learning on Wed, 12 Aug 2026", {{"2608.00001"}});
  const std::size_t at = html.find("<h3>");
  html.replace(at, 4, "<h1>");
  html.replace(html.find("</h3>"), 5, "</h1><div>Total of 2,001 entries</div>");
  const ListingPage page = parse_listing(html, "page");
  EXPECT_EQ(page.date, "2026-08-12");
  EXPECT_EQ(page.total, 2001U);
}

TEST(ListingPage, OldIdentifiersAndAffiliationsAreRead) {
  std::string html = page_of(kHeading, {{"math/0309136", "replace", {"math.GT"}}});
  html.replace(html.find("<a href=\"/a\">Ann Author</a>"), 27,
               "<a href='/a'>Ann Author</a> (Univ. X, Y), <a href=/b>Bo &Eacute;t&eacute;</a>");
  const OwnedEntry paper = parse_listing(html, "page").papers.at(0);
  EXPECT_EQ(paper.id, "math/0309136");
  EXPECT_THAT(paper.authors, ElementsAre("Ann Author", "Bo Été"));
  EXPECT_THAT(paper.affiliations, ElementsAre("Univ. X, Y", ""));
}

TEST(ListingPage, CommentsAndScriptsAreNoPapers) {
  std::string html = page_of(kHeading, {{"2608.00001"}});
  html.insert(html.find("<dl"), "<!-- <dt><a href='/abs/2608.00009'>x</a></dt> --><script>'<dt>'</script>");
  EXPECT_EQ(parse_listing(html, "page").papers.size(), 1U);
}

TEST(ListingPage, ADayWithoutUpdatesIsNoFault) {
  const ListingPage page = parse_listing(page_of(kHeading, {}), "page");
  EXPECT_EQ(page.total, 0U);
  EXPECT_EQ(page.date, "2026-08-12");
}

TEST(ListingPage, ASectionThatDoesNotAddUpIsNeverFewerPapers) {
  std::string html = page_of(kHeading, {{"2608.00001"}, {"2608.00002"}});
  html.replace(html.find("showing 2 of 2"), 14, "showing 3 of 3");
  EXPECT_EQ(page_refused(html),
            "page says that it shows 3 entries under \"New submissions\", but 2 can be read: it breaks off, "
            "or arXiv has "
            "changed its pages.");
}

TEST(ListingPage, NeverAPaperFromATruncatedPage) {
  const std::string html = page_of(kHeading, {{"2608.00001"}, {"2608.00002", "cross"}});
  for (std::size_t size = 1; size < html.size() - 7; ++size)
    EXPECT_NE(page_refused(html.substr(0, size)), "") << size;
}

TEST(ListingPage, WhatIsNoListingIsSaid) {
  EXPECT_EQ(page_refused(" \n"),
            "page gave an empty answer instead of a listing page; try again in a few minutes.");
  EXPECT_EQ(page_refused("<html><body>Maintenance</body></html>"),
            "page is a web page, but no listing of arXiv: the server may be down for maintenance, or the "
            "address is wrong.");
  EXPECT_THAT(page_refused("Rate exceeded."), HasSubstr("turning requests away"));
  EXPECT_EQ(page_refused("{\"a\": 1}"), "page is no web page: it begins with \"{\"a\": 1}\".");
  EXPECT_THAT(page_refused("<html><h3>" + kHeading + "</h3></html>"), HasSubstr("has a heading but no list"));
}

TEST(ListingPage, BytesOfAnyKindEndInASentenceOrAPage) {
  std::string html = page_of(kHeading, {{"2608.00001"}});
  for (std::size_t at = 0; at < html.size(); ++at) {
    for (const char byte : {'<', '>', '"', '\0', '\xFF'}) {
      std::string broken = html;
      broken[at] = byte;
      (void)page_refused(broken);
    }
  }
}

}  // namespace
}  // namespace gleaner::arxiv::testing
