// JSON values: what requests are built from and replies are read with. Expected texts are written by hand
// from RFC 8259.
#include <clocale>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <locale>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/chat/value.hpp>

using gleaner::chat::Member;
using gleaner::chat::parse;
using gleaner::chat::Value;
using gleaner::chat::write;
using testing::IsEmpty;

namespace {

Value value_of(std::string_view json) {
  auto value = parse(json);
  EXPECT_TRUE(value) << json;
  return value.value_or(Value());
}

// 1.234,5: numbers as Germans write them.
struct Commas : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

}  // namespace

TEST(Value, ARequestReadsLikeTheJsonItBecomes) {
  const auto body = Value::object(
      {{"model", "gpt-4o"},
       {"messages", Value::list({Value::object({{"role", "user"}, {"content", std::string("hello")}})})},
       {"temperature", 0.2},
       {"max_tokens", 2048U},
       {"stream", false},
       {"stop", nullptr}});
  EXPECT_EQ(write(body),
            R"({"model":"gpt-4o","messages":[{"role":"user","content":"hello"}],"temperature":0.2,)"
            R"("max_tokens":2048,"stream":false,"stop":null})");
}

TEST(Value, WhatIsNotThereIsNull) {
  const Value reply = value_of(R"({"choices": [{"message": {"content": "ok"}}]})");
  EXPECT_EQ(reply["choices"][0]["message"]["content"].text(), "ok");
  EXPECT_TRUE(reply["choices"][1]["message"]["content"].is_null());
  EXPECT_TRUE(reply["choices"]["message"].is_null());
  EXPECT_TRUE(reply[0].is_null());
  EXPECT_TRUE(Value("text")["member"][-1].is_null());
  EXPECT_THAT(reply["error"].text(), IsEmpty());
  EXPECT_THAT(reply["error"].items(), IsEmpty());
  EXPECT_THAT(reply["error"].members(), IsEmpty());
}

TEST(Value, KindsAreToldApart) {
  const Value all = value_of(R"([null, true, 1, 1.5, "1", [], {}])");
  EXPECT_TRUE(all[0].is_null());
  EXPECT_TRUE(all[1].truth());
  EXPECT_TRUE(all[2].is_number() && all[3].is_number());
  EXPECT_TRUE(all[4].is_text() && !all[4].is_number());
  EXPECT_TRUE(all[5].is_list() && !all[5].is_object());
  EXPECT_TRUE(all[6].is_object() && !all[6].is_list());
  EXPECT_FALSE(all[1].is_number() || all[1].is_null() || all[1].is_text());
}

TEST(Value, TruthIsOnlyWhatIsTrueOrFalse) {
  EXPECT_TRUE(Value(true).truth());
  EXPECT_FALSE(Value(false).truth(true));
  EXPECT_FALSE(Value("true").truth());
  EXPECT_TRUE(Value(0).truth(true));
  EXPECT_FALSE(Value().truth());
}

TEST(Value, ATextThatIsANumberAsAWholeIsReadAsOne) {
  EXPECT_EQ(Value("8").number(), 8);
  EXPECT_EQ(Value(" -9.25 ").number(), -9.25);
  EXPECT_EQ(Value("1e1").number(), 10);
  for (const char* words : {"", " ", "8/10", "eight", "8 9", "0x8", "nan", "inf", "+8", "08", ".5", "8.",
                            "8,5", "1e", "1e999", "-", "--1", "8\v"})
    EXPECT_TRUE(std::isnan(Value(words).number())) << words;
  EXPECT_TRUE(std::isnan(Value(std::string_view("8\0", 2)).number()));
  EXPECT_EQ(Value(true).number(-1), -1);
  EXPECT_EQ(Value().number(7), 7);
}

TEST(Value, NumbersAreReadAlikeInEveryLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  const std::locale classic = std::locale::global(std::locale(std::locale::classic(), new Commas));
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"})  // where they are installed
    std::setlocale(LC_ALL, name);
  EXPECT_EQ(Value("9.6").number(), 9.6);
  EXPECT_EQ(write(Value(1234.5)), "1234.5");
  EXPECT_EQ(write(Value(1234567)), "1234567");
  EXPECT_EQ(value_of("9.6").number(), 9.6);
  std::locale::global(classic);
  std::setlocale(LC_ALL, before.c_str());
}

