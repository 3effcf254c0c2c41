#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What a plugin returns is checked, always: each of these breaks one rule on paper "a" and judges "b" well.
class Checks : public PipelineRun {
 protected:
  RunResult run_fault(const std::string& fault, const std::string& more = {}) {
    return run(with(
        "[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\"]\n[[stage]]\nuse = \"faulty\"\nfault = \"" +
        fault + "\"\n" + more));
  }
};

TEST_F(Checks, AVerdictWithoutMeaningIsPassedOn) {
  const auto result = run_fault("verdict");
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a", "b"));
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("faulty: It gave a the verdict 77, which has no meaning here; it was passed on."));
}

TEST_F(Checks, AScoreOutOfRangeIsNotTaken) {
  const auto result = run_fault("range");
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("a"));
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("b"));
  EXPECT_THAT(result.digest.warnings, ElementsAre("faulty: It gave a the score 11 on the axis relevance, "
                                                  "which goes from 1 to 10; the score was not taken."));
}

TEST_F(Checks, AnInfiniteScoreIsNotTaken) {
  EXPECT_THAT(ids(run_fault("infinity").digest.unscored_papers), ElementsAre("a"));
}

TEST_F(Checks, NaNIsUnscoredAndNoFault) {
  const auto result = run_fault("nan");
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("a"));
  EXPECT_THAT(result.digest.warnings, IsEmpty());
}

TEST_F(Checks, APaperItWasNeverSentIsNotAnnotated) {
  const auto result = run_fault("index");
  EXPECT_THAT(result.digest.warnings, ElementsAre("faulty: It annotated paper 2 of a batch of 2."));
}

TEST_F(Checks, AnUnknownAnnotationKeyIsSaidInReadableBytes) {
  const auto result = run_fault("key");
  EXPECT_THAT(
      result.digest.warnings,
      ElementsAre(
          "faulty: It annotated with the key \"colo\uFFFDur\"; comment, summary and flag are known."));
}

TEST_F(Checks, ALongTextIsCutBetweenCharacters) {
  const auto result = run_fault("long");
  EXPECT_EQ(result.digest.papers.at(0).comment, std::string(4095, 'x'));
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("faulty: It wrote a text of over 4096 bytes, which was cut."));
}

TEST_F(Checks, TextsAreCleaned) {
  EXPECT_EQ(run_fault("encoding").digest.papers.at(0).comment, "caf\uFFFD");
}

TEST_F(Checks, APickWithoutATotalIsPassedOn) {
  const auto result = run_fault("pick", "[select]\nmin = { relevance = 6 }\n");
  EXPECT_THAT(ids(result.digest.papers), IsEmpty());
  EXPECT_THAT(result.digest.warnings, ElementsAre("faulty: It picked a without a total; it was passed on."));
}

TEST_F(Checks, APickWithoutAReasonHasNoComment) {
  const auto result = run_fault("silent-pick");
  ASSERT_THAT(ids(result.digest.papers), ElementsAre("a", "b"));
  EXPECT_EQ(result.digest.papers[0].total, 3);
  EXPECT_EQ(result.digest.papers[0].comment, "");
}

TEST_F(Checks, AWarningOfOddBytesStillMakesAReadableDigest) {
  const auto result = run_fault("warning");
  EXPECT_THAT(result.digest.warnings, ElementsAre("faulty: odd \uFFFD [31m bytes"));
  EXPECT_EQ(read_digest(read("digest.json")).problem, "");
  EXPECT_THAT(log(), Not(HasSubstr("\x1b")));
  EXPECT_FALSE(result_json(result).empty());
}

TEST_F(Checks, AFailureWithoutAWordGetsASentence) {
  EXPECT_THAT(run_fault("silence").errors,
              ElementsAre("faulty: It failed with status 5 and did not say why."));
}

// The same faults on many papers: the reader of a public page needs one or two, not eighty lines.
class ManyFaults : public PipelineRun {
 protected:
  RunResult run_fault(const std::string& fault, int papers) {
    return run(with("[[source]]\nuse = \"many\"\ncount = " + std::to_string(papers) +
                    "\n[[stage]]\nuse = \"faulty\"\nfault = \"" + fault + "\"\n"));
  }
  [[nodiscard]] std::size_t lines_with(std::string_view words) const {
    std::size_t out = 0;
    const std::string all = log();
    for (auto at = all.find(words); at != std::string::npos; at = all.find(words, at + 1))
      ++out;
    return out;
  }
};

