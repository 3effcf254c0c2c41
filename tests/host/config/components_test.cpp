// `use`, reserved keys and what a component asks of the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

/// An output with more lines, the first on line 8.
std::string output(std::string_view lines) {
  return around("") + std::string(lines) + "\n";
}
std::string stage(std::string_view lines) {
  return around("[[stage]]\nuse = \"keyword\"\n" + std::string(lines) + "\n");
}

TEST(Components, AnUnknownOneGetsASuggestionOrTheList) {
  EXPECT_THAT(lint(around("[[output]]\nuse = \"markdwn\"\npath = \"x\"\n")),
              ElementsAre("6:7 G401 unknown output \"markdwn\"; did you mean \"markdown\"?"));
  EXPECT_THAT(lint(around("[[output]]\nuse = \"telegraph\"\n")),
              ElementsAre("6:7 G401 unknown output \"telegraph\"; installed are \"markdown\", \"jsonl\""));
}

TEST(Components, OneOfAnotherKindIsSentToItsPlace) {
  EXPECT_THAT(lint(around("[[output]]\nuse = \"keyword\"\n")),
              ElementsAre("6:7 G401 keyword is a scorer, not an output; it goes into [[stage]]"));
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"arxiv\"\ncategories = []\n")),
              ElementsAre("6:7 G401 arxiv is a source, not a stage; it goes into [[source]]"));
}

TEST(Components, WithoutAnyInstalledTheListIsNamed) {
  Folder folder;
  LoadRequest request;
  request.path = folder.write("p.toml", "[[source]]\nuse = \"x\"\n[[output]]\nuse = \"y\"\n");
  EXPECT_THAT(
      lines_of(load_pipeline(request).diagnostics),
      ElementsAre("2:7 G401 unknown source \"x\"; no source is installed, `gleaner list` shows what is",
                  "4:7 G401 unknown output \"y\"; no output is installed, `gleaner list` shows what is"));
}

TEST(Components, UseIsRequiredAndAString) {
  EXPECT_THAT(
      lint(around("[[stage]]\nname = \"x\"\n")),
      ElementsAre(
          "5:1 G403 this [[stage]] has no `use`; write use = \"NAME\", `gleaner list` shows the names"));
  EXPECT_THAT(lint(around("[[stage]]\nuse = 5\n")),
              ElementsAre("6:7 G201 use wants a string, not an integer; put it in quotes"));
}

TEST(Components, EveryMissingOptionIsSaidAtTheUse) {
  EXPECT_THAT(
      lint(around("[[stage]]\nuse = \"strict\"\nmode = \"fast\"\n")),
      ElementsAre("6:7 G205 strict needs depth: What depth is for", StartsWith("6:7 G205 strict needs pause"),
                  StartsWith("6:7 G205 strict needs key"), StartsWith("6:7 G205 strict needs weights"),
                  StartsWith("6:7 G205 strict needs more")));
}

TEST(Components, ATopLevelKeyBelowATableIsSentUp) {
  EXPECT_THAT(lint(stage("title = \"x\"")),
              ElementsAre("7:1 G104 unknown key \"title\" for keyword; it belongs at the top of the file, "
                          "above the first [table]"));
}

TEST(Components, ADeprecatedOptionIsAWarning) {
  EXPECT_THAT(lint(around("[[stage]]\nuse = \"openai\"\nmodel = \"m\"\nengine = \"e\"\n")),
              ElementsAre("8:10 G604 engine of openai is deprecated: use model instead"));
}

