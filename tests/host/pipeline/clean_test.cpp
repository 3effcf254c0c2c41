#include "host/pipeline/clean.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace gleaner::host {
namespace {

std::string cleaned_text(std::string_view text, std::size_t* count = nullptr) {
  std::size_t removed = 0;
  auto out = cleaned(text, removed);
  if (count != nullptr) *count = removed;
  return out;
}

// The well-formed and ill-formed sequences of the Unicode Standard, table 3-7.
struct Sequence {
  const char* bytes;
  bool valid;
};
constexpr Sequence sequences[] = {
    {"\x7E", true},
    {"\x80", false},
    {"\xBF", false},
    {"\xC1\xBF", false},
    {"\xC2\x80", true},
    {"\xDF\xBF", true},
    {"\xC2", false},
    {"\xC2\x41", false},
    {"\xE0\x9F\xBF", false},
    {"\xE0\xA0\x80", true},
    {"\xED\x9F\xBF", true},
    {"\xED\xA0\x80", false},
    {"\xED\xBF\xBF", false},
    {"\xEE\x80\x80", true},
    {"\xEF\xBF\xBD", true},
    {"\xE2\x82", false},
    {"\xF0\x8F\xBF\xBF", false},
    {"\xF0\x90\x80\x80", true},
    {"\xF4\x8F\xBF\xBF", true},
    {"\xF4\x90\x80\x80", false},
    {"\xF5\x80\x80\x80", false},
    {"\xFE", false},
    {"\xFF", false},
    {"\xF0\x9F\x98", false},
    {"\xF0\x9F\x98\x80", true},
};

TEST(Clean, KnowsValidUtf8FromInvalid) {
  for (const auto& [bytes, valid] : sequences) {
    for (const std::string around : {"", "seven b", "exactly8", "more than eight bytes"})
      EXPECT_EQ(is_utf8(around + bytes), valid)
          << testing::PrintToString(std::string(bytes)) << " after " << around;
  }
}

TEST(Clean, InvalidBytesBecomeReplacementCharacters) {
  std::size_t removed = 0;
  EXPECT_EQ(cleaned_text("caf\xE9 noir", &removed), "caf\xEF\xBF\xBD noir");
  EXPECT_EQ(removed, 1u);
  EXPECT_EQ(cleaned_text("\xE2\x82", &removed), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Clean, HiddenCharactersDisappear) {
  const std::pair<const char*, const char*> hidden[] = {
      {"soft hyphen", "\u00AD"},        {"zero width space", "\u200B"}, {"joiner", "\u200D"},
      {"right-to-left mark", "\u200F"}, {"override", "\u202E"},         {"isolate", "\u2066"},
      {"word joiner", "\u2060"},        {"byte order mark", "\uFEFF"},  {"interlinear", "\uFFF9"},
      {"Mongolian", "\u180E"},          {"tag a", "\U000E0061"},        {"tag end", "\U000E007F"}};
  for (const auto& [name, character] : hidden) {
    const std::string text = std::string("Graph") + character + "Nets";
    std::size_t removed = 0;
    EXPECT_FALSE(is_clean(text)) << name;
    EXPECT_EQ(cleaned_text(text, &removed), "GraphNets") << name;
    EXPECT_EQ(removed, 1u) << name;
  }
}

TEST(Clean, VisibleNeighboursOfHiddenCharactersStay) {
  for (const char* character : {"\u00AC", "\u00AE", "\u200A", "\u2010", "\u202F", "\u2070", "\uFEFE",
                                "\uFFFD", "\U000E0080", "é", "中", "😀", "∀", "\n", "\t"}) {
    EXPECT_TRUE(is_clean(character)) << character;
    EXPECT_EQ(cleaned_text(character), character);
  }
}

TEST(Clean, ControlCharactersBecomeSpaces) {
  EXPECT_EQ(cleaned_text(std::string("a\x1b[31mb\0c\x7F", 10)), "a [31mb c ");
  EXPECT_EQ(cleaned_text("a\u0085b"), "a b");
  EXPECT_FALSE(is_clean("a\x1b"));
}

// The fast path looks at eight bytes at once: it must say what the slow one says, wherever the odd byte
// stands.
TEST(Clean, FastPathAgreesWithTheSlowOne) {
  std::mt19937 random(20250507);
  const std::string alphabet[] = {"a",    "Z",    " ", "~",      "\n", "\t", "\x1f",    "\x7f",
                                  "\x80", "\xff", "é", "\u200B", "中", "😀",  "\xE2\x82"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const auto length = random() % 40;
    for (std::size_t i = 0; i < length; ++i)
      text += random() % 8 != 0 ? alphabet[random() % 4] : alphabet[random() % std::size(alphabet)];
    std::size_t removed = 0;
    const auto slow = cleaned(text, removed);
    ASSERT_EQ(is_clean(text), removed == 0 && slow == text) << testing::PrintToString(text);
    ASSERT_TRUE(is_clean(slow)) << testing::PrintToString(text);
    ASSERT_TRUE(is_utf8(slow)) << testing::PrintToString(text);
  }
}

TEST(Clean, ShorteningNeverCutsACharacter) {
  EXPECT_EQ(shortened("abc", 5), "abc");
  EXPECT_EQ(shortened("abcdef", 3), "abc");
  EXPECT_EQ(shortened("aé", 2), "a");
  EXPECT_EQ(shortened("aéb", 3), "aé");
  EXPECT_EQ(shortened("😀😀", 7), "😀");
  EXPECT_EQ(shortened("😀", 3), "");
}

}  // namespace
}  // namespace gleaner::host
