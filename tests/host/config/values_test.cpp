// Every type of option: what it takes, and the sentence for what it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::StartsWith;

/// Options of an openai stage, the first one on line 8.
std::string openai_with(std::string_view options) {
  return around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\n" + std::string(options) + "\n");
}

const OptionValue* value(const LoadResult& result, std::string_view option) {
  return result.pipeline.stages.at(0).option(option);
}

TEST(Values, AreReadByTheirTypes) {
  const LoadResult result = Loading()(
      openai_with("temperature = 1\nconcurrency = 8\nstream = true\nwait = \"1.5s\"\naxes = [\"fit\"]\n"
                  "prompt = \"prompts/p.txt\""));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  EXPECT_EQ(value(result, "model")->text, "m");
  EXPECT_TRUE(value(result, "model")->given);
  EXPECT_EQ(value(result, "temperature")->number, 1.0);
  EXPECT_EQ(value(result, "concurrency")->integer, 8);
  EXPECT_EQ(value(result, "stream")->integer, 1);
  EXPECT_EQ(value(result, "wait")->integer, 1500);
  EXPECT_EQ(value(result, "wait")->text, "1.5s");
  EXPECT_THAT(value(result, "axes")->items, ElementsAre("fit"));
  EXPECT_EQ(value(result, "prompt")->text, "prompts/p.txt");
  EXPECT_EQ(value(result, "prompt")->where.line, 13);
}

TEST(Values, DefaultsPassTheSameChecksAndAreNotGiven) {
  const LoadResult result = Loading()(openai_with(""));
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(value(result, "concurrency")->integer, 4);
  EXPECT_FALSE(value(result, "concurrency")->given);
  EXPECT_EQ(value(result, "concurrency")->where.line, 6);
  EXPECT_EQ(value(result, "wait")->integer, 30'000);
  EXPECT_THAT(value(result, "api_key")->secret.names(), ElementsAre("OPENAI_API_KEY"));
  EXPECT_EQ(value(result, "temperature"), nullptr);
  EXPECT_THAT(result.pipeline.sources.at(0).option("announce")->items, ElementsAre("new", "cross"));
}

TEST(Values, OptionsComeInTheDescriptorsOrder) {
  const LoadResult result = Loading()(openai_with("wait = \"2s\"\nconcurrency = 1"));
  std::vector<std::string> names;
  for (const OptionValue& each : result.pipeline.stages.at(0).options)
    names.push_back(each.name);
  EXPECT_THAT(names, ElementsAre("model", "api_key", "concurrency", "wait"));
}

TEST(Values, StringsTakeQuotes) {
  EXPECT_THAT(lint(openai_with("prompt = 2025-05-07")),
              ElementsAre("8:10 G201 prompt of openai wants a string, not a date; put it in quotes"));
  EXPECT_THAT(lint(openai_with("prompt = [\"a\"]")),
              ElementsAre("8:10 G201 prompt of openai wants a string, not a list"));
}

TEST(Values, IntegersHaveNoPoint) {
  EXPECT_THAT(
      lint(openai_with("concurrency = 4.0")),
      ElementsAre(
          "8:15 G201 concurrency of openai wants an integer, not a number; write it without a point"));
  EXPECT_THAT(lint(openai_with("concurrency = \"4\"")),
              ElementsAre("8:15 G201 concurrency of openai wants an integer, not a string"));
  EXPECT_THAT(lint(openai_with("concurrency = 65")),
              ElementsAre("8:15 G203 concurrency of openai must be between 1 and 64, not 65"));
}

TEST(Values, NumbersAreFinite) {
  EXPECT_THAT(lint(openai_with("temperature = nan")),
              ElementsAre("8:15 G203 temperature of openai must be a finite number"));
  EXPECT_THAT(lint(openai_with("temperature = true")),
              ElementsAre("8:15 G201 temperature of openai wants a number, not true or false"));
  EXPECT_THAT(lint(openai_with("temperature = -0.5")),
              ElementsAre("8:15 G203 temperature of openai must be between 0 and 2, not -0.5"));
}

TEST(Values, BooleansHaveNoQuotes) {
  EXPECT_THAT(lint(openai_with("stream = \"true\"")),
              ElementsAre("8:10 G201 stream of openai wants true or false, not a string (no quotes)"));
}

TEST(Values, DurationsTakeQuotesAndAUnit) {
  EXPECT_THAT(
      lint(openai_with("wait = 1.5")),
      ElementsAre(
          "8:8 G204 wait of openai wants a duration in quotes, like \"30s\", not a number; write \"1.5s\" if "
          "seconds are meant"));
  EXPECT_THAT(
      lint(openai_with("wait = \"30\"")),
      ElementsAre(
          "8:8 G204 wait of openai wants a number and a unit (ms, s, m, h or d), like \"30s\", not \"30\""));
  EXPECT_THAT(lint(openai_with("wait = \"5m\"")),
              ElementsAre("8:8 G203 wait of openai must be between 1s and 1m, not 5m"));
}

TEST(Values, AListOfOneStillTakesBrackets) {
  EXPECT_THAT(lint(openai_with("axes = \"fit\"")),
              ElementsAre("8:8 G201 axes of openai wants a list of strings, "
                          "not a string; put brackets around it: [\"fit\"]"));
}

TEST(Values, EveryBadItemOfAListIsSaid) {
  EXPECT_THAT(lint(openai_with("axes = [1, \"a\", true]")),
              ElementsAre(StartsWith("8:9 G201 each item of axes"), StartsWith("8:17 G201")));
}

TEST(Values, MapsKeepTheFilesOrder) {
  const LoadResult result = Loading()(
      around("[[stage]]\nuse = \"keyword\"\npositive = { zebra = 1, \"a b\" = 2.5, middle = 3 }\n"));
  ASSERT_TRUE(result.ok);
  EXPECT_THAT(value(result, "positive")->entries,
              ElementsAre(Pair("zebra", 1.0), Pair("a b", 2.5), Pair("middle", 3.0)));
  EXPECT_THAT(value(result, "field_weights")->entries,
              ElementsAre(Pair("title", 3.0), Pair("abstract", 1.0)));
}

TEST(Values, EveryBadEntryOfAMapIsSaid) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"keyword\"\npositive = { a = \"x\", b = 101, cs.LG = 2 }\n")),
              ElementsAre("7:18 G201 \"a\" in positive of keyword wants a number, not a string",
                          "7:27 G203 \"b\" in positive of keyword must be between 0 and 100, not 101",
                          "7:32 G201 \"cs\" in positive of keyword wants a number, not a table; a key with a "
                          "dot in it needs quotes"));
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"keyword\"\npositive = [\"a\"]\n")),
              ElementsAre(HasSubstr("G201 positive of keyword wants a map of numbers, not a list; write {")));
}

