// --set KEY=VALUE.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::StartsWith;

const std::string pipeline = around(
    "[[stage]]\nuse = \"openai\"\nmodel = \"m\"\n"
    "[[stage]]\nuse = \"keyword\"\npositive = { a = 1 }\n"
    "[[stage]]\nuse = \"keyword\"\n"
    "[select]\nmin = { relevance = 8 }\n");

LoadResult with(std::vector<std::pair<std::string, std::string>> sets, std::string_view text = pipeline) {
  Loading load;
  load.sets = std::move(sets);
  return load(text);
}

std::vector<std::string> complaints(std::string key, std::string value, std::string_view text = pipeline) {
  return lines_of(with({{std::move(key), std::move(value)}}, text).diagnostics);
}

TEST(Sets, ChangeAnOptionByName) {
  const LoadResult result = with(
      {{"openai.model", "gpt-4o"}, {"openai.concurrency", "9"}, {"openai.axes", "[\"fit\", \"relevance\"]"}});
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const ComponentConfig& openai = result.pipeline.stages.at(0);
  EXPECT_EQ(openai.option("model")->text, "gpt-4o");
  EXPECT_EQ(openai.option("concurrency")->integer, 9);
  EXPECT_THAT(openai.option("axes")->items, ElementsAre("fit", "relevance"));
  EXPECT_EQ(openai.option("concurrency")->where, (Location{"--set openai.concurrency", 0, 0}));
}

TEST(Sets, ARepeatIsNamedByItsNumber) {
  const LoadResult result = with({{"keyword-2.words", "[\"x\"]"}});
  EXPECT_EQ(result.pipeline.stages.at(1).option("words"), nullptr);
  EXPECT_THAT(result.pipeline.stages.at(2).option("words")->items, ElementsAre("x"));
}

TEST(Sets, ReachIntoTablesAndAddToThem) {
  const LoadResult result =
      with({{"select.min.relevance", "7"}, {"keyword.positive.\"b c\"", "2"}, {"run.catch_up", "3"}});
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  EXPECT_EQ(result.pipeline.select.min.at(0).value, 7);
  EXPECT_THAT(result.pipeline.stages.at(1).option("positive")->entries,
              ElementsAre(Pair("a", 1.0), Pair("b c", 2.0)));
  EXPECT_EQ(result.pipeline.run.catch_up, 3);
}

TEST(Sets, ReplaceAWholeTable) {
  const LoadResult result = with({{"select", "{ limit = 5 }"}, {"keyword.positive", "{ z = 4 }"}});
  EXPECT_TRUE(result.pipeline.select.min.empty());
  EXPECT_EQ(result.pipeline.select.limit, 5U);
  EXPECT_THAT(result.pipeline.stages.at(1).option("positive")->entries, ElementsAre(Pair("z", 4.0)));
}

TEST(Sets, TopLevelKeys) {
  const LoadResult result = with({{"title", "My papers"}, {"state", "none"}});
  EXPECT_EQ(result.pipeline.title, "My papers");
  EXPECT_EQ(result.pipeline.state, "none");
}

TEST(Sets, TheLaterOneWins) {
  EXPECT_EQ(with({{"title", "a"}, {"title", "b"}}).pipeline.title, "b");
}

TEST(Sets, AValueThatIsNoTomlIsAString) {
  EXPECT_EQ(with({{"title", "1 + 1"}}).pipeline.title, "1 + 1");
  EXPECT_EQ(with({{"title", "\"quoted\""}}).pipeline.title, "quoted");
  EXPECT_EQ(with({{"title", "1\nname = 2"}}).diagnostics.at(0).code,
            209);  // one value with a line end, not two keys
  EXPECT_EQ(with({{"title", ""}}).pipeline.title, "");
}

TEST(Sets, APrefixTellsSectionsApart) {
  const std::string text =
      "[[source]]\nuse = \"jsonl\"\nfile = \"-\"\n[[output]]\nuse = \"jsonl\"\npath = \"-\"\n";
  EXPECT_THAT(complaints("jsonl.path", "x", text),
              ElementsAre("--set jsonl.path G109 jsonl is a source and an output; write source.jsonl.path or "
                          "output.jsonl.path"));
  EXPECT_EQ(with({{"output.jsonl.path", "x"}}, text).pipeline.outputs.at(0).option("path")->text, "x");
  EXPECT_EQ(with({{"source.jsonl.file", "y"}}, text).pipeline.sources.at(0).option("file")->text, "y");
}

TEST(Sets, UnknownNamesGetASuggestion) {
  EXPECT_THAT(complaints("opnai.model", "x"),
              ElementsAre("--set opnai.model G108 nothing in this pipeline is named \"opnai\"; did you "
                          "mean \"openai\"?"));
  EXPECT_THAT(
      complaints("titel", "x"),
      ElementsAre("--set titel G108 nothing in this pipeline is named \"titel\"; did you mean \"title\"?"));
  EXPECT_THAT(complaints("stage.arxiv.via", "x"),
              ElementsAre(StartsWith("--set stage.arxiv.via G108 no stage is named \"arxiv\"")));
}

TEST(Sets, KeysMustBeKeys) {
  for (const char* key :
       {"", ".", "a..b", "openai", "stage.openai", "a b.c", "a = 1\nb", "select.\n", "\xFF", "x.\"", "[a]"})
    EXPECT_THAT(complaints(key, "1"), ElementsAre(testing::HasSubstr(" G110 "))) << key;
}

TEST(Sets, MistakesInValuesAreSaidOfTheSet) {
  EXPECT_THAT(
      complaints("openai.modle", "x"),
      ElementsAre("--set openai.modle G104 unknown key \"modle\" for openai; did you mean \"model\"?"));
  EXPECT_THAT(
      complaints("openai.concurrency", "many"),
      ElementsAre("--set openai.concurrency G201 concurrency of openai wants an integer, not a string"));
  EXPECT_THAT(complaints("select.min.relevence", "7"),
              ElementsAre(StartsWith("--set select.min.relevence G501 ")));
  EXPECT_THAT(complaints("openai.model.deep", "7"),
              ElementsAre(StartsWith("--set openai.model.deep G201 model of openai wants a string")));
}

TEST(Sets, CanMakeTheTableTheyNeed) {
  const LoadResult result = with({{"budget.usd", "0.5"}, {"openai.extra.a.b", "true"}});
  EXPECT_EQ(result.pipeline.budget.usd, 0.5);
  EXPECT_EQ(result.pipeline.stages.at(0).option("extra")->text, R"({"a":{"b":true}})");
}

}  // namespace
}  // namespace gleaner::host
