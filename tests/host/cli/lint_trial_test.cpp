// lint: what components themselves say of their options, once the file is right.
#include <string>

#include <boost/json.hpp>

#include "gleaner_program.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::is_sanitized;

/// A pipeline with these stages; the first of their lines is the sixth.
std::string with_stages(const std::string& stages) {
  return "contact = \"you@example.org\"\n\n[[source]]\nuse = \"jsonl\"\nfile = \"papers.jsonl\"\n" + stages +
         "\n[[output]]\nuse  = \"json\"\npath = \"out/{date}.json\"\n";
}

class LintTrial : public Gleaner {
 protected:
  ChildResult lint(const std::string& stages, bool as_json = false) const {
    write("p.toml", with_stages(stages));
    std::vector<std::string> words{"lint", "p.toml", "--plugin-path", CLI_PLUGINS "/trials"};
    if (as_json) words.emplace_back("--json");
    return gleaner(words);
  }
};

TEST_F(LintTrial, AParenthesisThatIsNotClosedIsFoundAtItsOption) {
  const ChildResult result = lint("[[stage]]\nuse   = \"terms\"\nwhere = \"(pruning OR roses\"\n");
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.out, StartsWith("p.toml:8:9: error[G406]: terms: where: "));
  EXPECT_THAT(result.out, HasSubstr("\nwhere = \"(pruning OR roses\"\n        ^\n"));
  EXPECT_EQ(result.err, "1 error, 0 warnings\n");
}

TEST_F(LintTrial, ARunSaysTheSameSentenceAtTheSamePlaceAndExitsTheSame) {
  const ChildResult result = lint("[[stage]]\nuse   = \"terms\"\nwhere = \"(pruning OR roses\"\n");
  const ChildResult run = gleaner({"run", "p.toml"});
  EXPECT_EQ(run.exit, result.exit);
  std::string sentence = result.out.substr(0, result.out.find('\n'));
  sentence.replace(sentence.find(": error[G406]: "), 15, ": ");
  EXPECT_THAT(run.err, HasSubstr(sentence));
}

TEST_F(LintTrial, EveryComponentThatRefusesIsNamedInOnePassAndInTheFilesOrder) {
  const ChildResult result = lint(
      "[[stage]]\nuse   = \"terms\"\nwhere = \"a AND\"\n"
      "[[stage]]\nuse   = \"age\"\nmax   = \"30d\"\nas_of = \"2025-02-29\"\n");
  EXPECT_EQ(result.exit, 78);
  const auto first = result.out.find("p.toml:8:9: error[G406]: terms: ");
  const auto second = result.out.find("p.toml:12:9: error[G406]: age: \"2025-02-29\" is not a day");
  EXPECT_LT(first, second) << result.out;
  EXPECT_NE(second, std::string::npos) << result.out;
  EXPECT_EQ(result.err, "2 errors, 0 warnings\n");
}

TEST_F(LintTrial, TheElementOfAListIsPointedAt) {
  const ChildResult result = lint("[[stage]]\nuse = \"category\"\nany = [\"cs.LG\", \"\"]\n");
  EXPECT_THAT(result.out, StartsWith("p.toml:8:17: error[G406]: category: ")) << result.out;
}

TEST_F(LintTrial, WhatAComponentThrowsIsSaidAtItsTable) {
  const ChildResult result = lint("[[stage]]\nuse = \"throws\"\n[[stage]]\nuse = \"crosses\"\n");
  EXPECT_EQ(result.exit, 78);
  EXPECT_THAT(result.out, HasSubstr("p.toml:6:1: error[G406]: throws: The moon is full.\n"));
  EXPECT_THAT(result.out,
              HasSubstr("p.toml:8:1: error[G406]: crosses: It threw something across the line; it "
                        "cannot run.\n"));
}

TEST_F(LintTrial, OneThatWantsMoreThanATrialGivesIsNotBlamed) {
  expect(lint("[[stage]]\nuse = \"keeps\"\n[[stage]]\nuse = \"content\"\n"), 0, "", "0 errors, 0 warnings\n");
}

TEST_F(LintTrial, NoSecretIsResolved) {
  const std::string stage = "[[stage]]\nuse = \"reveals\"\nkey = \"${secret:KEY}\"\n";
  const std::string secrets = "[secrets]\ncommand = [\"/bin/sh\", \"-c\", \"touch asked; echo {name}\"]\n";
  expect(lint(stage + secrets), 0, "", "0 errors, 0 warnings\n");
  EXPECT_FALSE(exists("asked"));
}