TEST(Value, ACountIsWholeAndNeverNegative) {
  EXPECT_EQ(Value(1519).count(), 1519U);
  EXPECT_EQ(Value(12.9).count(), 12U);
  EXPECT_EQ(Value("142").count(), 142U);
  EXPECT_EQ(Value(std::int64_t{9007199254740992}).count(), 9007199254740992U);
  for (const Value& none :
       {Value(-1), Value(-0.5), Value(1e17), Value("many"), Value(), Value(true),
        Value(std::numeric_limits<double>::quiet_NaN()), Value(std::numeric_limits<double>::infinity())})
    EXPECT_EQ(none.count(), 0U) << write(none);
}

TEST(Value, SettingKeepsTheOrderAndReplacesInPlace) {
  Value body;
  body.set("a", 1).set("b", 2).set("a", "new");
  EXPECT_EQ(write(body), R"({"a":"new","b":2})");
  Value list;
  list.push(1).push(Value::list());
  EXPECT_EQ(write(list), "[1,[]]");
  EXPECT_EQ(write(Value("no object").set("x", nullptr)), R"({"x":null})");
  EXPECT_EQ(write(Value("no list").push(nullptr)), "[null]");
}

TEST(Value, MergingGoesIntoObjectsAndReplacesTheRest) {
  Value body = value_of(R"({"model":"m","options":{"num_ctx":4096,"seed":1},"stop":["a"]})");
  body.merge(value_of(R"({"options":{"seed":2,"top_k":5},"stop":["b"],"model":{"x":1},"new":true})"));
  EXPECT_EQ(write(body),
            R"({"model":{"x":1},"options":{"num_ctx":4096,"seed":2,"top_k":5},"stop":["b"],"new":true})");
  EXPECT_EQ(write(Value().merge(value_of(R"({"a":1})"))), R"({"a":1})");
  EXPECT_EQ(write(value_of(R"({"a":1})").merge(Value("nothing to set"))), R"({"a":1})");
}

TEST(Value, APartOfAValueMayBeMergedIntoIt) {
  Value body = value_of(R"({"a":1,"extra":{"a":2,"b":{"c":3}}})");
  body.merge(body["extra"]);
  EXPECT_EQ(write(body), R"({"a":2,"extra":{"a":2,"b":{"c":3}},"b":{"c":3}})");
  body.set("copy", body).push(body);
  EXPECT_TRUE(body.is_list());
}

TEST(Value, AMovedOrCopiedValueIsTheSame) {
  const Value one = value_of(R"({"a":[1,{"b":"c"}]})");
  Value copy = one;
  Value moved = std::move(copy);
  EXPECT_EQ(moved, one);
  moved.set("a", 2);
  EXPECT_FALSE(moved == one);
  EXPECT_EQ(write(one), R"({"a":[1,{"b":"c"}]})");
}

TEST(Value, AWholeNumberIsTheSameWithAndWithoutAPoint) {
  EXPECT_EQ(Value(9), Value(9.0));
  EXPECT_FALSE(Value(9) == Value("9"));
  EXPECT_FALSE(Value(1) == Value(true));
  EXPECT_EQ(value_of("[9.0]"), value_of("[9]"));
}

