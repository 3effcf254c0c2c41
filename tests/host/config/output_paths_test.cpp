// Outputs that would write the same file, and placeholders nobody fills in. An output's table begins on line
// 5 or later.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string output(std::string_view use, std::string_view path, std::string_view more = "") {
  return "[[output]]\nuse = \"" + std::string(use) + "\"\npath = \"" + std::string(path) + "\"\n" +
         std::string(more);
}

/// Two outputs: the paths' values stand at 7:8 and 10:8.
std::string two(std::string_view first, std::string_view second) {
  return std::string(arxiv_source) + output("markdown", first) + output("jsonl", second);
}

std::vector<std::string> with_set(std::string_view text, std::string key, std::string value) {
  Loading load;
  load.sets = {{std::move(key), std::move(value)}};
  return lines_of(load(text).diagnostics);
}

constexpr std::string_view same_file =
    "10:8 G210 path of jsonl is the same file as that of markdown on line 7, which would be overwritten; "
    "give "
    "each output a path of its own";

TEST(OutputPaths, TwoOfOneFileAreAnErrorAtTheSecond) {
  EXPECT_THAT(lint(two("out/{date}.md", "out/{date}.md")), ElementsAre(same_file));
}

TEST(OutputPaths, AreComparedAsTheRunResolvesThem) {
  EXPECT_THAT(lint(two("out/x.md", "./out/../out//x.md")), ElementsAre(same_file));
  EXPECT_THAT(lint(two("out/p.md", "out/{pipeline}.md")), ElementsAre(same_file));  // p.toml
  const Loading load;
  const std::string whole = (load.folder.path() / "x.md").string();
  EXPECT_THAT(lines_of(load(two("x.md", whole)).diagnostics), ElementsAre(same_file));
}

TEST(OutputPaths, OtherFilesAreNoMistake) {
  EXPECT_THAT(lint(two("out/{date}.md", "out/{date}.jsonl")), IsEmpty());
  EXPECT_THAT(lint(two("out/x.md", "Out/x.md")), IsEmpty());
  EXPECT_THAT(lint(two("-", "./-")), IsEmpty());  // a file named "-"
}

TEST(OutputPaths, StandardOutputTakesOnlyOne) {
  EXPECT_THAT(
      lint(two("-", "-")),
      ElementsAre("10:8 G210 path of jsonl is standard output like that of markdown on line 7; only one "
                  "output can write there"));
}

TEST(OutputPaths, EachThatIsTooManyIsReported) {
  const std::string text = std::string(arxiv_source) + output("markdown", "a") + output("markdown", "a") +
                           output("jsonl", "b") + output("markdown", "a");
  EXPECT_THAT(lint(text),
              ElementsAre(testing::StartsWith("10:8 G210 path of markdown-2 is the same file as that "
                                              "of markdown on line 7,"),
                          testing::StartsWith("16:8 G210 path of markdown-3 is the same file as that "
                                              "of markdown on line 7,")));
}

TEST(OutputPaths, ASetThatMakesThemOneIsToBlame) {
  EXPECT_THAT(
      with_set(two("a", "b"), "output.jsonl.path", "a"),
      ElementsAre("--set output.jsonl.path G210 path of jsonl is the same file as that of markdown on line "
                  "7, which would be overwritten; give each output a path of its own"));
  EXPECT_THAT(
      with_set(two("a", "b"), "markdown.path", "b"),
      ElementsAre("--set markdown.path G210 path of markdown is the same file as that of jsonl on line 10, "
                  "which would be overwritten; give each output a path of its own"));
  EXPECT_THAT(with_set(two("a", "a"), "markdown.path", "b"), IsEmpty());
}

TEST(OutputPaths, TwoSetsNameEachOther) {
  Loading load;
  load.sets = {{"markdown.path", "-"}, {"output.jsonl.path", "-"}};
  EXPECT_THAT(
      lines_of(load(two("a", "b")).diagnostics),
      ElementsAre("--set output.jsonl.path G210 path of jsonl is standard output like that of markdown "
                  "(--set markdown.path); only one output can write there"));
}