TEST_F(LintTrial, AFileThatIsMissingIsAWarningStillAndSaidOnce) {
  write("p.toml", with_stages("[[stage]]\nuse = \"authors\"\nfollow = \"nobody.txt\"\n"
                              "[[stage]]\nuse   = \"terms\"\nwhere = \"a AND\"\n"));
  const ChildResult result = gleaner({"lint", "p.toml"});
  EXPECT_THAT(result.out, StartsWith("p.toml:8:10: warning[G607]: ")) << result.out;
  EXPECT_THAT(result.out, HasSubstr("\np.toml:11:9: error[G406]: terms: "));
  EXPECT_EQ(result.err, "1 error, 1 warning\n");
}

TEST_F(LintTrial, AFileWithOtherMistakesIsNotTried) {
  const ChildResult result = lint("[[stage]]\nuse   = \"terms\"\nwhere = \"a AND\"\nwehre = 1\n");
  EXPECT_THAT(result.out, Not(HasSubstr("G406")));
  EXPECT_EQ(result.err, "1 error, 0 warnings\n");
}

TEST_F(LintTrial, WhatAComponentWarnsOfIsAWarningAtItsUseSaidOnce) {
  expect(lint("[[stage]]\nuse = \"cautions\"\n"), 0,
         "p.toml:7:7: warning[G608]: cautions: The papers stand before most of the prompt.\nuse = "
         "\"cautions\"\n      ^\np.toml:7:7: note[G609]: cautions: I am made.\nuse = \"cautions\"\n      ^\n",
         "0 errors, 1 warning, 1 note\n");
  expect(gleaner({"lint", "-q", "p.toml", "--plugin-path", CLI_PLUGINS "/trials"}), 0, "", "");
  const ChildResult run = gleaner({"run", "p.toml", "--plugin-path", CLI_PLUGINS "/trials"});
  EXPECT_EQ(run.exit, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("cautions: The papers stand before most of the prompt.\n"));
}

TEST_F(LintTrial, ProgramsGetThemWithTheirPlaces) {
  const auto all =
      boost::json::parse(lint("[[stage]]\nuse   = \"terms\"\nwhere = \"a AND\"\n", true).out).as_array();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("code"), "G406");
  EXPECT_EQ(all[0].at("severity"), "error");
  EXPECT_EQ(all[0].at("line"), 8);
  EXPECT_EQ(all[0].at("column"), 9);
}

TEST_F(LintTrial, ASetIsNamedAsSuch) {
  write("p.toml", with_stages("[[stage]]\nuse   = \"terms\"\nwhere = \"a\"\n"));
  EXPECT_THAT(gleaner({"lint", "p.toml", "--set", "terms.where='(a'"}).out,
              StartsWith("--set terms.where: error[G406]: terms: where: "));
}

TEST_F(LintTrial, NothingIsWritten) {
  (void)lint("[[stage]]\nuse = \"keeps\"\n[[stage]]\nuse = \"throws\"\n");
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    left.push_back(entry.path().filename().string());
  // But for what the host knows of its plugins, whoever asks first.
  for (const char* own : {".cache", "gleaner", "plugins.scan"})
    std::erase(left, own);
  EXPECT_THAT(left, ::testing::UnorderedElementsAre("p.toml", "garden.toml", "papers.jsonl"));
}

TEST_F(LintTrial, NoSocketThreadOrProcessIsStarted) {
  if (is_sanitized) GTEST_SKIP() << "a sanitizer's own library has to be the first that is preloaded";
  write("p.toml",
        "contact = \"you@example.org\"\n[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\n"
        "base_url = \"http://127.0.0.1:1\"\n[[stage]]\nuse = \"terms\"\nwhere = \"a AND\"\n"
        "[[stage]]\nuse = \"age\"\nmax = \"30d\"\n[[output]]\nuse = \"markdown\"\npath = \"out.md\"\n");
  ChildOptions watched = options();
  watched.environment.emplace_back("LD_PRELOAD", CLI_PLUGINS "/libwatched.so");
  // Plugins nobody has seen yet are looked at in a process of their own, by whichever verb comes first.
  EXPECT_EQ(gleaner({"list"}).exit, 0);
  const ChildResult lint = gleaner::test::run_child({executable(), "lint", "p.toml"}, watched);
  EXPECT_EQ(lint.exit, 78) << lint.err;
  EXPECT_THAT(lint.out, HasSubstr("G406"));
  EXPECT_EQ(lint.err, "1 error, 0 warnings\n");
  // The watch is awake: a run starts threads.
  const ChildResult run = gleaner::test::run_child(
      {executable(), "run", "p.toml", "--set", "terms.where=a", "--state", "none"}, watched);
  EXPECT_EQ(run.exit, 99) << run.err;
}

}  // namespace
}  // namespace gleaner::host::cli::test
