// Strangers' text as TeX.
#include "plugins/references/tex_text.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace gleaner::references {
namespace {

std::string utf8(std::string_view text) {
  return tex_text(text, Encoding::utf8);
}
std::string ascii(std::string_view text) {
  return tex_text(text, Encoding::ascii);
}

TEST(TexText, SpecialsShowThemselves) {
  EXPECT_EQ(utf8("50% & #1_a {b} ~ ^ \\ $5"),
            "50\\% \\& \\#1\\_a \\textbraceleft{}b\\textbraceright{} \\textasciitilde{} \\textasciicircum{} "
            "\\textbackslash{} \\$5");
}

TEST(TexText, WhatIsEscapedAlreadyIsNotEscapedTwice) {
  EXPECT_EQ(utf8("50\\% \\& \\_"), "50\\% \\& \\_");
}

TEST(TexText, MathStays) {
  for (const char* math : {"$x_1^2$", "$O(n\\log n)$", "$\\mathcal{O}(\\epsilon^{-2})$", "$\\{x\\}$",
                           "$\\begin{pmatrix}a&b\\end{pmatrix}$", "$100\\%$"})
    EXPECT_EQ(utf8(std::string("a ") + math + " b"), std::string("a ") + math + " b");
  EXPECT_EQ(utf8("$$x$$"), "$x$");
}

TEST(TexText, MoneyIsNotMath) {
  EXPECT_EQ(utf8("from $5 to $6"), "from \\$5 to \\$6");
  EXPECT_EQ(utf8("$"), "\\$");
  EXPECT_EQ(utf8("$$"), "\\$\\$");
}

TEST(TexText, AFormulaThatReachesOutIsShownAsText) {
  for (const char* math :
       {"$\\input{x}$", "$\\write18{x}$", "$\\immediate x$", "$\\def\\a{b}$", "$^^5cinput x$", "$\\csname x$",
        "$\\end{document}$", "$\\begin{filecontents}$", "$\\href{javascript:x}{y}$", "$\\catcode`x$",
        "$a % b$", "$#1$", "$\\pdfshellescape$", "$\\directlua{x}$"})
    EXPECT_EQ(utf8(math).substr(0, 2), "\\$") << math;
}

TEST(TexText, BracesBalanceWhateverComes) {
  for (const char* text :
       {"}", "{", "$\\{x$", "${$", "$}$", "\\}", "\\{", "a}{b", "$\\left\\{x\\right.$", "$x$ {", "\\"}) {
    const std::string out = utf8(text);
    int depth = 0;
    for (const char c : out) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      EXPECT_GE(depth, 0) << text;
    }
    EXPECT_EQ(depth, 0) << out;
  }
}

TEST(TexText, LettersWithMarksInAscii) {
  EXPECT_EQ(
      ascii("Müller Núñez Erdős Łukasz Čapek Gauß ç ı́"),
      "M{\\\"u}ller N{\\'u}{\\~n}ez Erd{\\H{o}}s {\\L}ukasz {\\v{C}}apek Gau{\\ss} {\\c{c}} {\\i}[U+0301]");
  EXPECT_EQ(ascii("ế ï u\u0308"), "{\\'{\\^e}} {\\\"{\\i}} {\\\"u}");
  EXPECT_EQ(ascii("a–b—c “d” α≤β 中"), "a--b---c ``d'' $\\alpha$$\\leq$$\\beta$ [U+4E2D]");
}

TEST(TexText, AsciiIsAscii) {
  std::string every;
  for (unsigned code = 0xA0; code < 0x3000; ++code) {
    every += static_cast<char>(code < 0x800 ? 0xC0 | (code >> 6) : 0xE0 | (code >> 12));
    if (code >= 0x800) every += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    every += static_cast<char>(0x80 | (code & 0x3F));
  }
  const std::string out = ascii(every);
  EXPECT_TRUE(std::all_of(out.begin(), out.end(), [](char c) { return c > 0 && c < 0x7F; }));
}

TEST(TexText, LinesAndHiddenCharactersGo) {
  EXPECT_EQ(utf8("a\r\n b\u202Ec\u200Bd\xFF\x01"), "a bcd\uFFFD");
}

TEST(VerbatimText, CannotEndItsField) {
  EXPECT_EQ(verbatim_text("10.1/a{b}\\c\"d_e#f%20g h"), "10.1/a%7Bb%7D%5Cc%22d_e#f%20g%20h");
}

}  // namespace
}  // namespace gleaner::references
