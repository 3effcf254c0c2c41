// The file as a whole: its own keys, its tables, and what each purpose needs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Pipeline, DefaultsComeFromTheFilesName) {
  const Loading load;
  const LoadResult result = load(around(""));
  ASSERT_TRUE(result.ok);
  EXPECT_EQ(result.pipeline.name, "p");
  EXPECT_EQ(result.pipeline.title, "Personalized Daily Papers");
  EXPECT_EQ(result.pipeline.contact, "me@example.org");
  EXPECT_THAT(result.pipeline.state, StartsWith("/home/reader/.local/state/gleaner/p-"));
  EXPECT_EQ(result.pipeline.file, load.folder.path() / "p.toml");
  EXPECT_EQ(result.pipeline.run.catch_up, 7);
  EXPECT_TRUE(result.pipeline.run.seen);
  EXPECT_FALSE(result.pipeline.select.limit.has_value());
}

TEST(Pipeline, ARelativeStateIsBesideTheFile) {
  const Loading load;
  EXPECT_EQ(load("state = \"state/ml.db\"\n" + around("")).pipeline.state,
            (load.folder.path() / "state/ml.db").string());
  EXPECT_EQ(load("state = \"none\"\n" + around("")).pipeline.state, "none");
}

TEST(Pipeline, TheExampleOfTheContractIsRight) {
  const Loading load;
  (void)load.folder.write("authors.txt", "");
  std::filesystem::create_directory(load.folder.path() / "prompts");
  (void)load.folder.write("prompts/selection.txt", "");
  EXPECT_THAT(lines_of(load(R"(
name     = "ml"
title    = "Personalized Daily ArXiv Papers"
contact  = "you@example.org"
state    = "state/ml.db"

[[source]]
use        = "arxiv"
categories = ["cs.LG", "cs.AI"]
announce   = ["new", "cross"]
via        = "auto"

[[stage]]
use     = "authors"
follow  = "authors.txt"

[[stage]]
use     = "openai"
model   = "gpt-4o"
api_key = "${secret:OPENAI_API_KEY}"
prompt  = "prompts/selection.txt"

[select]
min   = { relevance = 8, novelty = 7 }
order = ["total", "relevance"]
limit = 60

[[output]]
use  = "markdown"
path = "out/{date}.md"
)")
                           .diagnostics),
              IsEmpty());
}

TEST(Pipeline, NeedsASourceAndAnOutput) {
  EXPECT_THAT(
      lint("name = \"x\"\n"),
      ElementsAre(
          "1:1 G111 there is no [[output]]; a pipeline needs at least one [[source]] and one [[output]]",
          "1:1 G111 there is no [[source]]; a pipeline needs at least one [[source]] and one [[output]]"));
  EXPECT_THAT(lint(""), ElementsAre(StartsWith("1:1 G111"), StartsWith("1:1 G111")));
  EXPECT_THAT(lint("source = []\n" + std::string(markdown_output)),
              ElementsAre(StartsWith("1:1 G111 there is no [[source]]")));
}

TEST(Pipeline, OneBracketWhereTwoBelongIsStillReadOn) {
  EXPECT_THAT(lint("[source]\nuse = \"jsonl\"\nfil = \"-\"\n" + std::string(markdown_output)),
              ElementsAre("1:1 G105 [[source]] takes two brackets, since there may be several",
                          "2:7 G205 jsonl needs file: What file is for",
                          "3:1 G104 unknown key \"fil\" for jsonl; did you mean \"file\"?"));
}

TEST(Pipeline, TablesOfTheWrongKindAreSaid) {
  EXPECT_THAT(lint(around("[[select]]\nlimit = 1\n")),
              ElementsAre("5:1 G105 [select] takes one bracket, since there is only one"));
  EXPECT_THAT(lint("run = 7\nstage = \"openai\"\n" + around("")),
              ElementsAre("1:7 G105 [run] is a table, not an integer",
                          "2:9 G105 [[stage]] takes two brackets and is a table, not a string"));
  EXPECT_THAT(lint("stage = [1]\n" + around("")),
              ElementsAre("1:10 G105 [[stage]] takes two brackets and is a table, not an integer"));
}

TEST(Pipeline, ASettingAtTheTopIsSentToItsTable) {
  EXPECT_THAT(lint("limit = 5\n" + around("")),
              ElementsAre("1:1 G104 unknown key \"limit\"; it belongs into [select]"));
  EXPECT_THAT(lint("zzzzzz = 5\n" + around("")),
              ElementsAre(StartsWith("1:1 G104 unknown key \"zzzzzz\"; at the top there are \"name\"")));
}

TEST(Pipeline, NamesMakeFileNames) {
  for (const char* bad : {"a/b", "", "..", ".hidden"})
    EXPECT_THAT(lint("name = \"" + std::string(bad) + "\"\n" + around("")),
                ElementsAre(StartsWith("1:8 G207 name cannot be")))
        << bad;
  EXPECT_THAT(lint("contact = \"a\\r\\nX: y\"\n[[source]]\nuse = \"jsonl\"\nfile = \"-\"\n" +
                   std::string(markdown_output)),
              ElementsAre("1:11 G209 contact holds a control character, \"a\\u000D\\u000AX: y\""));
}

TEST(Render, NeedsOutputsAlone) {
  Loading load;
  load.purpose = Purpose::render;
  const LoadResult result = load(markdown_output);
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(result.diagnostics, IsEmpty());
  EXPECT_EQ(result.pipeline.outputs.size(), 1U);
}

TEST(Render, DoesNotLookAtSourcesStagesAndTheirSecrets) {
  Loading load;
  load.purpose = Purpose::render;
  const LoadResult result = load(
      "[[source]]\nuse = \"gone\"\nfile = \"${env:NOPE}\"\n[[stage]]\nuse = \"openai\"\napi_key = "
      "\"${secret:NOPE}\"\n"
      "[select]\nmin = { nothing = 1 }\n" +
      std::string(markdown_output));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(result.diagnostics, IsEmpty());
  EXPECT_TRUE(result.pipeline.sources.empty());
}

TEST(Render, StillChecksTheOutputs) {
  Loading load;
  load.purpose = Purpose::render;
  EXPECT_THAT(lines_of(load("[[output]]\nuse = \"markdown\"\npth = \"x\"\n").diagnostics),
              ElementsAre(StartsWith("2:7 G205"), StartsWith("3:1 G104")));
  EXPECT_THAT(lines_of(load("").diagnostics), ElementsAre(StartsWith("1:1 G111 there is no [[output]]")));
}

}  // namespace
}  // namespace gleaner::host
