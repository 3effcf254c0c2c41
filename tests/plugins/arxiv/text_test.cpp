#include "plugins/arxiv/core/text.hpp"

#include <random>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include "plugins/arxiv/core/dates.hpp"

namespace gleaner::arxiv {
namespace {

std::string fault_in(std::string_view text) {
  const auto fault = find_utf8_fault(text);
  if (!fault) return "none";
  return std::to_string(fault->offset) + (fault->cut_short ? " cut short" : "");
}

TEST(Utf8, ValidText) {
  EXPECT_EQ(fault_in(""), "none");
  EXPECT_EQ(
      fault_in("plain ascii of more than eight bytes, é, €, 𝔸, \xF4\x8F\xBF\xBF, \xED\x9F\xBF, \xEE\x80\x80"),
      "none");
}

TEST(Utf8, WhatRfc3629Forbids) {
  EXPECT_EQ(fault_in("abc\xC0\x80"), "3");           // overlong
  EXPECT_EQ(fault_in("abc\xE0\x9F\xBF"), "3");       // overlong
  EXPECT_EQ(fault_in("abc\xF0\x8F\xBF\xBF"), "3");   // overlong
  EXPECT_EQ(fault_in("abcdefgh\xED\xA0\x80"), "8");  // surrogate
  EXPECT_EQ(fault_in("\xF4\x90\x80\x80"), "0");      // above U+10FFFF
  EXPECT_EQ(fault_in("x\xFF"), "1");
  EXPECT_EQ(fault_in("x\x80"), "1");
  EXPECT_EQ(fault_in("\xE2\x82x"), "0");
}

TEST(Utf8, ACharacterThatBreaksOffAtTheEnd) {
  EXPECT_EQ(fault_in("ab\xC3"), "2 cut short");
  EXPECT_EQ(fault_in("ab\xE2\x82"), "2 cut short");
  EXPECT_EQ(fault_in("ab\xF0\x9D\x94"), "2 cut short");
}

// Collapsing in blocks of eight gives what a regular expression gives, wherever the spaces fall.
TEST(TextJoiner, CollapsesAsARegularExpressionDoes) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "abcdefg   \n\t";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t spread = 2 + random() % 10;  // some rounds have few spaces, some nothing else
    for (std::size_t i = random() % 60; i > 0; --i)
      text += kLetters[random() % (spread + 1)];
    std::string expected = std::regex_replace(text, std::regex("[ \n\t]+"), " ");
    expected = std::regex_replace(expected, std::regex("^ | $"), "");
    std::string buffer = text;
    TextJoiner joiner(buffer.data());
    const std::size_t half = text.size() / 2;  // in two pieces, as text around a comment comes
    joiner.append_encoded(buffer.data(), half);
    joiner.append_encoded(buffer.data() + half, buffer.size() - half);
    ASSERT_EQ(joiner.finish(), expected) << "round " << round;
  }
}

TEST(TextJoiner, ControlCharactersAreDropped) {
  std::string buffer =
      "a\x01"
      "b\x1F c";
  TextJoiner joiner(buffer.data());
  joiner.append_encoded(buffer.data(), buffer.size());
  EXPECT_EQ(joiner.finish(), "ab c");
}

TEST(Dates, DaysAsWritten) {
  EXPECT_EQ(day_of("Tue, 06 May 2025 00:00:00 -0400"), "2025-05-06");
  EXPECT_EQ(day_of(" 6 may 2025 23:59:59 GMT"), "2025-05-06");
  EXPECT_EQ(day_of("2025-08-20T00:00:00-04:00"), "2025-08-20");
  EXPECT_EQ(day_of("Thu, 29 Feb 2024 00:00:00 -0500"), "2024-02-29");
}

TEST(Dates, WhatIsNoDay) {
  for (const char* text : {"", "today", "Tue, 31 Jun 2025 00:00:00 -0400", "2025-02-29", "2025-13-01",
                           "Tue, 06 Mai 2025", "6 May 25", "Tue, 006 May 2025", "2025-08", "2025-08-2x"}) {
    EXPECT_EQ(day_of(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace gleaner::arxiv