TEST(Write, NumbersAreInPlainDecimals) {
  EXPECT_EQ(write(Value(9.6)), "9.6");
  EXPECT_EQ(write(Value(9.0)), "9");
  EXPECT_EQ(write(Value(0.1)), "0.1");
  EXPECT_EQ(write(Value(-2.5e-7)), "-0.00000025");
  EXPECT_EQ(write(Value(1e21)), "1000000000000000000000");
  EXPECT_EQ(write(Value(std::int64_t{-9223372036854775807 - 1})), "-9223372036854775808");
  EXPECT_EQ(write(Value(std::int64_t{9007199254740993})), "9007199254740993");
  EXPECT_EQ(write(Value(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(write(Value(std::numeric_limits<double>::quiet_NaN())), "null");
}

TEST(Write, TheSmallestAndTheLargestNumbersComeBack) {
  for (const double number : {std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::min(),
                              std::numeric_limits<double>::max(), -std::numeric_limits<double>::max()})
    EXPECT_EQ(std::strtod(write(Value(number)).c_str(), nullptr), number);
}

TEST(Write, TextsAreEscaped) {
  EXPECT_EQ(write(Value("a\"b\\c\n\t\x01/é\x7F")), "\"a\\\"b\\\\c\\n\\t\\u0001/é\x7F\"");
  EXPECT_EQ(write(Value(std::string_view("a\0b", 3))), R"("a\u0000b")");
  EXPECT_EQ(write(Value::object({{"k\"", 1}})), R"({"k\"":1})");
}

TEST(Write, BytesThatAreNoUtf8AreReplaced) {
  EXPECT_EQ(write(Value("a\xFF"
                        "b")),
            "\"a\uFFFDb\"");
  EXPECT_EQ(write(Value("\xC3")), "\"\uFFFD\"");                                // cut off
  EXPECT_EQ(write(Value("\xED\xA0\x80")), "\"\uFFFD\uFFFD\uFFFD\"");            // a surrogate
  EXPECT_EQ(write(Value("\xC0\xAF")), "\"\uFFFD\uFFFD\"");                      // overlong
  EXPECT_EQ(write(Value("\xF4\x90\x80\x80")), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");  // beyond U+10FFFF
  EXPECT_EQ(write(Value("\xF0\x9F\x98\x80")), "\"\U0001F600\"");
  EXPECT_EQ(write(Value::object({{"\xFF", 1}})), "{\"\uFFFD\":1}");
}

TEST(Parse, TakesStrictJsonAlone) {
  for (const char* text :
       {"", " ", "{", "[1,]", R"({"a":1,})", "[1] x", "// c\n1", "/* c */ 1", "'a'", "{a:1}", "01", "+1",
        "NaN", "[1 2]", "\"a\nb\"", "\"\xFF\"", "tru", "\"\\x\"", "\xEF\xBB\xBF{}"})
    EXPECT_FALSE(parse(text)) << text;
  EXPECT_FALSE(parse(std::string_view("1\0", 2)));
  EXPECT_EQ(value_of(" [1 , 2 ]\r\n"), Value::list({1, 2}));
  EXPECT_EQ(value_of(R"("\ud83d\ude00\u00e9")").text(), "\U0001F600é");
  EXPECT_EQ(value_of(R"("a\u0000b")").text().size(), 3U);
}

TEST(Parse, TheLastOfTwoMembersOfOneNameWins) {
  EXPECT_EQ(value_of(R"({"a":1,"b":2,"a":3})")["a"].number(), 3);
  EXPECT_EQ(value_of(R"({"a":1,"b":2,"a":3})").members().size(), 2U);
  EXPECT_EQ(Value::object({{"a", 1}, {"a", 2}})["a"].number(), 2);
}

TEST(Parse, KeepsTheOrderOfMembers) {
  EXPECT_EQ(write(value_of(R"({"z":1,"a":2,"m":{"y":1,"b":2}})")), R"({"z":1,"a":2,"m":{"y":1,"b":2}})");
}

TEST(Parse, WholeNumbersKeepAllTheirFigures) {
  EXPECT_EQ(write(value_of("9223372036854775807")), "9223372036854775807");
  EXPECT_EQ(write(value_of("-9223372036854775808")), "-9223372036854775808");
  EXPECT_EQ(value_of("18446744073709551616").number(), 18446744073709551616.0);
  EXPECT_EQ(write(value_of("9.6")), "9.6");
  EXPECT_EQ(write(value_of("0.30")), "0.3");
}

TEST(Parse, GoesSixtyFourLevelsDeep) {
  EXPECT_TRUE(parse(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(parse(std::string(65, '[') + std::string(65, ']')));
}

TEST(Parse, AMegabyteOfHostileJsonIsReadInNoTime) {
  std::string opened, members = "{";
  while (opened.size() < (1U << 20U))
    opened += "[{\"a\":";
  while (members.size() < (1U << 20U))
    members += "\"a\":1,\"b" + std::to_string(members.size()) + "\":2,";
  members += "\"a\":9}";
  const std::clock_t begin = std::clock();
  EXPECT_FALSE(parse(opened));
  EXPECT_FALSE(parse(std::string(1U << 20U, '{')));
  EXPECT_EQ(value_of(members)["a"].number(), 9);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 2.0);
}