TEST(Values, AFreeTableIsJson) {
  const LoadResult result = Loading()(openai_with(
      "extra = { s = \"é\\n\", n = 1.5, b = false, d = 2025-05-07, t = 10:30:00, l = [1, {x = 2}] }"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  EXPECT_EQ(value(result, "extra")->text,
            R"({"s":"é\n","n":1.5,"b":false,"d":"2025-05-07","t":"10:30:00","l":[1,{"x":2}]})");
  EXPECT_THAT(lint(openai_with("extra = { n = inf }")),
              ElementsAre("8:15 G203 extra of openai holds a number that is not finite"));
  EXPECT_THAT(lint(openai_with("extra = 1")),
              ElementsAre("8:9 G201 extra of openai wants a table, not an integer"));
}

TEST(Values, PathsHaveNoControlCharacters) {
  EXPECT_THAT(lint(openai_with("prompt = \"a\\u0000b\"")),
              ElementsAre("8:10 G209 prompt of openai holds a control character, \"a\\u0000b\""));
}

TEST(Values, AWrongDefaultIsThePluginsFault) {
  EXPECT_THAT(
      lint(around("[[stage]]\nuse = \"broken\"\n")),
      ElementsAre(StartsWith(
          "6:7 G402 the plugin broken-plugin declares a wrong default: size of broken has a default that is "
          "not TOML; give size a value")));
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"broken\"\nsize = 3\n")), ElementsAre());
}

TEST(Values, AnUnknownWordWithoutANearOneGetsTheList) {
  EXPECT_THAT(lint("contact = \"m\"\n[[source]]\nuse = \"arxiv\"\ncategories = []\nvia = \"telephone\"\n" +
                   std::string(markdown_output)),
              ElementsAre("5:7 G202 via of arxiv cannot be \"telephone\"; it is one of \"auto\", \"rss\", "
                          "\"atom\", \"list\", "
                          "\"api\", \"oai\""));
}

}  // namespace
}  // namespace gleaner::host
