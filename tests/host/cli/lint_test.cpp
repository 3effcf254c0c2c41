// lint and explain: mistakes in pipeline files.
#include <regex>

#include <boost/json.hpp>

#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using Lint = Gleaner;

TEST_F(Lint, AFileWithoutMistakesPrintsNothing) {
  expect(gleaner({"lint", "garden.toml"}), 0, "", "0 errors, 0 warnings\n");
}

TEST_F(Lint, AMistakeIsPrintedWithItsPlaceAndExits78) {
  expect(gleaner({"lint", "garden.toml", "--set", "select.limt=3"}), 78,
         "--set select.limt: error[G104]: unknown key \"limt\" for [select]; did you mean \"limit\"?\n",
         "1 error, 0 warnings\n");
  write("wrong.toml", pipeline + "pth = \"x\"\n");
  const ChildResult result = gleaner({"lint", "wrong.toml"});
  expect(
      result, 78,
      "wrong.toml:22:1: error[G104]: unknown key \"pth\" for json; did you mean \"path\"?\npth = \"x\"\n^\n",
      "1 error, 0 warnings\n");
}

TEST_F(Lint, AllFilesAreCheckedAndCountedTogether) {
  write("one.toml", pipeline + "a = 1\n");
  write("two.toml", pipeline + "b = 1\n");
  const ChildResult result = gleaner({"lint", "one.toml", "garden.toml", "two.toml", "missing.toml"});
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.out, HasSubstr("one.toml:22:1: error[G104]"));
  EXPECT_THAT(result.out, HasSubstr("two.toml:22:1: error[G104]"));
  EXPECT_THAT(result.out, HasSubstr("missing.toml: error[G101]"));
  EXPECT_EQ(result.err, "3 errors, 0 warnings\n");
}

TEST_F(Lint, WarningsAloneExitWith0) {
  write("warned.toml",
        "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\n[[output]]\nuse = \"json\"\npath = \"x\"\n");
  const ChildResult result = gleaner({"lint", "warned.toml"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr("warning[G603]"));
  EXPECT_EQ(result.err, "0 errors, 1 warning\n");
  expect(gleaner({"lint", "-q", "warned.toml"}), 0, "", "");
}

TEST_F(Lint, JsonIsOneArrayOfAllFiles) {
  write("one.toml", pipeline + "a = 1\n");
  const auto all = boost::json::parse(gleaner({"lint", "--json", "one.toml", "missing.toml"}).out).as_array();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("code"), "G104");
  EXPECT_EQ(all[0].at("line"), 22);
  EXPECT_EQ(all[1].at("file"), "missing.toml");
  EXPECT_EQ(gleaner({"lint", "--json", "garden.toml"}).out, "[]\n");
}

TEST_F(Lint, AFileThatIsNotThereIsAWarningOfLintAlone) {
  const std::string set = "source.jsonl.file=gone.jsonl";
  expect(
      gleaner({"lint", "garden.toml", "--set", set}), 0,
      "--set source.jsonl.file: warning[G607]: file of jsonl names the file \"gone.jsonl\", which does not "
      "exist; relative paths start at the folder of the pipeline file\n",
      "0 errors, 1 warning\n");
  EXPECT_THAT(gleaner({"run", "garden.toml", "--set", set}).err, Not(HasSubstr("G607")));
}

TEST_F(Lint, EveryPlaceholderItTakesIsFilledInByARun) {
  const std::string set = "json.path=out/{date}_{pipeline}_{from}_{to}.json";
  expect(gleaner({"lint", "garden.toml", "--set", set}), 0, "", "0 errors, 0 warnings\n");
  EXPECT_EQ(gleaner({"run", "garden.toml", "--set", set}).exit, 0);
  EXPECT_TRUE(exists("out/2025-05-20_garden_2025-05-20_2025-05-20.json"));
}

TEST_F(Lint, TwoOutputsOfOneFileAreRefusedByARunToo) {
  const std::vector<std::string> words{"garden.toml", "--set", "json.path=out/{date}.md"};
  const std::string error =
      "--set json.path: error[G210]: path of json is the same file as that of markdown on line 17, which "
      "would "
      "be overwritten; give each output a path of its own\n";
  expect(gleaner({"lint", words[0], words[1], words[2]}), 78, error, "1 error, 0 warnings\n");
  expect(gleaner({"run", words[0], words[1], words[2]}), 78, "", error);
  EXPECT_FALSE(exists("out"));
}

// What a plugin says of an option during the run.
TEST_F(Lint, ARunSaysThePlaceOfASetAsLintDoes) {
  const std::string err = gleaner({"run", "garden.toml", "--set", "keyword.positive={}"}).err;
  EXPECT_THAT(err, HasSubstr("--set keyword.positive: keyword: "));
  EXPECT_THAT(err, Not(HasSubstr(":0")));
}

TEST_F(Lint, NothingIsWrittenOrFetched) {
  EXPECT_EQ(gleaner({"lint", "garden.toml"}).exit, 0);
  EXPECT_FALSE(exists("out"));
}

using Explain = Gleaner;

TEST_F(Explain, SaysWhatACodeMeansHoweverItIsWritten) {
  const ChildResult result = gleaner({"explain", "G104"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, StartsWith("G104: "));
  EXPECT_EQ(gleaner({"explain", "g104"}).out, result.out);
  EXPECT_EQ(gleaner({"explain", "104"}).out, result.out);
}

TEST_F(Explain, MendsWithComponentsThatAreInstalled) {
  const std::string installed = gleaner({"list", "--json"}).out;
  const std::regex row("\\b(G[0-9]{3})  ");
  const std::regex use("use *= \"([^\"]+)\"");
  const std::string codes = gleaner({"explain"}).out;
  std::size_t named = 0;
  for (std::sregex_iterator code(codes.begin(), codes.end(), row), end; code != end; ++code) {
    const std::string text = gleaner({"explain", (*code)[1]}).out;
    EXPECT_THAT(text, Not(HasSubstr("openai")));
    const std::string mended = text.substr(text.find("To mend it:"));
    for (std::sregex_iterator each(mended.begin(), mended.end(), use); each != end; ++each, ++named)
      EXPECT_THAT(installed, HasSubstr("\"name\": \"" + (*each)[1].str() + "\"")) << text;
  }
  EXPECT_GT(named, 5U);
}

TEST_F(Explain, WithoutACodeListsThemAll) {
  const ChildResult result = gleaner({"explain"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, StartsWith("G101  "));
  EXPECT_THAT(result.out, HasSubstr("\nG603  "));
  EXPECT_THAT(result.out, HasSubstr("(warning)\n"));
}

}  // namespace
}  // namespace gleaner::host::cli::test
