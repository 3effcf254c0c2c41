// run: what it prints where, and how it exits.
#include <algorithm>

#include <boost/json.hpp>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using RunVerb = Gleaner;

TEST_F(RunVerb, PrintsEachWrittenPathAndSumsUpOnStandardError) {
  const std::string at = folder.string();
  expect(gleaner({"run", "garden.toml", "--date", "2025-05-20"}), 0,
         at + "/out/2025-05-20.md\n" + at + "/out/2025-05-20.json\n",
         "2025-05-20: 3 announced, 3 scanned, 2 selected\n");
  EXPECT_TRUE(exists("out/2025-05-20.md"));
}

TEST_F(RunVerb, OutPutsRelativePathsElsewhere) {
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--out", "else"});
  EXPECT_THAT(result.out, StartsWith((folder / "else/out/2025-05-20.md").string() + "\n"));
  EXPECT_FALSE(exists("out"));
}

TEST_F(RunVerb, QuietSaysNothingButResults) {
  const ChildResult result = gleaner({"run", "-q", "garden.toml", "--date=2025-05-20"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, HasSubstr("2025-05-20.md\n"));
}

TEST_F(RunVerb, VerboseSaysHowManyWentWhere) {
  EXPECT_EQ(gleaner({"run", "-v", "garden.toml", "--date=2025-05-20"}).err,
            "gleaner: debug: source jsonl: 3 announced\n"
            "gleaner: debug: merge: 3 papers\n"
            "gleaner: debug: stage keyword: 3 judged, 0 dropped\n"
            "gleaner: debug: select: 2 selected, 0 unscored\n"
            "2025-05-20: 3 announced, 3 scanned, 2 selected\n");
}

TEST_F(RunVerb, JsonIsOneObjectARun) {
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--json"});
  ASSERT_EQ(result.exit, 0) << result.err;
  const auto run = boost::json::parse(result.out).as_object();
  EXPECT_EQ(run.at("date"), "2025-05-20");
  EXPECT_EQ(run.at("exit"), 0);
  EXPECT_EQ(run.at("counts").at("announced"), 3);
  EXPECT_EQ(run.at("counts").at("selected"), 2);
  for (const char* key : {"outputs", "usage", "receipt", "warnings"})
    EXPECT_TRUE(run.contains(key)) << key;
}

TEST_F(RunVerb, SetChangesThePipelineForThisTime) {
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--set", "select.limit=1",
                                      "--set", "markdown.path=page.md"});
  EXPECT_EQ(result.err, "2025-05-20: 3 announced, 3 scanned, 1 selected\n");
  EXPECT_TRUE(exists("page.md"));
}

TEST_F(RunVerb, ADryRunPrintsThePlanAndWritesNothing) {
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--dry-run"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr("keyword: 3 judged"));
  EXPECT_THAT(result.out, HasSubstr("output markdown: " + (folder / "out/2025-05-20.md").string()));
  EXPECT_FALSE(exists("out"));
}

TEST_F(RunVerb, AnOutputOnStandardOutputHasItForItself) {
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--set", "markdown.path=-"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, StartsWith("# Garden papers 2025-05-20\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("2025-05-20.json")));
  EXPECT_THAT(result.err, HasSubstr((folder / "out/2025-05-20.json").string() + "\n"));
}

TEST_F(RunVerb, JsonAndAnOutputOnStandardOutputExcludeEachOther) {
  expect(gleaner({"run", "garden.toml", "--json", "--set", "markdown.path=-"}), 2, "",
         "gleaner run: an output of the pipeline writes to standard output (path = \"-\"), where --json puts "
         "its results. "
         "See \"gleaner help run\".\n");
  EXPECT_FALSE(exists("out"));
}

