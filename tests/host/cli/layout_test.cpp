#include "host/cli/layout.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::cli {
namespace {

TEST(Layout, WrapsAtTheWidthCountingTheIndent) {
  EXPECT_EQ(wrapped("one two three", 2, 9), "  one two\n  three\n");
  EXPECT_EQ(wrapped("one two three", 2, 8), "  one\n  two\n  three\n");
}

TEST(Layout, AWordLongerThanTheLineStandsAlone) {
  EXPECT_EQ(wrapped("a incomprehensible b", 0, 5), "a\nincomprehensible\nb\n");
}

TEST(Layout, CountsLettersNotBytes) {
  EXPECT_EQ(wrapped("ää öö", 0, 5), "ää öö\n");
}

TEST(Layout, KeepsParagraphsCodeAndHeadings) {
  EXPECT_EQ(wrapped("a\nb\n\n  x = 1\n## Head\nc", 1, 20), " a b\n\n   x = 1\n ## Head\n c\n");
}

TEST(Layout, HangsListItems) {
  EXPECT_EQ(wrapped("- one two\n- three\n\nfour five", 0, 7), "- one\n  two\n- three\n\nfour\nfive\n");
}

TEST(Layout, HangsNumberedItems) {
  EXPECT_EQ(wrapped("1. one two\n12. three four\n\n2025 was", 0, 10),
            "1. one two\n12. three\n    four\n\n2025 was\n");
}

TEST(Layout, KeepsTablesAsTheyAre) {
  EXPECT_EQ(wrapped("before\n| a   | b |\n|-----|---|\n| one | two three four |\nafter", 2, 12),
            "  before\n  | a   | b |\n  |-----|---|\n  | one | two three four |\n  after\n");
}

TEST(Layout, KeepsFencedCodeAsItIs) {
  EXPECT_EQ(wrapped("a\n```toml\nuse = \"x\"\n\n- y = 1\n```\nb\nc", 1, 20),
            " a\n ```toml\n use = \"x\"\n\n - y = 1\n ```\n b c\n");
}

TEST(Layout, NothingStaysNothing) {
  EXPECT_EQ(wrapped("", 4, 80), "");
}

TEST(Layout, CutsWithAnEllipsis) {
  EXPECT_EQ(cut("abcdef", 6), "abcdef");
  EXPECT_EQ(cut("abcdefg", 6), "abcde…");
  EXPECT_EQ(cut("äöüßéè", 3), "äö…");
}

TEST(Layout, TablesAlignAndLeaveNoBlanksAtLineEnds) {
  EXPECT_EQ(table({{"a", "long", "x"}, {"abc", "b", ""}}, 1, 0), " a    long  x\n abc  b\n");
}

TEST(Layout, TheLastColumnIsCutToTheWidth) {
  EXPECT_EQ(table({{"ab", "0123456789012345678901234"}}, 0, 26), "ab  012345678901234567890…\n");
}

}  // namespace
}  // namespace gleaner::host::cli
