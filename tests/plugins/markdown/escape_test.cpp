#include "plugins/markdown/escape.hpp"

#include <string>

#include <gtest/gtest.h>

#include "plugins/common/digest/links.hpp"

namespace gleaner::markdown {
namespace {

using namespace digest;

std::string safe(std::string_view text) {
  return escape_text(text, Escape::safe);
}

TEST(EscapeNone, LeavesTextUntouchedToTheLastSpace) {
  const std::string text = " \t# [x](javascript:y) <b>\n\n---\n\xE2\x80\x8B*a* \\ ";
  EXPECT_EQ(escape_text(text, Escape::none), text);
  EXPECT_EQ(escape_cell("a|b ", Escape::none), "a|b ");
}

TEST(EscapeSafe, LeavesOrdinaryProseAsItIs) {
  for (const char* text : {
           "Contextures: Representations from Contexts",
           "We reach 99\\% (p < 0.001, within <1% gap) at ~5% cost -- a 3.0x gain!",
           "The \\emph{theory-to-practice gap} of Lo\\`eve & Hern\\'andez, A&M, see PAT_ch and Q4_K_M.",
           "4 * INT1 > 2 * INT2; x = y | z; {braces} stay, \\{these\\} too",
           "Code: https://github.com/some_body/_tool_~v2?a=1&b=2 and so on.",
           "1.5-bit models; 2.5-Math; -5 dB; #hash inside # words; 3) is a list, 4. too",
           "Pers\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85 and "
           "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC",
       }) {
    EXPECT_EQ(safe(text), text);
  }
}

TEST(EscapeSafe, KeepsMathVerbatim) {
  for (const char* text : {
           "rank $U, V \\in \\mathbb{R}^{n \\times k}$ and $a_1 * b_2$, $C=\\tilde O(H)$",
           "$$\\sum_{i<3} x_i^{[2]}$$ holds",
           "$\\sqrt[3]{x} \\{a\\}$",
       }) {
    EXPECT_EQ(safe(text), text);
  }
}

TEST(EscapeSafe, MathMeansTheSameAndOpensNothing) {
  EXPECT_EQ(safe("$a<b$"), "$a\\lt b$");
  EXPECT_EQ(safe("$f[x](y)$"), "$f[x] (y)$");
  EXPECT_EQ(safe("$[0,1)$"), "$\\lbrack 0,1)$");
  EXPECT_EQ(safe("$(0,1]$"), "$(0,1\\rbrack $");
  EXPECT_EQ(safe("$\\href{javascript:alert(1)}{x}$"), "$\\backslash href{javascript:alert(1)}{x}$");
  EXPECT_EQ(safe("$\\href{https://a.example}{x}$"), "$\\href{https://a.example}{x}$");
  EXPECT_EQ(safe("$\\htmlClass{a}{b}$"), "$\\backslash htmlClass{a}{b}$");
}

TEST(EscapeSafe, PricesAreNotMath) {
  EXPECT_EQ(math_end("$5 and $10", 0), 0U);
  EXPECT_EQ(math_end("$ x$", 0), 0U);
  EXPECT_EQ(math_end("$x$5", 0), 0U);
  EXPECT_EQ(math_end("$`x`$", 0), 0U);
  EXPECT_EQ(math_end("$x\\$y$.", 0), 6U);
  EXPECT_EQ(safe("costs $5 [sic] or $10"), "costs $5 \\[sic\\] or $10");
}

TEST(EscapeSafe, ATagIsText) {
  EXPECT_EQ(safe("<script>alert(1)</script>"), "&lt;script>alert(1)&lt;/script>");
  EXPECT_EQ(safe("<!-- x --> <?php <javascript:a> 2<3"), "&lt;!-- x --> &lt;?php &lt;javascript:a> 2<3");
  EXPECT_EQ(safe("\\<b>"), "\\\\&lt;b>");
  EXPECT_EQ(safe("a <"), "a &lt;");
}

TEST(EscapeSafe, AHiddenCharacterHidesNoTag) {
  EXPECT_EQ(safe("<\xE2\x80\x8B\x01script>"), "&lt;script>");
  EXPECT_EQ(safe("a\xE2\x80\xAE"
                 "b\xEF\xBB\xBF"
                 "c\xF3\xA0\x81\x81"
                 "d\xC2\xAD"
                 "e"),
            "abcde");
  EXPECT_EQ(safe(std::string("<\0b>", 4)), "&lt;b>");
}

TEST(EscapeSafe, BracketsEndNoLink) {
  EXPECT_EQ(safe("[x](javascript:alert(1)) ![y][z]"), "\\[x\\](javascript:alert(1)) !\\[y\\]\\[z\\]");
  EXPECT_EQ(safe("\\[x](y) \\\\[z](w)"), "\\[x\\](y) \\\\\\[z\\](w)");
  EXPECT_EQ(safe("ends with \\"), "ends with \\\\");
}

TEST(EscapeSafe, AnEntityIsText) {
  EXPECT_EQ(safe("&lt;b&gt; &#60; &#x3C; AT&T G&A;"), "&amp;lt;b&amp;gt; &amp;#60; &amp;#x3C; AT&T G&amp;A;");
}

TEST(EscapeSafe, EmphasisAndCodeAreText) {
  EXPECT_EQ(safe("*a* **b** _c_ __d__ 2~4 to 5~6 ``sparse''"),
            "\\*a\\* \\*\\*b\\*\\* \\_c\\_ \\_\\_d\\_\\_ 2\\~4 to 5\\~6 \\`\\`sparse''");
}

TEST(EscapeSafe, NoTextStartsABlock) {
  EXPECT_EQ(safe("# a"), "\\# a");
  EXPECT_EQ(safe("> a"), "\\> a");
  EXPECT_EQ(safe("- a"), "\\- a");
  EXPECT_EQ(safe("+ a"), "\\+ a");
  EXPECT_EQ(safe("* a"), "\\* a");
  EXPECT_EQ(safe("12. a"), "12\\. a");
  EXPECT_EQ(safe("1)"), "1\\)");
  EXPECT_EQ(safe("---"), "\\---");
  EXPECT_EQ(safe("==="), "\\===");
  EXPECT_EQ(safe("~~~ sh"), "\\~\\~\\~ sh");
  EXPECT_EQ(safe("|-|-|"), "\\|-|-|");
  EXPECT_EQ(safe("    code"), "code");
}

TEST(EscapeSafe, LineBreaksBecomeOneSpace) {
  EXPECT_EQ(safe(" a \r\n\t\n  b\xE2\x80\xA8# c  d\n"), "a b # c  d");
}

TEST(EscapeCell, APipeEndsNoCell) {
  EXPECT_EQ(escape_cell("a|b \\| c\\\\|", Escape::safe), "a\\|b \\| c\\\\\\|");
  EXPECT_EQ(escape_cell("gpt-4o", Escape::safe), "gpt-4o");
}

TEST(Links, OnlyHttpIsALink) {
  EXPECT_EQ(safe_url("javascript:alert(1)"), "");
  EXPECT_EQ(safe_url("data:text/html,x"), "");
  EXPECT_EQ(safe_url("//evil.example"), "");
  EXPECT_EQ(safe_url("https://a.example/x_(y) z\">"), "https://a.example/x_%28y%29%20z%22%3E");
}

TEST(Links, IdsOfArxivAreRecognised) {
  for (const char* id :
       {"2505.01557", "0704.0001", "2505.01557v2", "math/0309136", "hep-th/9901001v1", "math.AG/0309136"}) {
    EXPECT_EQ(id_label(id), "ArXiv ID") << id;
  }
  for (const char* id : {"doi:10.1/x", "pmid:123", "openreview:abc", "url:https://a.example", "2505.0155x",
                         "2505.015571", "25051.01557", "a/123", "/0309136"}) {
    EXPECT_EQ(id_label(id), "ID") << id;
  }
}

TEST(Links, AnIdImpliesItsPage) {
  const auto url = [](const char* id) {
    Paper paper;
    paper.id = id;
    return paper_url(paper);
  };
  EXPECT_EQ(url("math/0309136"), "https://arxiv.org/abs/math/0309136");
  EXPECT_EQ(url("doi:10.1000/x"), "https://doi.org/10.1000/x");
  EXPECT_EQ(url("pmid:12"), "https://pubmed.ncbi.nlm.nih.gov/12/");
  EXPECT_EQ(url("openreview:aB"), "https://openreview.net/forum?id=aB");
  EXPECT_EQ(url("url:https://a.example/b"), "https://a.example/b");
  EXPECT_EQ(url("other"), "");
}

}  // namespace
}  // namespace gleaner::markdown