TEST(OutputPaths, OfDifferentWeekdaysMayBeOneFile) {
  const std::string head(arxiv_source);
  const std::string monday = output("markdown", "x", "when = \"weekday:mon\"\n");
  EXPECT_THAT(lint(head + monday + output("jsonl", "x", "when = \"weekday:tue,wed\"\n")), IsEmpty());
  EXPECT_THAT(lint(head + monday + output("jsonl", "x", "when = \"weekday:fri,mon\"\n")),
              ElementsAre(testing::StartsWith("11:8 G210 ")));
  EXPECT_THAT(lint(head + monday + output("jsonl", "x")), ElementsAre(testing::StartsWith("11:8 G210 ")));
}

TEST(OutputPaths, AreCheckedForRunAndRenderToo) {
  for (const Purpose purpose : {Purpose::run, Purpose::render}) {
    Loading load;
    load.purpose = purpose;
    EXPECT_FALSE(load(two("a", "a")).ok);
    EXPECT_FALSE(load(two("{dat}", "b")).ok);
  }
}

std::vector<std::string> of_path(std::string_view path) {
  return lint(std::string(arxiv_source) + output("markdown", path));
}

TEST(Placeholders, AnUnknownOneIsAnErrorWithASuggestion) {
  EXPECT_THAT(of_path("out/{dat}.md"),
              ElementsAre("7:8 G211 path of markdown has the unknown placeholder \"{dat}\"; did you mean "
                          "\"{date}\"?"));
  EXPECT_THAT(of_path("out/{Date}.md"), ElementsAre(testing::HasSubstr("did you mean \"{date}\"?")));
  EXPECT_THAT(of_path("{pipelin}"), ElementsAre(testing::HasSubstr("did you mean \"{pipeline}\"?")));
  EXPECT_THAT(of_path("{form}"), ElementsAre(testing::HasSubstr("did you mean \"{from}\"?")));
}

TEST(Placeholders, OneLikeNoOtherGetsTheListOfThem) {
  EXPECT_THAT(of_path("out/{%Y-%m}.md"),
              ElementsAre("7:8 G211 path of markdown has the unknown placeholder \"{%Y-%m}\"; there are "
                          "\"{date}\", \"{pipeline}\", \"{from}\", \"{to}\""));
}

TEST(Placeholders, EveryUnknownOneIsReported) {
  EXPECT_THAT(of_path("{dat}/{date}/{too}"),
              ElementsAre(testing::HasSubstr("\"{dat}\""), testing::HasSubstr("\"{too}\"")));
}

TEST(Placeholders, OneWithoutItsBraceIsAnError) {
  EXPECT_THAT(of_path("out/{date.md"),
              ElementsAre("7:8 G211 path of markdown has a \"{\" without its \"}\"; there are \"{date}\", "
                          "\"{pipeline}\", \"{from}\", \"{to}\""));
  EXPECT_THAT(of_path("{date/x}.md"), ElementsAre(testing::HasSubstr("a \"{\" without its \"}\"")));
}

// A run replaces the four words with their braces wherever they stand and keeps every other character.
TEST(Placeholders, BracesAroundAKnownOneStay) {
  EXPECT_THAT(of_path("{date}{pipeline}_{from}-{to}"), IsEmpty());
  EXPECT_THAT(of_path("{{date}}.md"), IsEmpty());
  EXPECT_THAT(of_path("a{}b}.md"), IsEmpty());
  EXPECT_THAT(of_path("{{dat}}.md"), ElementsAre(testing::HasSubstr("unknown placeholder \"{dat}\"")));
}

TEST(Placeholders, ASetIsCheckedToo) {
  EXPECT_THAT(with_set(two("a", "b"), "markdown.path", "{day}.md"),
              ElementsAre(testing::StartsWith("--set markdown.path G211 ")));
}

TEST(Placeholders, AreForTheOutputsPathAlone) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"authors\"\nfollow = \"{who}.txt\"\n")),
              ElementsAre(testing::HasSubstr("which does not exist")));
  EXPECT_THAT(lint(two("a", "b") + "date_format = \"{dat}\"\n"),
              ElementsAre(testing::HasSubstr("G104")));  // jsonl has no such key
}

}  // namespace
}  // namespace gleaner::host
