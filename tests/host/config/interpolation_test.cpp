// ${env:…}, ${file:…} and $${, after parsing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

Interpolator interpolator(const Folder& folder) {
  return Interpolator(folder.path(), [](std::string_view name) -> std::optional<std::string> {
    if (name == "A") return "alpha";
    if (name == "EMPTY") return "";
    if (name == "SLY") return "${env:A}";
    if (name == "LATIN") return "caf\xE9";
    return std::nullopt;
  });
}

std::string expanded(std::string_view raw) {
  const Folder folder;
  (void)folder.write("two.txt", "line\n\n");
  (void)folder.write("bare.txt", "é");
  (void)folder.write("latin.txt", "\xE9");
  (void)folder.write("windows.txt", "line\r\n");
  const Expansion expansion = interpolator(folder).expand(raw);
  return expansion.problems.empty() ? expansion.text()
                                    : "G" + std::to_string(static_cast<int>(expansion.problems[0].code));
}

TEST(Interpolation, ReplacesVariablesAndFiles) {
  EXPECT_EQ(expanded("<${env:A}>${env:A}"), "<alpha>alpha");
  EXPECT_EQ(expanded("${env:EMPTY}|"), "|");
  EXPECT_EQ(expanded("${file:bare.txt}!"), "é!");
}

TEST(Interpolation, ADefaultStandsInForUnsetAndEmpty) {
  EXPECT_EQ(expanded("${env:NONE:-d}${env:EMPTY:-e}${env:A:-f}"), "dealpha");
  EXPECT_EQ(expanded("${env:NONE:-}"), "");
  EXPECT_EQ(expanded("${env:NONE:-a:-b}"), "a:-b");
}

TEST(Interpolation, OneFinalNewlineOfAFileIsRemoved) {
  EXPECT_EQ(expanded("${file:two.txt}"), "line\n");
  EXPECT_EQ(expanded("${file:windows.txt}"), "line");
}

TEST(Interpolation, WhatIsInsertedIsNotReadAgain) {
  EXPECT_EQ(expanded("${env:SLY}"), "${env:A}");
}

TEST(Interpolation, TwoDollarsMakeAPlainBrace) {
  EXPECT_EQ(expanded("$${env:A}"), "${env:A}");
  EXPECT_EQ(expanded("$$${env:A}"), "$${env:A}");
  EXPECT_EQ(expanded("costs $5 and $"), "costs $5 and $");
  EXPECT_EQ(expanded("$$"), "$$");
}

TEST(Interpolation, ProblemsHaveTheirCodes) {
  EXPECT_EQ(expanded("${HOME}"), "G301");
  EXPECT_EQ(expanded("${evn:A}"), "G301");
  EXPECT_EQ(expanded("${}"), "G301");
  EXPECT_EQ(expanded("${env:A"), "G302");
  EXPECT_EQ(expanded("${"), "G302");
  EXPECT_EQ(expanded("${env:NONE}"), "G303");
  EXPECT_EQ(expanded("${file:none.txt}"), "G304");
  EXPECT_EQ(expanded("${file:.}"), "G304");
  EXPECT_EQ(expanded("${file:/dev/zero}"), "G304");
  EXPECT_EQ(expanded("${file:latin.txt}"), "G304");
  EXPECT_EQ(expanded("${env:LATIN}"), "G304");
  EXPECT_EQ(expanded("${env:}"), "G306");
  EXPECT_EQ(expanded("${env::-x}"), "G306");
  EXPECT_EQ(expanded("${env:X:-${env:A}}"), "G306");
}

TEST(Interpolation, SentencesSayWhatToDo) {
  const auto first = [](std::string_view title) {
    return lint("title = \"" + std::string(title) + "\"\n" + around(""));
  };
  EXPECT_THAT(
      first("${HOME}"),
      ElementsAre("1:9 G301 unknown reference \"${HOME}\"; an environment variable is ${env:HOME}, a plain "
                  "${ is $${"));
  EXPECT_THAT(first("${evn:A}"),
              ElementsAre("1:9 G301 unknown reference \"${evn:A}\"; did you mean \"env\"?"));
  EXPECT_THAT(first("a ${env:A b"),
              ElementsAre("1:9 G302 \"${env:A b\" has no closing }; a plain ${ is written $${"));
  EXPECT_THAT(first("${file:x.txt}"), ElementsAre("1:9 G304 the file \"x.txt\" does not exist"));
  EXPECT_THAT(first("${env:NO} ${env:NEITHER}"),
              ElementsAre(StartsWith("1:9 G303 the environment variable NO is not set"),
                          StartsWith("1:9 G303 the environment variable NEITHER is not set")));
}

TEST(Interpolation, CountsAsANumberWhereOneIsWanted) {
  Loading load;
  load.environment["N"] = "8";
  load.environment["T"] = "0.5";
  load.environment["B"] = "true";
  const LoadResult result =
      load(around("[[stage]]\nuse = \"openai\"\nmodel = \"${env:N}\"\nconcurrency = \"${env:N}\"\n"
                  "temperature = \"${env:T}\"\nstream = \"${env:B}\"\nwait = \"${env:N}s\"\n"
                  "[select]\nmin = { relevance = \"${env:N}\" }\nlimit = \"1${env:N}\"\n"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const ComponentConfig& stage = result.pipeline.stages.at(0);
  EXPECT_EQ(stage.option("model")->text, "8");
  EXPECT_EQ(stage.option("concurrency")->integer, 8);
  EXPECT_EQ(stage.option("temperature")->number, 0.5);
  EXPECT_EQ(stage.option("stream")->integer, 1);
  EXPECT_EQ(stage.option("wait")->integer, 8000);
  EXPECT_EQ(result.pipeline.select.min.at(0).value, 8);
  EXPECT_EQ(result.pipeline.select.limit, 18U);
}

TEST(Interpolation, WhatDoesNotParseIsNoNumber) {
  Loading load;
  load.environment["N"] = "eight";
  EXPECT_THAT(
      lines_of(load(around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\nconcurrency = \"${env:N}\"\n"))
                   .diagnostics),
      ElementsAre("8:15 G201 concurrency of openai wants an integer, not a string"));
}

TEST(Interpolation, ReachesIntoListsMapsAndTables) {
  Loading load;
  load.environment["N"] = "3";
  const LoadResult result =
      load(around("[[stage]]\nuse = \"keyword\"\nwords = [\"a${env:N}\"]\npositive = { x = \"${env:N}\" }\n"
                  "[[stage]]\nuse = \"openai\"\nmodel = \"m\"\nextra = { a = { b = [\"${env:N}\"] } }\n"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  EXPECT_THAT(result.pipeline.stages.at(0).option("words")->items, ElementsAre("a3"));
  EXPECT_EQ(result.pipeline.stages.at(0).option("positive")->entries.at(0).second, 3);
  EXPECT_EQ(result.pipeline.stages.at(1).option("extra")->text, R"({"a":{"b":["3"]}})");
}

TEST(Interpolation, KeysAreLeftAlone) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"keyword\"\npositive = { \"${env:NOPE}\" = 1 }\n")),
              ElementsAre());
}

TEST(Interpolation, ReferencesOfAnUnknownComponentAreCheckedToo) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"zzzzzz\"\na = [{ b = \"${env:NOPE}\" }]\n")),
              ElementsAre(StartsWith("6:7 G401"), StartsWith("7:12 G303")));
}

}  // namespace
}  // namespace gleaner::host
