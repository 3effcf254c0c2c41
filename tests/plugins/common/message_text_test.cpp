// Texts for messages: cleaned, cut, broken up.
#include <string>

#include <gtest/gtest.h>

#include "plugins/common/message/text.hpp"

namespace gleaner::message {
namespace {

TEST(MessageText, CountsAsEachServiceCounts) {
  const std::string text = "a\u00e9\u2026\U0001F600";  // 1, 2, 3 and 4 bytes
  EXPECT_EQ(length(text, Unit::bytes), 10U);
  EXPECT_EQ(length(text, Unit::code_points), 4U);
  EXPECT_EQ(length(text, Unit::utf16), 5U);
}

TEST(MessageText, OneLineHasNoBreaksControlsOrMarksOfDirection) {
  EXPECT_EQ(one_line("  a\r\n\tb\u00a0\u2028c  "), "a b c");
  EXPECT_EQ(one_line("invoice\u202egpj.exe"), "invoicegpj.exe");
  EXPECT_EQ(one_line(std::string("a\0b\x1b[31mc\x7f", 9)), "ab[31mc");
  EXPECT_EQ(one_line("\u2066x\u2069\ufeff\u200b\u00ad"), "x");
  EXPECT_EQ(one_line("\u0645\u06cc\u200c\u062e"), "\u0645\u06cc\u200c\u062e");  // Persian needs its joiner
  EXPECT_EQ(one_line("a\xff"
                     "b"),
            "a\ufffd"
            "b");
  EXPECT_EQ(one_line("\n \n"), "");
}

TEST(MessageText, TexIsText) {
  EXPECT_EQ(one_line("$x_{ij}^2 < \\alpha$"), "$x_{ij}^2 < \\alpha$");
}

TEST(MessageText, LinesKeepTheirBreaks) {
  EXPECT_EQ(in_lines("a \r\nb\n\n\n\nc\n"), "a\nb\n\nc");
}

TEST(MessageText, FitsExactlyOrIsCutWithADot) {
  EXPECT_EQ(shortened("abcde", 5), "abcde");
  EXPECT_EQ(shortened("abcdef", 5), "abcd\u2026");
  EXPECT_EQ(shortened("abcdef", 5, Unit::bytes), "ab\u2026");
  EXPECT_EQ(shortened("abcdef", 0), "");
  EXPECT_EQ(shortened("abcdef", 2, Unit::bytes), "");
  EXPECT_EQ(shortened("abcdef", 1), "\u2026");
}

TEST(MessageText, IsCutAtTheEndOfAWordThatIsNear) {
  EXPECT_EQ(shortened("the quick brown fox", 12), "the quick\u2026");
  EXPECT_EQ(shortened("the quickbrownfoxjumpsover", 14), "the quickbrow\u2026");
}

TEST(MessageText, NeverCutsACharacterApart) {
  EXPECT_EQ(shortened("ae\u0301bc", 3), "a\u2026");  // e and its accent go together
  EXPECT_EQ(shortened("\U0001F600\U0001F600\U0001F600", 4, Unit::utf16), "\U0001F600\u2026");
  const std::string family = "\U0001F468\u200d\U0001F469\u200d\U0001F467";
  EXPECT_EQ(shortened("ab" + family + "cd", 5), "ab\u2026");
}

TEST(MessageText, EveryCutIsWithinItsBoundInEveryUnit) {
  const std::string text = "Erd\u0151s e\u0301\u0302 \U0001F468\u200d\U0001F469 $\\alpha$ \u4e2d\u6587 end";
  for (const Unit unit : {Unit::bytes, Unit::code_points, Unit::utf16})
    for (std::size_t most = 0; most <= length(text, unit) + 1; ++most) {
      const std::string out = shortened(text, most, unit);
      EXPECT_LE(length(out, unit), most);
      EXPECT_EQ(out.find("\ufffd"), std::string::npos) << most;
      EXPECT_EQ(one_line(out), out);
    }
}

TEST(MessageText, AHeapOfMarksIsCutAllTheSame) {
  std::string zalgo = "z";
  for (int i = 0; i < 5000; ++i)
    zalgo += "\u0300";
  const std::string out = shortened(zalgo, 100);
  EXPECT_LE(length(out, Unit::code_points), 100U);
  EXPECT_GT(length(out, Unit::code_points), 30U);
}

TEST(MessageText, BreaksWordsOfTenThousandLetters) {
  const std::string out = with_breaks(std::string(10000, 'x') + " y", 200);
  std::size_t longest = 0;
  for (std::size_t at = 0; at < out.size();) {
    const auto end = std::min(out.find(' ', at), out.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  EXPECT_EQ(longest, 200U);
  EXPECT_EQ(out.size(), 10002U + 49U);
  EXPECT_EQ(with_breaks("a short one"), "a short one");
}

TEST(MessageText, BytesThatAreNoUtf8AreOneEach) {
  EXPECT_EQ(code_point_at("\xc3", 0).code, 0xFFFDU);
  EXPECT_EQ(code_point_at("\xed\xa0\x80", 0).size, 1U);      // a surrogate
  EXPECT_EQ(code_point_at("\xc0\xaf", 0).code, 0xFFFDU);     // too long a form
  EXPECT_EQ(code_point_at("\xf4\x90\x80\x80", 0).size, 1U);  // above U+10FFFF
  EXPECT_EQ(code_point_at("\U0010FFFF", 0).code, 0x10FFFFU);
}

}  // namespace
}  // namespace gleaner::message
