#include "plugins/common/json.hpp"

#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {
namespace {

std::string json_problem(std::string_view json, const JsonLimits& limits = {}) {
  try {
    (void)parse_json(json, "The answer", limits);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(CommonJson, EveryFaultIsOneSentence) {
  EXPECT_EQ(json_problem(""), "The answer gave an empty answer instead of JSON.");
  EXPECT_EQ(json_problem("{\"a\": [1, 2"),
            "The answer breaks off before its JSON is at its end; fetch it again.");
  EXPECT_EQ(json_problem("{\"a\": \"\xC3\xA9\xC3"),
            "The answer breaks off before its JSON is at its end; fetch it again.");
  EXPECT_EQ(json_problem("Service busy"), "The answer is not JSON: it begins with \"Service busy\".");
  EXPECT_EQ(
      json_problem("<html>"),
      "The answer gave a web page instead of JSON: the server may be down for maintenance, or the address is "
      "wrong.");
  EXPECT_EQ(json_problem("[1,]").substr(0, 36), "The answer is not valid JSON at byte");
  EXPECT_EQ(json_problem("[] []").substr(0, 36), "The answer is not valid JSON at byte");
  EXPECT_EQ(json_problem(std::string(40, '[')),
            "The answer nests its JSON more than 32 deep, which no answer of this kind does.");
  EXPECT_EQ(json_problem("[1, 2, 3]", {4, 32}),
            "The answer is larger than 4 bytes, which is more than this source reads.");
}

TEST(CommonJson, OtherEncodingsAndMarksAreRead) {
  EXPECT_EQ(json_problem("\xEF\xBB\xBF[1]"), "none");
  EXPECT_EQ(text_of(parse_json("[\"caf\xE9\"]", "x").as_array()[0]), "café");
  EXPECT_EQ(json_problem(std::string_view("[\0"
                                          "1\0]\0",
                                          6)),
            "none");
}

TEST(CommonJson, NumbersMayBeStringsAndNullsMissing) {
  const auto value =
      parse_json(R"({"a":"30","b":30,"c":null,"d":30.0,"e":1.5,"f":"x","g":true,"h":[],"i":{},"j":""})", "x");
  const auto& object = value.as_object();
  EXPECT_EQ(whole_at(object, "a"), 30);
  EXPECT_EQ(whole_at(object, "b"), 30);
  EXPECT_EQ(whole_at(object, "d"), 30);
  for (const char* key : {"c", "e", "f", "g", "j", "none"})
    EXPECT_FALSE(whole_at(object, key)) << key;
  EXPECT_EQ(text_at(object, "a"), "30");
  EXPECT_EQ(text_at(object, "b"), "30");
  EXPECT_EQ(text_at(object, "c"), "");
  EXPECT_EQ(text_at(object, "h"), "");
  EXPECT_TRUE(flag_at(object, "g"));
  EXPECT_FALSE(flag_at(object, "a"));
  EXPECT_NE(array_at(object, "h"), nullptr);
  EXPECT_EQ(array_at(object, "i"), nullptr);
  EXPECT_NE(object_at(object, "i"), nullptr);
  EXPECT_EQ(object_at(object, "none"), nullptr);
}

}  // namespace
}  // namespace gleaner::common
