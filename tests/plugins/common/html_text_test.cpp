#include "plugins/common/html_text.hpp"

#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

TEST(CommonHtml, TagsGoAndTheirTextStays) {
  EXPECT_EQ(html_to_text("<p>One <i>two</i> <b class=\"x>y\">three</b>.</p>\n<p>Four</p>"),
            "One two three. Four");
  EXPECT_EQ(html_to_text("A<br/>B<br>C"), "A B C");
  EXPECT_EQ(html_to_text("<jats:p>Meth<jats:italic>od</jats:italic></jats:p>"), "Method");
  EXPECT_EQ(html_to_text("See <a href='https://example.org'>here</a>"), "See here");
}

TEST(CommonHtml, WhatOnlyLooksLikeATagIsText) {
  EXPECT_EQ(html_to_text("p < 0.05 and q > 3"), "p < 0.05 and q > 3");
  EXPECT_EQ(html_to_text("the vector <x, y> and <unknown>"), "the vector <x, y> and <unknown>");
  EXPECT_EQ(html_to_text("a <b"), "a <b");
  EXPECT_EQ(html_to_text("<<i>x</i>"), "<x");
}

TEST(CommonHtml, EntitiesAreDecodedOnce) {
  EXPECT_EQ(html_to_text("A &amp; B &lt;i&gt; &eacute; &#233; &#xE9; &mdash;"), "A & B <i> é é é —");
  EXPECT_EQ(html_to_text("&amp;lt;"), "&lt;");
  EXPECT_EQ(html_to_text("&#146;"), "’");  // windows-1252 in disguise
  EXPECT_EQ(html_to_text("AT&T &unknown; &; & &#; &#xZZ;"), "AT&T &unknown; &; & &#; &#xZZ;");
  EXPECT_EQ(html_to_text("&#0;&#xD800;&#x110000;"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(html_to_text("a&nbsp;b"), "a b");
}

TEST(CommonHtml, ScriptsStylesAndCommentsGoWithTheirContent) {
  EXPECT_EQ(html_to_text("a<script>if (x<y) alert('<p>')</script>b<STYLE>p{}</STYLE>c<!-- d -->e"), "abce");
  EXPECT_EQ(html_to_text("a<script>never closed"), "a");
  EXPECT_EQ(html_to_text("<![CDATA[x < y]]>"), "x < y");
}

TEST(CommonHtml, SubAndSuperscriptsStayReadable) {
  EXPECT_EQ(html_to_text("H<sub>2</sub>O, Ca<sup>2+</sup>, 10<sup>&minus;3</sup>"), "H₂O, Ca²⁺, 10⁻³");
  EXPECT_EQ(html_to_text("4<sup>th</sup>, x<sub>max</sub>"), "4th, xmax");
  EXPECT_EQ(html_to_text("e<sup><i>x</i></sup>"), "ex");
}

TEST(CommonHtml, TextIsOneCleanLine) {
  EXPECT_EQ(plain_line("  a\n\tb\x01 c\xC2\xA0 d "), "a b c d");
  EXPECT_EQ(plain_line("a\xE9z"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(plain_line("<i>x</i> &amp; y"), "<i>x</i> &amp; y");
}

TEST(CommonHtml, AHeadingIsTakenOffOnlyAsAWord) {
  EXPECT_EQ(without_heading("Abstract: We show", "abstract"), "We show");
  EXPECT_EQ(without_heading("ABSTRACT We show", "abstract"), "We show");
  EXPECT_EQ(without_heading("Abstraction is", "abstract"), "Abstraction is");
  EXPECT_EQ(without_heading("Abstract", "abstract"), "");
}

TEST(CommonHtml, WhatIsNeverClosedIsSearchedForOnce) {  // else this would take minutes
  for (const char* open : {"<", "<!--", "<p a", "<![CDATA[", "<script", "&"}) {
    std::string never;
    while (never.size() < std::size_t{1} << 18)
      never += open;
    EXPECT_EQ(html_to_text(never).size(), never.size()) << open;
  }
}

}  // namespace
}  // namespace gleaner::common
