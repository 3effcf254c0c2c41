#include "plugins/arxiv/core/latex.hpp"

#include <chrono>
#include <vector>

#include <gtest/gtest.h>

namespace gleaner::arxiv {
namespace {

std::string converted(std::string_view text) {
  std::string buffer;
  return std::string(latex_to_unicode(text, buffer));
}

struct Row {
  std::string_view tex, text;
};

void expect(const std::vector<Row>& rows) {
  for (const Row& row : rows)
    EXPECT_EQ(converted(row.tex), row.text) << row.tex;
}

TEST(Latex, AccentsInTheirThreeForms) {
  expect({{R"(Rodr\'iguez-G\'alvez)", "Rodríguez-Gálvez"},
          {R"(Mat\'{e}rn)", "Matérn"},
          {R"(Poincar{\'e})", "Poincaré"},
          {R"(Poincar{\'{e}})", "Poincaré"},
          {R"(\'Etienne)", "Étienne"},
          {R"(Schr\"odinger, M\"{u}ller, Knollm{\"u}ller)", "Schrödinger, Müller, Knollmüller"},
          {R"(h\^opital, \`a la, ma\~nana)", "hôpital, à la, mañana"},
          {R"(T\=oky\=o, \.Zak, \.Istanbul)", "Tōkyō, Żak, İstanbul"},
          {R"(\' e, \"  u)", "é, ü"}});
}

TEST(Latex, LetterAccentsNeedSpaceOrBraces) {
  expect({{R"(Fran\c{c}ois, Gar\c con)", "François, Garçon"},
          {R"(\v{S}koda, \v Cech, Erd\H{o}s)", "Škoda, Čech, Erdős"},
          {R"(\u{g}, \u g, W\k{e}gier, \r{A}rhus)", "ğ, ğ, Węgier, Århus"},
          {R"(\d{h}, \b{d})", "ḥ, ḏ"},
          {R"(\cc, \vec x, \uparrow)", R"(\cc, \vec x, \uparrow)"}});
}

TEST(Latex, DotlessLettersCarryAccents) {
  expect({{R"(Garc\'{\i}a)", "García"},
          {R"(Garc{\'\i}a)", "García"},
          {R"(Ram\'\i rez)", "Ramírez"},
          {R"(\u{\i}, \^{\j})", "ĭ, ĵ"},
          {R"(D{\i}yarbak{\i}r)", "Dıyarbakır"}});
}

TEST(Latex, LettersSwallowTheSpaceBehindThem) {
  expect({{R"(\O stergaard, S{\o}ren, \L ukasz, Stra\ss e)", "Østergaard, Søren, Łukasz, Straße"},
          {R"(\AA rhus, \aa, \AE sir, \ae{}ther, c\oe{}ur, \OE uvre)", "Århus, å, Æsir, æther, cœur, Œuvre"},
          {R"(\dh, \DH, \dj, \DJ, \ng, \NG, \th, \TH, \l, \i, \j)", "ð, Ð, đ, Đ, ŋ, Ŋ, þ, Þ, ł, ı, ȷ"}});
}

TEST(Latex, TwoAccentsOnOneLetter) {
  expect({{R"(Nguy\~{\^e}n)", "Nguyễn"},
          {R"(Tr\`{\^a}n)", "Trần"},
          {R"(\'{\ae})", "ǽ"},
          {R"(L\^{\d{e}})", "Lệ"}});
}

TEST(Latex, SymbolsAndGreekOutsideMath) {
  expect({{R"(\S 3, \P 4, \copyright 2026, \pounds 5, \dag, 30\deg C)", "§ 3, ¶ 4, © 2026, £ 5, †, 30° C"},
          {R"(the \alpha particle, \beta-decay, \Omega{})", "the α particle, β-decay, Ω"},
          {R"(\alphabet)", R"(\alphabet)"}});
}

TEST(Latex, UnknownAccentKeepsTheLetter) {
  expect({{R"(\'q \"{b} \v{x})", "q b x"}});
}

TEST(Latex, GroupingBracesGoWithTheLettersTheyGroup) {
  expect({{R"({\v{S}}koda)", "Škoda"},
          {R"(Erd{\H{o}}s and {M\"uller})", "Erdős and Müller"},
          {R"({{\'e}})", "é"},
          {R"({BERT} by M\"uller)", "{BERT} by Müller"},
          {R"({\bf M\"uller})", R"({\bf Müller})"}});
}

TEST(Latex, MathStaysAsItIs) {
  expect({{R"(factor $\alpha$ in M\"uller)", R"(factor $\alpha$ in Müller)"},
          {R"($$\'e \$ \"u$$ \'e)", R"($$\'e \$ \"u$$ é)"},
          {R"($\text{\'e}\$\'e$ \'e)", R"($\text{\'e}\$\'e$ é)"},
          {R"(\(\alpha\) \[\beta\] \'e)", R"(\(\alpha\) \[\beta\] é)"}});
}

TEST(Latex, ADollarThatClosesNothingHidesNothing) {
  expect({{R"(costs 5$ at Andr\'e's)", "costs 5$ at André's"},
          {R"(\$5 and \'e and \$6)", R"(\$5 and é and \$6)"},
          {R"($$ $\alpha$ \'e)", R"($$ $\alpha$ é)"},
          {R"(\( \'e)", R"(\( é)"}});
}

TEST(Latex, OtherCommandsStayWithTheirBraces) {
  expect({{R"(\textbf{bold} \emph{M\"uller} \cite{x})", R"(\textbf{bold} \emph{Müller} \cite{x})"},
          {R"(R\&D, 5\%, a\_b, line\\'end)", R"(R\&D, 5\%, a\_b, line\\'end)"},
          {R"(\)", R"(\)"},
          {R"(\')", R"(\')"},
          {R"(\'{)", R"(\'{)"},
          {R"(\c{)", R"(\c{)"},
          {R"({\'e)", "{é"},
          {R"(\'{ab})", R"(\'{ab})"},
          {"\\é", "\\é"}});
}

TEST(Latex, TextWithoutABackslashIsNotCopied) {
  std::string buffer;
  const std::string_view text = "{BERT} costs $5, Étienne said";
  EXPECT_EQ(latex_to_unicode(text, buffer).data(), text.data());
}

// Bad input costs time in proportion to its length: quadratic behaviour would take minutes for these.
TEST(Latex, HostileInputIsReadInLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  for (std::string_view piece :
       {"{", "\\(", "\\[", "$$ ", "{\\'", "\\'{", "\\'\\", "{a", "\\v{\\v", "\\$$"}) {
    std::string text = "\\";
    while (text.size() < 500'000)
      text += piece;
    std::string buffer;
    EXPECT_LE(latex_to_unicode(text, buffer).size(), text.size()) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace gleaner::arxiv
