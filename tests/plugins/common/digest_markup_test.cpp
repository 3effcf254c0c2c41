#include <gtest/gtest.h>

#include "plugins/common/digest/markup.hpp"

namespace gleaner::digest {
namespace {

TEST(HtmlMarkup, TextCannotLeaveItsPlace) {
  EXPECT_EQ(escaped("<b title=\"x\">Q&A</b>"), "&lt;b title=&quot;x&quot;&gt;Q&amp;A&lt;/b&gt;");
  EXPECT_EQ(escaped(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(HtmlMarkup, OnlyWebAddressesBecomeLinks) {
  EXPECT_EQ(link("https://arxiv.org/abs/1", "One"),
            "<a href=\"https://arxiv.org/abs/1\" rel=\"noopener noreferrer\">One</a>");
  EXPECT_EQ(link("javascript:alert(1)", "<One>"), "&lt;One&gt;");
  EXPECT_EQ(link("data:text/html,x", "One"), "One");
  EXPECT_EQ(link("", "One"), "One");
}

TEST(HtmlMarkup, AnAnchorIsPlainWhateverTheIdentifier) {
  EXPECT_EQ(anchor_of("2505.01557"), "p-2505.01557");
  EXPECT_EQ(anchor_of("doi:10.5555/A_b\"<"), "p-doi-10.5555-A_b--");
}

TEST(HtmlMarkup, NumbersReadAsPeopleWriteThem) {
  EXPECT_EQ(number(9), "9");
  EXPECT_EQ(number(7.5), "7.5");
  EXPECT_EQ(number(-0.333333), "-0.33");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(-1234), "-1,234");
}

}  // namespace
}  // namespace gleaner::digest