TEST_F(ManyFaults, OfOneKindAreNamedThreeTimesAndCounted) {
  const auto result = run_fault("ranges", 77);
  const std::string rest =
      " the score 11 on the axis relevance, which goes from 1 to 10; the score was not taken.";
  EXPECT_THAT(result.digest.warnings,
              ElementsAre("faulty: It gave p000000" + rest, "faulty: It gave p000001" + rest,
                          "faulty: It gave p000002" + rest, "faulty: … and 74 more."));
  EXPECT_EQ(lines_with("the score was not taken"), 3u);
  EXPECT_THAT(log(), HasSubstr("faulty: … and 74 more.\n"));
}

TEST_F(ManyFaults, OfThreePapersNeedNoCount) {
  EXPECT_EQ(run_fault("verdicts", 3).digest.warnings.size(), 3u);
  EXPECT_EQ(lines_with("more."), 0u);
}

TEST_F(ManyFaults, InTheSameWordsAreOne) {
  EXPECT_THAT(
      run_fault("key", 600).digest.warnings,
      ElementsAre(
          "faulty: It annotated with the key \"colo\uFFFDur\"; comment, summary and flag are known."));
}

TEST_F(ManyFaults, WarningsOfAComponentAreAtMostTwentyAndACount) {
  const auto result = run_fault("warnings", 300);
  ASSERT_EQ(result.digest.warnings.size(), 21u);
  EXPECT_EQ(result.digest.warnings.front(), "faulty: strange: p000000");
  EXPECT_EQ(result.digest.warnings.at(19), "faulty: strange: p000019");
  EXPECT_EQ(result.digest.warnings.back(), "faulty: … and 280 more.");
  EXPECT_EQ(lines_with("strange: "), 20u);
  EXPECT_EQ(lines_with("faulty: … and 280 more.\n"), 1u);
}

TEST_F(ManyFaults, AWarningThatIsRepeatedIsSaidOnce) {
  EXPECT_THAT(run_fault("echo", 300).digest.warnings, ElementsAre("faulty: strange"));
  EXPECT_EQ(lines_with("strange"), 1u);
}

class SecretRun : public PipelineRun {
 protected:
  SecretRun() { ::setenv("GLEANER_TEST_KEY", "sk-do-not-print", 1); }
  ~SecretRun() override { ::unsetenv("GLEANER_TEST_KEY"); }
};

TEST_F(SecretRun, ASecretIsInNoLogNoDigestAndNoMessage) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[stage]]\nuse = \"leak\"\nkey = "
               "\"${secret:GLEANER_TEST_KEY}\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(log(), HasSubstr("leak: info ***\n"));
  EXPECT_THAT(log(), Not(HasSubstr("sk-do-not-print")));
  EXPECT_THAT(result.errors, ElementsAre("leak: GET https://api.example/?key=*** failed for 1 papers."));
  EXPECT_THAT(read("digest.json"), HasSubstr("prompt ***"));
  EXPECT_THAT(read("digest.json"), Not(HasSubstr("sk-do-not-print")));
  EXPECT_THAT(result_json(result), Not(HasSubstr("sk-do-not-print")));
}

TEST_F(SecretRun, ASecretThatIsNotSetFailsItsStageAlone) {
  ::unsetenv("GLEANER_TEST_KEY");
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n[[stage]]\nuse = \"leak\"\nkey = "
               "\"${secret:GLEANER_TEST_KEY}\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  const std::string words =
      "leak: The secret GLEANER_TEST_KEY is not set: put it into the environment, or name a file or command "
      "under [secrets].";
  EXPECT_THAT(result.digest.warnings, ElementsAre(words));
  EXPECT_THAT(result.errors, ElementsAre(words));
  EXPECT_THAT(log(), testing::StartsWith(words + "\nsource given: "));  // said once
  EXPECT_EQ(log().find("The secret"), log().rfind("The secret"));
}

}  // namespace
}  // namespace gleaner::host