TEST(Reserved, AreReadIntoTheirFields) {
  const LoadResult result = Loading()(
      output("name = \"page\"\nwhen = \"weekday:mon,thu\"\non_error = \"stop\"\ntimeout = \"1m\"\nretry = 0\n"
             "isolate = \"process\"\nlimit = 5\ntop = 3\nsections = [\"papers\"]"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const ComponentConfig& page = result.pipeline.outputs.at(0);
  EXPECT_EQ(page.name, "page");
  EXPECT_EQ(page.when.rule, When::Rule::weekday);
  EXPECT_EQ(page.when.weekdays, 0b0001001U);
  EXPECT_EQ(page.on_error, OnError::stop);
  EXPECT_EQ(page.timeout, std::chrono::minutes(1));
  EXPECT_EQ(page.retry, 0);
  ASSERT_TRUE(page.isolate);
  EXPECT_EQ(page.isolate->deadline, std::chrono::seconds(60));
  EXPECT_EQ(page.isolate->memory, 1073741824U);
  EXPECT_EQ(page.isolate->files, 64U);
  EXPECT_EQ(page.limit, 5U);
  EXPECT_EQ(page.top, 3U);
  EXPECT_THAT(page.sections, ElementsAre("papers"));
}

TEST(Reserved, DefaultsDependOnTheSection) {
  const LoadResult result = Loading()(stage(""));
  EXPECT_EQ(result.pipeline.sources.at(0).on_error, OnError::skip);
  EXPECT_EQ(result.pipeline.stages.at(0).on_error, OnError::keep);
  EXPECT_EQ(result.pipeline.outputs.at(0).on_error, OnError::skip);
  EXPECT_EQ(result.pipeline.outputs.at(0).when.rule, When::Rule::always);
  EXPECT_EQ(result.pipeline.outputs.at(0).timeout, std::nullopt);
}

TEST(Reserved, SomeAreForOutputsAlone) {
  EXPECT_THAT(
      lint(stage("when = \"always\"\nlimit = 1\ntop = 1\nsections = []")),
      ElementsAre("7:1 G107 \"when\" is for outputs; keyword is a stage", StartsWith("8:1 G107 \"limit\""),
                  StartsWith("9:1 G107 \"top\""), StartsWith("10:1 G107 \"sections\"")));
}

TEST(Reserved, OnlyStagesCanKeep) {
  EXPECT_THAT(lint(stage("on_error = \"keep\"")), IsEmpty());
  EXPECT_THAT(
      lint(output("on_error = \"keep\"")),
      ElementsAre("8:12 G202 on_error of markdown cannot be \"keep\"; it is one of \"skip\", \"stop\""));
}

TEST(Reserved, WrongValuesAreSaid) {
  EXPECT_THAT(lint(output("when = \"mondays\"\ntimeout = \"0s\"\nretry = -1\nlimit = 0\nisolate = "
                          "\"thread\"\nname = \"a.b\"")),
              ElementsAre("8:8 G206 when of markdown cannot be \"mondays\"; write always, selected, "
                          "incomplete or weekday:mon,thu",
                          "9:11 G203 timeout of markdown must be at least 1ms, not 0s",
                          "10:9 G203 retry of markdown must be between 0 and 100, not -1",
                          "11:9 G203 limit of markdown must be at least 1, not 0",
                          "12:11 G202 isolate of markdown cannot be \"thread\"; it is one of \"process\"",
                          "13:8 G207 name cannot be \"a.b\"; it takes letters, digits, '-' and '_'"));
}

TEST(Reserved, IsolateTakesATableOfLimits) {
  const LoadResult result =
      Loading()(stage("isolate = { deadline = \"1500ms\", memory = \"512 MiB\", files = 32 }"));
  ASSERT_TRUE(result.ok) << testing::PrintToString(lines_of(result.diagnostics));
  const auto& isolate = result.pipeline.stages.at(0).isolate;
  ASSERT_TRUE(isolate);
  EXPECT_EQ(isolate->deadline, std::chrono::milliseconds(1500));
  EXPECT_EQ(isolate->memory, 536870912U);
  EXPECT_EQ(isolate->files, 32U);
}

TEST(Reserved, EveryWrongLimitIsSaidAtItsPlace) {
  EXPECT_THAT(
      lint(stage("isolate = { deadlin = \"1s\", deadline = 5, memory = 512, files = 3 }")),
      ElementsAre("7:13 G104 unknown key \"deadlin\" for isolate of keyword; did you mean \"deadline\"?",
                  "7:40 G204 deadline of isolate of keyword wants a duration in quotes, like \"30s\", not "
                  "an integer; write \"5s\" if seconds are meant",
                  "7:52 G213 memory of isolate of keyword wants an amount in quotes, like \"1GiB\", not an "
                  "integer",
                  "7:65 G203 files of isolate of keyword must be between 16 and 65536, not 3"));
  EXPECT_THAT(
      lint(stage("isolate = { memory = \"1 gig\" }")),
      ElementsAre("7:22 G213 memory of isolate of keyword wants a whole number and a unit (KiB, MiB or GiB), "
                  "like \"1GiB\", not \"1 gig\""));
  EXPECT_THAT(lint(stage("isolate = { memory = \"1KiB\" }")),
              ElementsAre("7:22 G203 memory of isolate of keyword must be at least 16MiB, not 1KiB"));
}

TEST(Reserved, WhenTakesEveryWeekday) {
  for (const char* bad : {"weekday:", "weekday:monday", "weekday:mon,", "Always", ""})
    EXPECT_THAT(lint(output("when = \"" + std::string(bad) + "\"")), ElementsAre(StartsWith("8:8 G206")))
        << bad;
  const LoadResult result = Loading()(output("when = \"weekday:mon, tue,wed,thu,fri,sat,sun\""));
  EXPECT_EQ(result.pipeline.outputs.at(0).when.weekdays, 0b1111111U);
}

std::string arxiv(std::string_view lines) {
  return "contact = \"me\"\n[[source]]\nuse = \"arxiv\"\ncategories = []\n" + std::string(lines) + "\n" +
         std::string(markdown_output);
}

TEST(Politeness, TheSiteIsNotAskedMoreOftenThanItWants) {
  EXPECT_THAT(lint(arxiv("interval = \"1s\"")),
              ElementsAre("5:12 G405 interval of arxiv must be at least 3s, as the site asks; only another "
                          "base_url may be asked more often"));
  EXPECT_THAT(lint(arxiv("interval = \"10s\"")), IsEmpty());
}

TEST(Politeness, AServerOfYourOwnMayBeAskedAtOnce) {
  EXPECT_THAT(lint(arxiv("interval = \"0s\"\nbase_url = \"http://127.0.0.1:8080\"")), IsEmpty());
}

TEST(Politeness, AnotherSpellingOfTheSiteIsTheSite) {
  EXPECT_THAT(lint(arxiv("interval = \"0s\"\nbase_url = \"https://RSS.arxiv.org:443/rss\"")),
              ElementsAre(StartsWith("5:12 G405")));
  EXPECT_THAT(lint(arxiv("interval = \"0s\"\nbase_url = \"http://export.arxiv.org\"")),
              ElementsAre(StartsWith("5:12 G405")));
}

TEST(Politeness, WithoutAContactThereIsOneWarning) {
  EXPECT_THAT(
      lint("[[source]]\nuse = \"arxiv\"\ncategories = []\n[[source]]\nuse = \"arxiv\"\ncategories = []\n" +
           std::string(markdown_output)),
      ElementsAre("2:7 G603 the site that arxiv asks wants to know whom to write to; put contact = "
                  "\"you@example.org\" at the top of "
                  "the file"));
  EXPECT_THAT(lint("[[source]]\nuse = \"jsonl\"\nfile = \"-\"\n" + std::string(markdown_output)), IsEmpty());
}

}  // namespace
}  // namespace gleaner::host
