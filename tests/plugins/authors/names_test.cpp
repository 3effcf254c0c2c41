// Names made comparable.
#include "plugins/authors/core/names.hpp"

#include <gtest/gtest.h>

namespace gleaner::authors {
namespace {

std::string folded(std::string_view written) {
  return parse_name(written).text();
}
bool same(std::string_view left, std::string_view right) {
  return same_name(parse_name(left), parse_name(right));
}
bool may_be(std::string_view left, std::string_view right) {
  return may_be_same(parse_name(left), parse_name(right));
}

TEST(Names, AccentsAndCaseGo) {
  EXPECT_EQ(folded("Yann LeCun"), "yann lecun");
  EXPECT_EQ(folded("Pál ERDŐS"), "pal erdos");
  EXPECT_EQ(folded("Đặng Thị Hương"), "dang thi huong");
  EXPECT_EQ(folded("Søren Kierkegård"), "soren kierkegard");
  EXPECT_EQ(folded("Weiß Łukasz Çelik Ææ"), "weiss lukasz celik aeae");
}

TEST(Names, CombiningMarksAreAsGoodAsComposedLetters) {
  EXPECT_TRUE(same("Jose\xCC\x81 Mu\xCC\x88ller", "Jos\xC3\xA9 M\xC3\xBCller"));
}

TEST(Names, OtherScriptsKeepTheirLetters) {
  EXPECT_EQ(folded("王伟"), "王伟");
  EXPECT_TRUE(same("АНДРЕЙ КОЛМОГОРОВ", "Андрей Колмогоров"));
  EXPECT_TRUE(same("ΝΙΚΟΛΑΟΣ", "νικολαοσ"));
  EXPECT_FALSE(same("王伟", "王芳"));
}

TEST(Names, HyphensFullStopsAndApostrophesDoNotMatter) {
  EXPECT_TRUE(same("Jean-Baptiste Say", "Jean Baptiste Say"));
  EXPECT_TRUE(same("Xiao-Ming Li", "Xiaoming Li"));
  EXPECT_TRUE(same("Conan O’Brien", "Conan O'Brien"));
  EXPECT_TRUE(same("J. Zico  Kolter", "J Zico Kolter"));
  EXPECT_TRUE(same("J.Z. Kolter", "J. Z. Kolter"));
}

TEST(Names, FamilyNameFirstIsTurnedRound) {
  EXPECT_EQ(folded("Smith, John"), "john smith");
  EXPECT_EQ(folded("John Smith, Jr."), "john smith");
  EXPECT_EQ(folded("John Smith III"), "john smith");
}

TEST(Names, AnInitialIsNotTheName) {
  EXPECT_FALSE(same("J. Smith", "John Smith"));
  EXPECT_FALSE(same("John A. Smith", "John Smith"));
  EXPECT_FALSE(same("Lin A.", "Li Na"));
  EXPECT_FALSE(same("Kaiming He", "Kaiming Hu"));
}

TEST(Names, AnInitialMayStandForTheName) {
  EXPECT_TRUE(may_be("J. Smith", "John Smith"));
  EXPECT_TRUE(may_be("John A. Smith", "John Smith"));
  EXPECT_FALSE(may_be("K. Smith", "John Smith"));
  EXPECT_FALSE(may_be("John Smith", "Jane Smith"));
  EXPECT_FALSE(may_be("J. Smith", "John Smythe"));
  EXPECT_FALSE(may_be("Smith", "John Smith"));
}

TEST(Names, BytesThatAreNoTextDoNoHarm) {
  EXPECT_EQ(folded("Jos\xE9 \xFF\xFE Silva\xC3"), "jos silva");
  EXPECT_TRUE(parse_name(" ., - ").empty());
  EXPECT_FALSE(same("", ""));
  EXPECT_FALSE(same("...", "---"));
}

TEST(Names, ATextReadsBackAsTheSameName) {
  for (const char* written :
       {"Yann LeCun", "Erdős, Pál", "J.-B. Say", "王伟", "John Smith, Jr.", "Ludwig van der Rohe"})
    EXPECT_EQ(parse_name(folded(written)).words, parse_name(written).words) << written;
}

}  // namespace
}  // namespace gleaner::authors