TEST_F(RunVerb, AWrongPipelineExitsWith78AndShowsThePlace) {
  write("wrong.toml", pipeline + "pth = \"x\"\n");
  expect(
      gleaner({"run", "wrong.toml"}), 78, "",
      "wrong.toml:22:1: error[G104]: unknown key \"pth\" for json; did you mean \"path\"?\npth = \"x\"\n^\n");
  const ChildResult missing = gleaner({"run", "missing.toml"});
  EXPECT_EQ(missing.exit, 78);
  EXPECT_THAT(missing.err, StartsWith("missing.toml: error[G101]: "));
}

TEST_F(RunVerb, AMissingFeedIsNoDigest) {
  const ChildResult result =
      gleaner({"run", "garden.toml", "--date=2025-05-20", "--set", "jsonl.file=nowhere.jsonl"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("nowhere.jsonl"));
  EXPECT_THAT(result.err, ::testing::EndsWith("2025-05-20: no digest.\n"));
  EXPECT_FALSE(exists("out"));
}

TEST_F(RunVerb, AnErrorIsSaidOnce) {
  const ChildResult result =
      gleaner({"run", "garden.toml", "--date=2025-05-20", "--set", "jsonl.file=nowhere.jsonl"});
  EXPECT_EQ(result.err.find("nowhere.jsonl"), result.err.rfind("nowhere.jsonl")) << result.err;
}

TEST_F(RunVerb, AnOutputThatFailsIsNamed) {
  write("blocked", "a file where a folder is wanted");
  const ChildResult result =
      gleaner({"run", "garden.toml", "--date=2025-05-20", "--set", "json.path=blocked/x.json"});
  EXPECT_EQ(result.exit, 3);
  EXPECT_EQ(result.out, (folder / "out/2025-05-20.md").string() + "\n");
  EXPECT_THAT(result.err, HasSubstr("gleaner: error: "));
  EXPECT_THAT(result.err, ::testing::EndsWith("2 selected; not delivered: json\n"));
}

TEST_F(RunVerb, ARangeRunsEachDateOldestFirst) {
  const ChildResult result =
      gleaner({"run", "garden.toml", "--from=2025-05-19", "--to=2025-05-20", "--json"});
  const std::size_t older = result.out.find("\"date\":\"2025-05-19\"");
  const std::size_t newer = result.out.find("\"date\":\"2025-05-20\"");
  EXPECT_LT(older, newer);
  EXPECT_NE(newer, std::string::npos);
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
}

TEST_F(RunVerb, ABadPluginFileIsAWarningAndNoMore) {
  write("plugins/notes.so", "not a plugin");
  const ChildResult result = gleaner({"run", "garden.toml", "--date=2025-05-20", "--plugin-path", "plugins"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.err,
              StartsWith("gleaner: warning: " + (folder / "plugins/notes.so").string() + " is not used: "));
  EXPECT_EQ(gleaner({"run", "-q", "garden.toml", "--date=2025-05-20", "--plugin-path", "plugins"}).err, "");
}

TEST_F(RunVerb, StateNoneIsTaken) {
  EXPECT_EQ(gleaner({"run", "garden.toml", "--date=2025-05-20", "--state", "none"}).exit, 0);
}

TEST_F(RunVerb, AColourlessTerminalGetsNoColour) {
  ChildOptions terminal = options();
  terminal.terminal = true;
  terminal.environment.emplace_back("NO_COLOR", "1");
  const ChildResult result = gleaner::test::run_child(
      {executable(), "run", "garden.toml", "--date=2025-05-20", "--set=jsonl.file=no.jsonl"}, terminal);
  EXPECT_THAT(result.err, HasSubstr("gleaner: error: "));
  EXPECT_THAT(result.err, Not(HasSubstr("\033[3")));
  EXPECT_THAT(result.err, Not(HasSubstr("\033[0m")));
}

TEST_F(RunVerb, NothingIsDrawnWhereThereIsNoTerminal) {
  EXPECT_THAT(gleaner({"run", "garden.toml", "--date=2025-05-20"}).err, Not(HasSubstr("\r")));
}

}  // namespace
}  // namespace gleaner::host::cli::test
