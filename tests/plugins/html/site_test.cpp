#include "plugins/html/site.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/html/published_site.hpp"
#include "tests/plugins/html/sample_page.hpp"

namespace gleaner::html {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Not;

SiteDay day(const std::string& date, const std::string& title = "A title") {
  return {date, 526, true, {{"2505.00001", title, "Ada Quill", {"cs.LG"}, 18.5}}};
}

TEST(HtmlSite, ADayIsReadBackAsItWasWritten) {
  auto odd = day("2025-05-20", "</script>\xE2\x80\xA8 \"quoted\" \\ one\ntwo");
  odd.complete = false;
  odd.announced.reset();
  odd.papers.front().total.reset();
  const std::string script = year_script("2025", std::vector{day("2025-05-19"), odd, day("2026-01-02")});
  EXPECT_THAT(script, Not(HasSubstr("</script>")));
  const auto read = read_year_script(script);
  ASSERT_EQ(read.size(), 2U);  // not that of another year
  EXPECT_EQ(read[1].date, odd.date);
  EXPECT_FALSE(read[1].complete);
  EXPECT_FALSE(read[1].announced.has_value());
  EXPECT_EQ(read[1].papers.at(0).title, odd.papers.at(0).title);
  EXPECT_EQ(read[0].papers.at(0).total, 18.5);
  EXPECT_EQ(year_script("2025", read), year_script("2025", std::vector{day("2025-05-19"), odd}));
}

TEST(HtmlSite, WhatIsDamagedInAYearCostsOnlyItsOwnDay) {
  const auto read = read_year_script(
      "gleanerYear(\"2025\",[\n[\"2025-05-19\",1,true,[]],\n[\"nonsense\n[\"2025-13-40\",1,true,[]],\n["
      "\"2025-05-21\",1,true,[]]\n]);\n");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[1].date, "2025-05-21");
}

TEST(HtmlSite, ListsGoFromTheLatestDayBack) {
  const auto files =
      list_pages(std::vector{day("2025-04-30"), day("2025-05-19", "<b>Bold</b>"), day("2025-05-20")}, "2025",
                 {"Papers", "feed.xml"});
  ASSERT_EQ(files.size(), 4U);
  EXPECT_EQ(files[0].place, "index.html");
  EXPECT_EQ(files[1].place, "2025/index.html");
  EXPECT_EQ(files[2].place, "2025/2025-04.html");
  EXPECT_EQ(files[3].place, "2025/2025-05.html");
  EXPECT_LT(files[0].bytes.find("2025/2025-05-20.html"), files[0].bytes.find("2025/2025-05-19.html"));
  EXPECT_THAT(files[0].bytes, HasSubstr("&lt;b&gt;Bold&lt;/b&gt;"));
  EXPECT_THAT(files[0].bytes, HasSubstr("type=\"application/atom+xml\" title=\"Papers\" href=\"feed.xml\""));
  EXPECT_THAT(files[3].bytes, HasSubstr("href=\"../feed.xml\""));
  EXPECT_THAT(files[3].bytes, HasSubstr("Tuesday, 20 May 2025"));
  EXPECT_THAT(files[1].bytes,
              HasSubstr("<a href=\"../2025/2025-05.html\">May 2025</a> <span>2 days, 2 papers</span>"));
}

TEST(HtmlSite, ADayLearnsOfTheDayAfterIt) {
  PageOptions options;
  options.neighbours = neighbours("2025-05-19", "");
  auto digest = sample_page();
  digest.title = "A title";
  const std::string page = html_page(digest, {}, options);
  EXPECT_FALSE(replace_neighbours(page, neighbours("2025-05-19", "")).has_value());
  const auto linked = replace_neighbours(page, neighbours("2025-05-19", "2025-05-21"));
  ASSERT_TRUE(linked.has_value());
  EXPECT_THAT(*linked, HasSubstr("<a rel=\"next\" href=\"../2025/2025-05-21.html\">2025-05-21 →</a>"));
  EXPECT_EQ(*replace_neighbours(*linked, options.neighbours), page);
  EXPECT_FALSE(replace_neighbours("<p>no page of ours</p>", options.neighbours).has_value());
}

TEST(HtmlSite, IsAFolderToPublish) {
  PublishedSite site;
  ASSERT_EQ(site.add("2025-05-20", "First"), "");
  EXPECT_THAT(site.files(),
              ElementsAre(Key("2025/2025-05-20.html"), Key("2025/2025-05.html"), Key("2025/index.html"),
                          Key("2025/search.js"), Key("index.html"), Key("search.js")));
  const std::string day = site.files().at("2025/2025-05-20.html");
  EXPECT_THAT(day, HasSubstr("<a href=\"../index.html\">All days</a>"));
  EXPECT_THAT(day,
              HasSubstr("type=\"application/atom+xml\" title=\"Papers of the Day\" href=\"../feed.xml\""));
  EXPECT_THAT(day, HasSubstr("<a href=\"../feed.xml\">Atom feed</a>"));
}

TEST(HtmlSite, ADayWrittenTwiceChangesNothing) {
  PublishedSite site;
  ASSERT_EQ(site.add("2025-05-19", "First"), "");
  ASSERT_EQ(site.add("2025-05-20", "Second"), "");
  const auto before = site.files();
  ASSERT_EQ(site.add("2025-05-20", "Second"), "");
  EXPECT_THAT(site.written(), IsEmpty());
  ASSERT_EQ(site.add("2025-05-19", "First"), "");
  EXPECT_THAT(site.written(), IsEmpty());
  EXPECT_EQ(site.files(), before);
}

TEST(HtmlSite, DaysInAnyOrderAreTheSameSite) {
  std::map<std::string, std::string> forwards;
  {
    PublishedSite site;
    for (const char* date : {"2024-12-31", "2025-01-02", "2025-01-03"})
      ASSERT_EQ(site.add(date, "A title"), "");
    forwards = site.files();
  }
  PublishedSite site;
  for (const char* date : {"2025-01-03", "2024-12-31", "2025-01-02"})
    ASSERT_EQ(site.add(date, "A title"), "");
  EXPECT_EQ(site.files(), forwards);
  const std::string middle = forwards.at("2025/2025-01-02.html");
  EXPECT_THAT(middle, HasSubstr("<a rel=\"prev\" href=\"../2024/2024-12-31.html\">"));
  EXPECT_THAT(middle, HasSubstr("<a rel=\"next\" href=\"../2025/2025-01-03.html\">"));
}

TEST(HtmlSite, AnOlderDayAgainKeepsItsLinksAndItsPlace) {
  PublishedSite site;
  for (const char* date : {"2025-05-19", "2025-05-20", "2025-05-21"})
    ASSERT_EQ(site.add(date, "As it was"), "");
  ASSERT_EQ(site.add("2025-05-20", "As it is now"), "");
  const auto files = site.files();
  EXPECT_THAT(files.at("2025/2025-05-20.html"),
              HasSubstr("<a rel=\"next\" href=\"../2025/2025-05-21.html\">"));
  EXPECT_THAT(files.at("2025/2025-05-20.html"),
              HasSubstr("<a rel=\"prev\" href=\"../2025/2025-05-19.html\">"));
  EXPECT_THAT(files.at("index.html"), HasSubstr("As it is now"));
  EXPECT_THAT(site.written(), Not(testing::Contains(Key("2025/2025-05-21.html"))));
  EXPECT_EQ(read_year_script(files.at("2025/search.js")).size(), 3U);
}

}  // namespace
}  // namespace gleaner::html
