// gleaner plugin check against plugins with one fault each: that fault is found, named, and had again.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/child_process.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host::cli::test {
namespace {

using gleaner::test::ChildResult;
using gleaner::test::run_child;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAre;

std::string fault(const std::string& name) {
  return std::string(FAULTS) + "/fault-" + name + ".so";
}

ChildResult check(std::vector<std::string> words) {
  words.insert(words.begin(), {GLEANER_BINARY_DIR "/bin/gleaner", "plugin", "check"});
  return run_child(words);
}

/// What failed, by name, with what happened.
std::map<std::string, std::string> failures(const std::string& name, std::vector<std::string> words = {}) {
  words.insert(words.begin(), {fault(name), "--json"});
  const ChildResult result = check(words);
  std::map<std::string, std::string> out;
  const auto report = boost::json::parse(result.out);
  for (const auto& test : report.at("files").at(0).at("tests").as_array())
    if (test.at("result") == "failed")
      out[test.at("name").as_string().c_str()] = test.at("happened").as_string().c_str();
  EXPECT_EQ(result.exit, out.empty() ? 0 : 1) << result.err;
  return out;
}

std::vector<std::string> names(const std::map<std::string, std::string>& of) {
  std::vector<std::string> out;
  for (const auto& [name, happened] : of)
    out.push_back(name);
  return out;
}

TEST(Conformance, APluginWithoutFaultPasses) {
  EXPECT_THAT(names(failures("sound")), IsEmpty());
}

TEST(Conformance, ACrashIsAFailureOfThePluginNotOfTheTool) {
  const auto found = failures("crash", {"--only", "stage.takes_"});
  EXPECT_THAT(names(found), ElementsAre("stage.takes_a_bare_paper"));
  EXPECT_EQ(found.at("stage.takes_a_bare_paper").substr(0, 112),
            "it died of signal 11 (Segmentation fault) while judging a paper with no more than id and title");
}

TEST(Conformance, AHangIsKilledAtItsDeadlineAndNamed) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto begin = std::chrono::steady_clock::now();
  const auto found = failures("hang", {"--only", "stage.takes_a_bare_paper"});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(90));
  EXPECT_THAT(names(found), ElementsAre("stage.takes_a_bare_paper"));
  EXPECT_THAT(found.at("stage.takes_a_bare_paper"),
              StartsWith("it was still judging a paper with no more than id and title after "));
  EXPECT_THAT(found.at("stage.takes_a_bare_paper"), HasSubstr(" seconds, and was killed"));
}

TEST(Conformance, AnExitInsideThePluginIsAFailure) {
  const auto found = failures("exits", {"--only", "stage.takes_a_bare_paper"});
  EXPECT_EQ(found.at("stage.takes_a_bare_paper"),
            "it ended the process while judging a paper with no more than id and title");
}

TEST(Conformance, AScoreBeyondItsRangeIsFoundAlone) {
  const auto found = failures("range");
  EXPECT_THAT(names(found), Contains("stage.scores_lie_in_their_range"));
  EXPECT_THAT(found.at("stage.scores_lie_in_their_range"),
              HasSubstr("gave paper 0 (2505.00099) a score outside the range of relevance: 11.0"));
  EXPECT_THAT(names(found), Not(Contains("stage.verdicts_are_known")));
}

TEST(Conformance, ADropWithoutAReasonIsFound) {
  EXPECT_THAT(failures("reason", {"--only", "stage.drops_say_why"}).at("stage.drops_say_why"),
              HasSubstr("dropped paper 0 (2505.00099) without a reason."));
}

TEST(Conformance, AStageThatRemembersIsFound) {
  EXPECT_THAT(names(failures("memory")),
              UnorderedElementsAre("life.recovers_from_a_failure", "stage.batches_do_not_matter",
                                   "stage.order_does_not_matter", "stage.same_papers_same_verdicts"));
}

TEST(Conformance, AStageThatWritesIntoItsPapersIsFoundAlone) {
  EXPECT_THAT(names(failures("writes_input")), ElementsAre("stage.leaves_papers_untouched"));
}

TEST(Conformance, WordsOnStandardOutputAreFoundAlone) {
  const auto found = failures("talks");
  EXPECT_THAT(names(found), ElementsAre("life.writes_nothing_itself"));
  EXPECT_THAT(found.at("life.writes_nothing_itself"), HasSubstr("scoring"));
}

TEST(Conformance, ALeakIsFoundAlone) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "A sanitizer's allocator does not say what is in use.";
#endif
  EXPECT_THAT(names(failures("leaks")), ElementsAre("life.does_not_grow"));
}

TEST(Conformance, AnotherWorkingFolderIsFoundAlone) {
  const auto found = failures("folder");
  EXPECT_THAT(names(found), ElementsAre("life.leaves_the_process_alone"));
  EXPECT_THAT(found.at("life.leaves_the_process_alone"), HasSubstr("the working folder was "));
}

