// Namesakes: who it was, and when nobody can say.
#include "plugins/authors/core/evidence.hpp"

#include <gtest/gtest.h>

namespace gleaner::authors {
namespace {

Person person(std::string id, std::string name, std::vector<std::string> with = {},
              std::vector<std::string> fields = {}, std::vector<std::string> affiliations = {}) {
  Person out;
  out.id = std::move(id);
  out.name = std::move(name);
  out.co_authors = std::move(with);
  out.fields = std::move(fields);
  out.affiliations = std::move(affiliations);
  return out;
}

Byline byline(std::string_view name, const std::vector<std::string>& others = {},
              std::set<std::string> fields = {}, std::string affiliation = {}) {
  Byline out;
  out.name = parse_name(name);
  for (const std::string& other : others)
    out.others.push_back(parse_name(other));
  out.fields = std::move(fields);
  out.affiliation = std::move(affiliation);
  return out;
}

// The id of who was identified; "" for nobody.
std::string who(const Byline& of, const Namesakes& among) {
  const auto decision = identify(of, among);
  return decision ? among.people[decision->person].id : "";
}

TEST(Evidence, ACoAuthorTellsNamesakesApart) {
  const Namesakes two{
      false, {person("1", "Wei Wang", {"li na"}), person("2", "Wei Wang", {"ana silva", "bo chen"})}};
  EXPECT_EQ(who(byline("Wei Wang", {"Ana Silva"}), two), "2");
  EXPECT_EQ(who(byline("Wei Wang", {"Na Li"}), two), "");
}

TEST(Evidence, ANameAloneDecidesNothing) {
  const Namesakes one{true, {person("1", "Wei Wang", {"li na"}, {"Physics"})}};
  EXPECT_EQ(who(byline("Wei Wang"), one), "");
  EXPECT_EQ(who(byline("Wei Wang", {"Bo Chen"}, {"Computer Science"}), one), "");
}

TEST(Evidence, AsMuchForTwoIsEvidenceForNeither) {
  const Namesakes two{false,
                      {person("1", "Wei Wang", {"ana silva"}), person("2", "Wei Wang", {"ana silva"})}};
  EXPECT_EQ(who(byline("Wei Wang", {"Ana Silva"}), two), "");
  const Namesakes third{false,
                        {person("1", "Wei Wang", {"ana silva"}), person("2", "Wei Wang", {"ana silva"}),
                         person("3", "Wei Wang", {"ana silva", "bo chen"})}};
  EXPECT_EQ(who(byline("Wei Wang", {"Ana Silva", "Bo Chen"}), third), "3");
}

TEST(Evidence, TheFieldDecidesForTheOnlyOneOfAName) {
  const std::set<std::string> physics{"Physics"};
  EXPECT_EQ(who(byline("Ada Lovelace", {}, physics), {true, {person("1", "Ada Lovelace", {}, {"Physics"})}}),
            "1");
  EXPECT_EQ(who(byline("Ada Lovelace", {}, physics), {false, {person("1", "Ada Lovelace", {}, {"Physics"})}}),
            "");
  EXPECT_EQ(
      who(byline("Ada Lovelace", {}, physics),
          {true, {person("1", "Ada Lovelace", {}, {"Physics"}), person("2", "A. Lovelace", {}, {"Art"})}}),
      "");
  EXPECT_EQ(who(byline("A. Lovelace", {}, physics), {true, {person("1", "A. Lovelace", {}, {"Physics"})}}),
            "");
}

TEST(Evidence, AnAffiliationCounts) {
  const Namesakes two{
      false,
      {person("1", "Wei Wang", {}, {}, {"Peking University"}), person("2", "Wei Wang", {}, {}, {"MIT"})}};
  EXPECT_EQ(who(byline("Wei Wang", {}, {}, "School of Physics, Peking University, Beijing"), two), "1");
  EXPECT_EQ(who(byline("Wei Wang", {}, {}, "CSAIL, MIT"), two), "2");
  EXPECT_EQ(who(byline("Wei Wang", {}, {}, "Summit Labs"), two), "");
}

TEST(Evidence, AnInitialNeedsACoAuthorOfFullName) {
  const Namesakes john{true, {person("1", "John Smith", {"ana silva"}, {"Physics"})}};
  EXPECT_EQ(who(byline("J. Smith", {"Ana Silva"}), john), "1");
  EXPECT_EQ(who(byline("J. Smith", {"A. Silva"}, {"Physics"}), john), "");
  EXPECT_EQ(who(byline("J. Smith", {}, {"Physics"}), john), "");
}

TEST(Evidence, CoAuthorsKnownByInitialsCountHalf) {
  const Namesakes one{false, {person("1", "John Smith", {"a silva", "b chen"})}};
  EXPECT_EQ(who(byline("John Smith", {"Ana Silva"}), one), "");
  EXPECT_EQ(who(byline("John Smith", {"Ana Silva", "Bo Chen"}), one), "1");
  EXPECT_EQ(who(byline("J. Smith", {"Ana Silva", "Bo Chen"}), one), "");
}

TEST(Evidence, OtherNamesDoNotComeIntoIt) {
  const Namesakes found{false,
                        {person("1", "Wei Zhang", {"ana silva"}), person("2", "Wendy Wang", {"ana silva"})}};
  EXPECT_EQ(who(byline("Wei Wang", {"Ana Silva"}), found), "");
  EXPECT_EQ(who(byline("Wei Wang", {"Ana Silva"}), {}), "");
}

TEST(Evidence, OnlyStrongEvidenceIsWorthRemembering) {
  const Namesakes one{true, {person("1", "Ada Lovelace", {"charles babbage"}, {"Mathematics"})}};
  EXPECT_TRUE(identify(byline("Ada Lovelace", {"Charles Babbage"}), one)->is_strong);
  EXPECT_FALSE(identify(byline("Ada Lovelace", {}, {"Mathematics"}), one)->is_strong);
}

TEST(Fields, ComeFromArxivsArchives) {
  EXPECT_EQ(fields_of({"cs.LG", "stat.ML"}), (std::set<std::string>{"Computer Science", "Mathematics"}));
  EXPECT_EQ(fields_of({"hep-th", "math-ph"}), (std::set<std::string>{"Physics", "Mathematics"}));
  EXPECT_EQ(fields_of({"unheard-of", ""}), std::set<std::string>{});
}

}  // namespace
}  // namespace gleaner::authors
