// JSON as text: Boost.JSON's, but for numbers.
#include "host/config/json_text.hpp"

#include <cstdlib>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

namespace json = boost::json;

TEST(NumberText, IsAPlainDecimal) {
  EXPECT_EQ(number_text(8), "8");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(9.6), "9.6");
  EXPECT_EQ(number_text(0.000025), "0.000025");
  EXPECT_EQ(number_text(-1234567.25), "-1234567.25");
  EXPECT_EQ(number_text(1e20), "100000000000000000000");
  EXPECT_EQ(number_text(1.25e-20), "0.0000000000000000000125");
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

TEST(JsonText, WritesNumbersPlainlyWhereverTheyAre) {
  const json::value value{{"a", 9.6}, {"b", {1.5, 2.0, -3, 0.1}}, {"c", 1e-7}, {"d", 18446744073709551615U}};
  EXPECT_EQ(json_text(value), R"({"a":9.6,"b":[1.5,2,-3,0.1],"c":0.0000001,"d":18446744073709551615})");
  EXPECT_EQ(json_text(json::value(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(json_text(json::value(std::numeric_limits<double>::quiet_NaN())), "null");
}

TEST(JsonText, IsBoostsForEverythingElse) {
  const json::value value{{"k \"\\\n\x01/\x7F", "Erdős 𝔼"},
                          {"none", nullptr},
                          {"yes", true},
                          {"no", false},
                          {"empty", {json::object(), json::array(), ""}},
                          {"long", std::string(20000, 'x') + "\"" + std::string(5000, '\t')},
                          {"deep", {{{"a", {{{"b", {1, 2}}}}}}}}};
  EXPECT_EQ(json_text(value), json::serialize(value));
  EXPECT_EQ(json_text(value.as_object()), json::serialize(value));
}

TEST(IndentedJson, HasAKeyALine) {
  const json::value value{
      {"a", {1, 2.5}}, {"b", json::object()}, {"c", json::array()}, {"d", {{"e", nullptr}}}};
  EXPECT_EQ(indented_json(value),
            "{\n  \"a\": [\n    1,\n    2.5\n  ],\n  \"b\": {},\n  \"c\": [],\n  \"d\": {\n    \"e\": null\n "
            " }\n}\n");
}

}  // namespace
}  // namespace gleaner::host