TEST(Conformance, WhatRunsAtLoadIsFoundAlone) {
  EXPECT_THAT(names(failures("at_load")), ElementsAre("file.nothing_runs_when_it_is_opened"));
}

TEST(Conformance, AForgottenFileIsFoundAlone) {
  const auto found = failures("half_file");
  EXPECT_THAT(names(found), Contains("output.leaves_no_file_open"));
  EXPECT_THAT(found.at("output.leaves_no_file_open"),
              HasSubstr("neither committed nor abandoned after deliver."));
}

TEST(Conformance, AnExampleThatIsRefusedIsAFailureAndTheRestIsSkipped) {
  const auto found = failures("silent");
  EXPECT_THAT(names(found), ElementsAre("create.works_with_its_examples"));
  EXPECT_EQ(found.at("create.works_with_its_examples"),
            "It refuses its own examples: Not that word. (it names \"/word\")");
  EXPECT_THAT(names(failures("silent", {"--set", "word=pruning"})), IsEmpty());
}

TEST(Conformance, WhereAValueIsMissingTheTestsAreSkippedNotPassed) {
  const ChildResult result = check({fault("wanting")});
  EXPECT_EQ(result.exit, 0);
  EXPECT_THAT(result.out, HasSubstr(" tests, scorer wanting: needs --set words=[…]\n"));
  const ChildResult given = check({fault("wanting"), "--set", "wanting.words=[\"moe\"]"});
  EXPECT_EQ(given.exit, 0);
  EXPECT_THAT(given.out, Not(HasSubstr("skipped")));
}

TEST(Conformance, AFailureIsHadAgainFromItsSeed) {
  const auto once = failures("reason", {"--only", "stage.takes_any_papers", "--reproduce", "4711"});
  const auto twice = failures("reason", {"--only", "stage.takes_any_papers", "--reproduce", "4711"});
  const auto other = failures("reason", {"--only", "stage.takes_any_papers", "--reproduce", "4712"});
  ASSERT_THAT(names(once), ElementsAre("stage.takes_any_papers"));
  EXPECT_EQ(once, twice);
  EXPECT_NE(once, other);
}

TEST(Conformance, AFailureSaysWhatWasExpectedWhatHappenedAndTheCommandForIt) {
  const ChildResult result = check({fault("range"), "--only", "stage.scores", "--reproduce", "7"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.out,
              HasSubstr("\nFAILED stage.scores_lie_in_their_range, scorer range\n"
                        "  expected: A score lies in the range its axis declares, or is left out.\n"
                        "  happened: "));
  EXPECT_THAT(result.out, HasSubstr("  again:    gleaner plugin check " + fault("range") +
                                    " --only stage.scores_lie_in_their_range --reproduce 7\n"));
  EXPECT_THAT(result.out, testing::EndsWith("\n0 passed, 1 failed.\n"));
}

TEST(Conformance, ATestThatDoesNotExistIsAMistakeOfTheCommandLine) {
  const ChildResult result = check({fault("sound"), "--only", "stage.papers_are_nice"});
  EXPECT_EQ(result.exit, 2);
  EXPECT_THAT(result.err, HasSubstr("no test is called \"stage.papers_are_nice\""));
  EXPECT_EQ(check({fault("sound"), "--set", "sound.word=1"}).exit, 2);
  EXPECT_EQ(check({fault("sound"), "--reproduce", "soon"}).exit, 2);
}

TEST(Conformance, TheListOfTestsReadsAsASpecification) {
  const ChildResult list = run_child({GLEANER_BINARY_DIR "/bin/gleaner", "list", "tests"});
  EXPECT_EQ(list.exit, 0);
  EXPECT_THAT(list.out, StartsWith("file: the library itself, before anything of it is called.\n\n"
                                   "  file.carries_a_stamp\n      The file is a shared library"));
  const ChildResult json = run_child({GLEANER_BINARY_DIR "/bin/gleaner", "list", "tests", "--json"});
  std::set<std::string> seen;
  const auto groups = boost::json::parse(json.out);
  for (const auto& group : groups.at("groups").as_array())
    for (const auto& test : group.at("tests").as_array()) {
      const std::string name = test.at("name").as_string().c_str();
      const std::string sentence = test.at("sentence").as_string().c_str();
      EXPECT_TRUE(seen.insert(name).second) << name;
      EXPECT_THAT(name, StartsWith(std::string(group.at("name").as_string().c_str()) + "."));
      EXPECT_TRUE(sentence.ends_with('.')) << name;
    }
  EXPECT_GE(seen.size(), 40U);
}

}  // namespace
}  // namespace gleaner::host::cli::test
