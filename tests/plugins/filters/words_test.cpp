// Words as they are compared.
#include "plugins/filters/core/words.hpp"

#include <string>

#include <gtest/gtest.h>

namespace gleaner::filters {
namespace {

TEST(Words, AreInLowerCaseWithASpaceOnEitherSide) {
  EXPECT_EQ(folded_words("Attention Is All You Need"), " attention is all you need ");
  EXPECT_EQ(folded_words("GPT-4o, $k$-means & C++"), " gpt 4o k means c ");
  EXPECT_EQ(folded_words(""), "");
  EXPECT_EQ(folded_words(" -- ?! "), "");
}

TEST(Words, LoseTheirAccents) {
  EXPECT_EQ(folded_words("Gödel ÉCOLE Łódź Șerban Ångström"), " godel ecole lodz serban angstrom ");
  EXPECT_EQ(folded_words("Nguyễn Đức ŽIŽEK ÿ Ÿ İstanbul ığdır"), " nguyen duc zizek y y istanbul igdir ");
  EXPECT_EQ(folded_words("G\u006F\u0308del"), " godel ");  // o and a combining diaeresis
  EXPECT_EQ(folded_words("Weiß STRAẞE Æsir Þórr œuvre"), " weiss strasse aesir thorr oeuvre ");
}

TEST(Words, GreekAndCyrillicLoseTheirCase) {
  EXPECT_EQ(folded_words("Μέθοδος ΣΩΜΑ"), " μεθοδοσ σωμα ");
  EXPECT_EQ(folded_words("МЕТОД Её Їжак"), " метод ее їжак ");
}

TEST(Words, SpecialFormsArePlain) {
  EXPECT_EQ(folded_words("ＡＩ ｘ＝１"), " ai x 1 ");
  EXPECT_EQ(folded_words("L² H₂O"), " l2 h2o ");
  EXPECT_EQ(folded_words("e\uFB03cient"), " efficient ");  // a ligature ffi
  EXPECT_EQ(folded_words("co\u00ADop\u200Ber\u200Date"),
            " cooperate ");  // soft hyphen, zero-width characters
}

TEST(Words, TypographyIsNoLetter) {
  EXPECT_EQ(folded_words("“state‑of‑the‑art”—now…"), " state of the art now ");
  EXPECT_EQ(folded_words("a→b ∀x 3×4 §5"), " a b x 3 4 5 ");
}

TEST(Words, EachIdeographIsOne) {
  EXPECT_EQ(folded_words("自注意力。BERT模型"), " 自 注 意 力 bert 模 型 ");
  EXPECT_EQ(folded_words("データ"), " デ ー タ ");
}

TEST(Words, BrokenBytesDoNoHarm) {
  EXPECT_EQ(folded_words("caf\xE9 au lait"), " caf au lait ");  // Latin-1
  EXPECT_EQ(folded_words("\xE2\x82"), "");
  EXPECT_EQ(folded_words("a\xFF\xC0\x80"
                         "b"),
            " a b ");
}

TEST(Words, AnAppendedTextGoesOnBehindTheLast) {
  std::string out = folded_words("one");
  append_words("two", out);
  EXPECT_EQ(out, " one two ");
}

TEST(Words, Utf8GoesThereAndBack) {
  for (const char32_t c : {U'a', U'é', U'語', U'\U0001F600', char32_t{0x7F}, char32_t{0x80}, char32_t{0x7FF},
                           char32_t{0x800}, char32_t{0xFFFF}, char32_t{0x10000}, char32_t{0x10FFFF}}) {
    std::string bytes;
    append_utf8(c, bytes);
    std::size_t at = 0;
    EXPECT_EQ(next_character(bytes, at), c);
    EXPECT_EQ(at, bytes.size());
  }
}

}  // namespace
}  // namespace gleaner::filters
