#include "plugins/common/names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CommonNames, FamilyNamesGoLast) {
  EXPECT_EQ(natural_name("Smith, J. R."), "J. R. Smith");
  EXPECT_EQ(natural_name("  Jane   Doe "), "Jane Doe");
  EXPECT_EQ(natural_name("Doe,"), "Doe");
  EXPECT_EQ(natural_name("Smith, John, Jr."), "Smith, John, Jr.");
}

TEST(CommonNames, ListsAreSplitWhereTheyCanBeToldFromOneName) {
  EXPECT_THAT(split_names("Smith, J.; Doe, A. B.; Consortium X"),
              ElementsAre("J. Smith", "A. B. Doe", "Consortium X"));
  EXPECT_THAT(split_names("Jane Doe, John Roe and Max M. Muster"),
              ElementsAre("Jane Doe", "John Roe", "Max M. Muster"));
  EXPECT_THAT(split_names("Smith, J., Doe, A.-B."), ElementsAre("J. Smith", "A.-B. Doe"));
  EXPECT_THAT(split_names("Doe, Jane"), ElementsAre("Jane Doe"));
  EXPECT_THAT(split_names("Jane Doe"), ElementsAre("Jane Doe"));
  EXPECT_THAT(split_names("Plato"), ElementsAre("Plato"));
}

TEST(CommonNames, AddressesAreNoNames) {
  EXPECT_THAT(split_names("jane@example.org (Jane Doe)"), ElementsAre("Jane Doe"));
  EXPECT_THAT(split_names("Jane Doe <jane@example.org>"), ElementsAre("Jane Doe"));
  EXPECT_THAT(split_names("jane@example.org"), IsEmpty());
  EXPECT_THAT(split_names("<a href=\"https://example.org\">Jane Doe</a>"), ElementsAre("Jane Doe"));
  EXPECT_THAT(split_names(" ; "), IsEmpty());
}

}  // namespace
}  // namespace gleaner::common
