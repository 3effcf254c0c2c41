// Names in parts. What is expected is what BibTeX's own rules (btxdoc, section 4) make of them.
#include "plugins/common/person_name.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

std::string parts(std::string_view written) {
  const PersonName name = person_name(written);
  return (name.is_organisation ? "org:" : "") + name.given + "|" + name.particle + "|" + name.family + "|" +
         name.suffix;
}

TEST(PersonName, GivenParticleFamilySuffix) {
  EXPECT_EQ(parts("Anna Berg"), "Anna||Berg|");
  EXPECT_EQ(parts("Anna Maria van der Berg"), "Anna Maria|van der|Berg|");
  EXPECT_EQ(parts("Charles Louis Xavier Joseph de la Vallée Poussin"),
            "Charles Louis Xavier Joseph|de la|Vallée Poussin|");
  EXPECT_EQ(parts("Martin Luther King Jr."), "Martin Luther||King|Jr.");
  EXPECT_EQ(parts("Martin Luther King, Jr."), "Martin Luther||King|Jr.");
  EXPECT_EQ(parts("King, Jr., Martin Luther"), "Martin Luther||King|Jr.");
  EXPECT_EQ(parts("van der Berg, Anna"), "Anna|van der|Berg|");
  EXPECT_EQ(parts("García Márquez, Gabriel"), "Gabriel||García Márquez|");
  EXPECT_EQ(parts("Plato"), "||Plato|");
  EXPECT_EQ(parts("bell hooks"), "bell||hooks|");
  EXPECT_EQ(parts("de Cruz"), "|de|Cruz|");
  EXPECT_EQ(parts(" \t "), "|||");
}

TEST(PersonName, Organisations) {
  for (const char* name : {"The ATLAS Collaboration", "Institute for Advanced Study", "Google AI",
                           "Center, for, many, things", "Team 42", "a, , b"})
    EXPECT_EQ(parts(name), "org:||" + std::string(name) + "|");
}

TEST(PersonName, AiAndTheAreNamesToo) {
  EXPECT_EQ(parts("Qingyao Ai"), "Qingyao||Ai|");
  EXPECT_EQ(parts("The Anh Nguyen"), "The Anh||Nguyen|");
}

}  // namespace
}  // namespace gleaner::common
