// Numbers as people write them.
#include "plugins/common/numbers.hpp"

#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

namespace gleaner::common {
namespace {

TEST(NumberText, IsAPlainDecimal) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(8), "8");
  EXPECT_EQ(number_text(-3), "-3");
  EXPECT_EQ(number_text(9.6), "9.6");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(0.000025), "0.000025");
  EXPECT_EQ(number_text(1e6), "1000000");
  EXPECT_EQ(number_text(1234567.25), "1234567.25");
  EXPECT_EQ(number_text(1e20), "100000000000000000000");
  EXPECT_EQ(number_text(1.25e-20), "0.0000000000000000000125");
}

TEST(NumberText, HasAnExponentWhereNobodyCountsZeros) {
  EXPECT_EQ(number_text(1e21), "1e+21");
  EXPECT_EQ(number_text(-2.5e-300), "-2.5e-300");
}

TEST(NumberText, ReadsBackAsTheSame) {
  using Limits = std::numeric_limits<double>;
  for (const double number :
       {0.1 + 0.2, 1.0 / 3, 2.0 / 3e20, -123456789.123456789, Limits::max(), Limits::min(),
        Limits::denorm_min(), 9007199254740993.0, 999999999999999900000.0})
    EXPECT_EQ(std::strtod(number_text(number).c_str(), nullptr), number) << number_text(number);
}

}  // namespace
}  // namespace gleaner::common
