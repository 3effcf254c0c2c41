// A worker that dies: who is named, what is kept, and that everybody else goes on.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class IsolatedCrash : public PipelineRun {
 protected:
  static std::string many(int papers) {
    return "[[source]]\nuse = \"many\"\ncount = " + std::to_string(papers) + "\n";
  }
  static std::string stage(const std::string& use, const std::string& how, const std::string& on,
                           const std::string& more = "isolate = \"process\"\n") {
    return "[[stage]]\nuse = \"" + use + "\"\nhow = \"" + how + "\"\non = \"" + on + "\"\n" + more;
  }
  static std::vector<std::string> flags_unscored(const RunResult& result) {
    return ids(result.digest.unscored_papers);
  }
};

TEST_F(IsolatedCrash, NamesStagePluginVersionSignalAndPaper) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(300) + stage("beast", "segv", "p000100")));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(
      result.errors,
      ElementsAre("beast: the scorer \"beast\" 1.2.0 (isolation-beasts.so) crashed with SIGSEGV while it "
                  "judged p000100; the paper is left unjudged and the others were judged in a new "
                  "process."));
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("p000100"));
  EXPECT_EQ(result.digest.papers.size(), 299U);
}

TEST_F(IsolatedCrash, OnErrorSkipDropsThePaperAlone) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(
      with(many(300) + stage("beast", "abort", "p000100", "isolate = \"process\"\non_error = \"skip\"\n")));
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("crashed with SIGABRT while it judged p000100;")));
  EXPECT_THAT(ids(result.digest.unscored_papers), IsEmpty());
  EXPECT_EQ(result.digest.papers.size(), 299U);
}

TEST_F(IsolatedCrash, OnErrorStopEndsTheRun) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result =
      run(with(many(20) + stage("beast", "segv", "p000010", "isolate = \"process\"\non_error = \"stop\"\n")));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("crashed with SIGSEGV while it judged p000010;")));
}

TEST_F(IsolatedCrash, AFilterThatSaysNothingIsFoundOutByHalves) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(256) + stage("silent", "segv", "p000200") + stage("beast", "", "", "")));
  EXPECT_THAT(result.errors,
              ElementsAre(HasSubstr("crashed with SIGSEGV while it judged p000200; the paper is left "
                                    "unjudged and the others were judged in a new process.")));
  EXPECT_EQ(result.digest.papers.size(), 256U);
}

TEST_F(IsolatedCrash, TwoPapersAreBothNamed) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(256) + stage("beast", "segv", "p000020 p000021")));
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("while it judged p000020 and p000021; the papers are left "
                                                   "unjudged and the others were judged")));
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("p000020", "p000021"));
}

TEST_F(IsolatedCrash, AfterThreePapersTheStageIsGivenUp) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(600) + stage("beast", "segv", "p000020 p000021 p000022")));
  EXPECT_THAT(result.errors, ElementsAre(HasSubstr("it is not asked any more")));
  EXPECT_EQ(result.digest.papers.size(), 20U);
  EXPECT_EQ(result.digest.unscored_papers.size(), 580U);
}

TEST_F(IsolatedCrash, OneThatDoesNotComeBackIsAWarning) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result =
      run(with(many(50) + stage("beast", "once", "p000010", "mark = \"mark\"\nisolate = \"process\"\n")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(result.digest.papers.size(), 50U);
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre("beast: the scorer \"beast\" 1.2.0 (isolation-beasts.so) crashed with SIGSEGV once, and "
                  "not again in a new process: every paper was judged."));
}

TEST_F(IsolatedCrash, AStageThatCostsIsNotAskedAgain) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result =
      run(with(many(50) + stage("costly", "segv", "p000010", "mark = \"asked\"\nisolate = \"process\"\n")));
  EXPECT_THAT(result.errors,
              ElementsAre(HasSubstr("while it probably judged p000010; it costs requests, so it was "
                                    "not asked again, and 40 papers are left unjudged.")));
  const auto asked = read("asked");
  EXPECT_EQ(std::count(asked.begin(), asked.end(), '\n'), 11);
  EXPECT_EQ(result.digest.papers.size(), 10U);
}

TEST_F(IsolatedCrash, ExitIsNoSuccess) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(20) + stage("beast", "exit", "p000003")));
  EXPECT_THAT(result.errors,
              ElementsAre(HasSubstr("ended its process with exit code 0 while it judged p000003;")));
}

TEST_F(IsolatedCrash, ACopyThatForksAndComesBackIsNotHeard) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(20) + stage("beast", "fork", "p000003")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_EQ(result.digest.papers.size(), 20U);
}

TEST_F(IsolatedCrash, ASourceThatDiesBringsNothingLikeAnyThatFails) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(
      many(5) + "[[source]]\nuse = \"spring\"\nhow = \"segv\"\non = \"p1400\"\nisolate = \"process\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors,
              ElementsAre("spring: the source \"spring\" 1.2.0 (isolation-beasts.so) crashed with "
                          "SIGSEGV while it fetched."));
  EXPECT_EQ(result.digest.papers.size(), 5U);
}

TEST_F(IsolatedCrash, AnOutputLeavesNoHalfFile) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result =
      run(with(many(3) + "[[output]]\nuse = \"page\"\nhow = \"segv\"\npath = \"page.txt\"\nisolate = "
                         "\"process\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors,
              ElementsAre(HasSubstr("the output \"page\" 1.2.0 (isolation-beasts.so) crashed with "
                                    "SIGSEGV while it delivered.")));
  EXPECT_THAT(left_behind(), ElementsAre("digest.json"));
}

TEST_F(IsolatedCrash, AtCreationItIsAFailureOfThePipeline) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(3) + stage("mayfly", "segv", "create")));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors,
              ElementsAre("mayfly: the scorer \"mayfly\" 1.2.0 (isolation-beasts.so) crashed with "
                          "SIGSEGV while it was created."));
}

TEST_F(IsolatedCrash, AtTheEndItIsAWarning) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  const auto result = run(with(many(3) + stage("mayfly", "segv", "destroy")));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(log(),
              HasSubstr("mayfly: the scorer \"mayfly\" 1.2.0 (isolation-beasts.so) crashed with SIGSEGV "
                        "while it was destroyed."));
}

}  // namespace
}  // namespace gleaner::host
