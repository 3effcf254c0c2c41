// Plain text as Markdown; plugin_docs_test.cpp has a renderer read it.
#include "host/cli/markdown_text.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::cli {
namespace {

TEST(Prose, CodeStaysCodeAndTheRestIsText) {
  EXPECT_EQ(prose("`a*b` and a*b"), "`a*b` and a\\*b");
  EXPECT_EQ(prose("`a|b` or a|b"), "`a\\|b` or a\\|b");
  EXPECT_EQ(prose("an open ` is a character"), "an open \\` is a character");
  EXPECT_EQ(prose("``a`b`` is one span"), "``a`b`` is one span");
}

TEST(Prose, WordsWithLowLinesNeedNoEscape) {
  EXPECT_EQ(prose("max_age and _this_"), "max_age and \\_this\\_");
}

TEST(Prose, IsOneLine) {
  EXPECT_EQ(prose("two\nlines"), "two lines");
  EXPECT_EQ(prose("# no heading, - no list"), "\\# no heading, - no list");
}

TEST(Prose, WhatLooksLikeAnEntityIsNone) {
  EXPECT_EQ(prose("&lt; & AT&T &#33;"), "\\&lt; & AT\\&T \\&#33;");
}

TEST(CodeSpan, HasAFenceThatItsTextHasNot) {
  EXPECT_EQ(code_span("plain"), "`plain`");
  EXPECT_EQ(code_span("a`b"), "``a`b``");
  EXPECT_EQ(code_span("`a``b`"), "``` `a``b` ```");
  EXPECT_EQ(code_span(""), "");
}

TEST(CodeBlock, HasAFenceThatItsTextHasNot) {
  EXPECT_EQ(code_block("toml", "a = 1\n"), "```toml\na = 1\n```\n");
  EXPECT_EQ(code_block("", "```\nx\n```"), "````\n```\nx\n```\n````\n");
}

TEST(Nested, TheHighestHeadingGetsTheLevelAndTheOthersFollow) {
  EXPECT_EQ(nested("text\n\n# One\n\n## Two\n\n\n", 3), "text\n\n### One\n\n#### Two\n");
  EXPECT_EQ(nested("#no heading\n####### nor this", 3), "#no heading\n####### nor this\n");
}

TEST(Nested, WhatStandsInAFenceIsNoHeading) {
  EXPECT_EQ(nested("~~~\n# comment\n```\n~~~\n# Head", 2), "~~~\n# comment\n```\n~~~\n## Head\n");
}

TEST(Nested, AFenceThatIsLeftOpenIsClosed) {
  EXPECT_EQ(nested("````\n# comment\n```\n", 2), "````\n# comment\n```\n````\n");
  EXPECT_EQ(nested("", 2), "");
}

}  // namespace
}  // namespace gleaner::host::cli
