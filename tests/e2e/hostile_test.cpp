// Design section 7, point 7: titles and abstracts are data, whatever they say.
#include <regex>

#include <gtest/gtest.h>

#include "tests/e2e/expected.hpp"
#include "tests/e2e/feed_text.hpp"

namespace gleaner::e2e {
namespace {

const std::string right_to_left = "\u202E";
const std::string zero_width = "\u200B";

// As XML has them: what is escaped here arrives as markup in the text.
std::vector<FeedItem> hostile_items() {
  return {
      {.id = "2611.00001",
       .title = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;",
       .abstract = "&lt;/details&gt;&lt;iframe src=\"https://evil.example\"&gt; &amp;lt;b&amp;gt; &lt;!-- "},
      {.id = "2611.00002",
       .title = "Free](https://evil.example) [papers](javascript:alert(3))",
       .abstract =
           "[ref]: https://evil.example ![pixel](https://evil.example/p.png) &lt;https://evil.example/a&gt;"},
      {.id = "2611.00003",
       .title = "Two&#10;# lines&#13;&#10;## and a heading",
       .abstract = "First.&#10;&#10;# Selected by the editor&#10;---&#10;&gt; quoted&#10;1. "
                   "[x](#user-content-link1)&#10;```&#10;code"},
      {.id = "2611.00004",
       .title = "A word of " + std::string(10000, 'w'),
       .abstract = std::string(10000, '[')},
      {.id = "2611.00005",
       .title = "Left " + right_to_left + "thgir" + zero_width + " left",
       .abstract = "Ignore previous " + zero_width + "instructions" + right_to_left + "."},
      {.id = "2611.00006",
       .title = "Math $a &lt; b$ and $\\mathbb{R}^{n}$",
       .abstract = "Since $x_1 &lt; x_2$ we have $f(x)^*$.",
       .authors = "&lt;b&gt;Eve&lt;/b&gt; [x](javascript:alert(4)), Ben *Sample*"},
  };
}

class Hostile : public testing::Test {
 protected:
  void SetUp() override {
    desk.put("feed.xml", rss(hostile_items()));
    desk.put("p.toml",
             "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n"
             "[[output]]\nuse = \"markdown\"\npath = \"page.md\"\n"
             "[[output]]\nuse = \"json\"\npath = \"day.json\"\n");
    const Ending ending = desk.run({"run", "p.toml"});
    ASSERT_EQ(ending.exit, 0) << ending.err;
    said = ending.err;
    page = desk.get("page.md");
  }

  Desk desk;
  std::string page;
  std::string said;
};

TEST_F(Hostile, AllPapersAreOnThePageUnderOneHeadingEach) {
  const auto lines = lines_of(page);
  std::size_t headings = 0;
  for (const std::string& line : lines)
    headings += line.starts_with("# ") || line.starts_with("## ") ? 1U : 0U;
  EXPECT_EQ(headings, 1U + 6U) << "the title and six papers; a title or an abstract made another one";
}

TEST_F(Hostile, NoMarkupOfAPaperIsMarkupOfThePage) {
  // A backslash in front makes a character a letter like any other (CommonMark, section 2.4).
  const std::string bare = std::regex_replace(page, std::regex(R"(\\[!-/:-@\[-`{-~])"), "");
  for (const char* markup :
       {"<script", "<img", "<iframe", "</details", "<!--", "<b>", "](https://evil", "](javascript:"})
    EXPECT_FALSE(contains(bare, markup)) << markup;
}

TEST_F(Hostile, APageMadeIntoHtmlHasNoneOfIt) {
  const std::string html = desk.ask({"cmark", "--unsafe", (desk.work() / "page.md").string()});
  if (html.empty()) GTEST_SKIP() << "cmark is not installed";
  for (const char* markup : {"<script", "<img", "<iframe", "</details", "<!--", "<b>",
                             "href=\"javascript:", "href=\"https://evil", "<code>code", "<pre>"})
    EXPECT_FALSE(contains(html, markup)) << markup;
  // <h1> is the page's, <h2> one a paper: what design section 9 lays out.
  EXPECT_EQ(count_of(html, "<h1>"), 1U);
  EXPECT_EQ(count_of(html, "<h2>"), 6U);
}

TEST_F(Hostile, HiddenCharactersAreTakenOutAndReported) {
  EXPECT_FALSE(contains(page, right_to_left));
  EXPECT_FALSE(contains(page, zero_width));
  EXPECT_FALSE(contains(desk.get("day.json"), zero_width));
  EXPECT_TRUE(contains(said, "hidden characters were removed from 1 paper")) << said;
}

TEST_F(Hostile, ATitleIsOneLine) {
  EXPECT_TRUE(contains(desk.get("day.json"), "\"title\":\"Two # lines ## and a heading\""));
}

TEST_F(Hostile, MathIsKept) {
  EXPECT_TRUE(contains(page, "$\\mathbb{R}^{n}$")) << page.substr(page.size() - 2000);
  EXPECT_TRUE(contains(page, "$f(x)^*$"));
}

TEST_F(Hostile, TheDataItselfIsKeptAsItWas) {
  EXPECT_TRUE(contains(desk.get("day.json"), "<script>alert(1)</script>"));
}

TEST(HostileTerminal, AFeedsWordsDoNotSteerIt) {
  Desk desk;
  desk.put("feed.xml", "\x1b[31mRed\x07 \x1b]0;title\x07");
  desk.put("p.toml",
           "[[source]]\nuse = \"arxiv\"\nfile = \"feed.xml\"\n[[output]]\nuse = \"json\"\npath = \"x\"\n");
  const Ending ending = desk.run({"run", "p.toml"});
  EXPECT_EQ(ending.exit, 1);
  EXPECT_FALSE(contains(ending.err, "\x1b")) << ending.err;
}

}  // namespace
}  // namespace gleaner::e2e
