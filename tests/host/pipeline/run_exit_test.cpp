#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view one_paper = "[[source]]\nuse = \"given\"\npapers = [\"a|A\"]\n";
constexpr std::string_view broken_source =
    "[[source]]\nuse = \"given\"\npapers = [\"b|B\"]\nfail = \"The server is gone.\"\n";

std::string after_paper(std::string_view text) {
  return with(std::string(one_paper) + std::string(text));
}

TEST_F(PipelineRun, NothingSelectedIsACompleteRun) {
  const auto result = run(after_paper("[[stage]]\nuse = \"rule\"\ndrop = \"*\"\n"));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(ids(result.digest.papers), IsEmpty());
  EXPECT_THAT(result.written, ElementsAre(file("digest.json").string()));
}

TEST_F(PipelineRun, NothingFetchedIsNoDigest) {
  const auto result = run(with(broken_source));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("given: The server is gone."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, AFailedSourceBesideAGoodOneIsPassedOverAndSaid) {
  const auto result = run(with(std::string(broken_source) + std::string(one_paper)));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.papers), ElementsAre("a"));
  EXPECT_THAT(result.digest.warnings, ElementsAre("given: The server is gone."));
  EXPECT_THAT(read("digest.json"), HasSubstr("given: The server is gone."));
}

TEST_F(PipelineRun, AFailedSourceBesideAQuietOneIsNoDigest) {
  EXPECT_EQ(run(with(std::string(broken_source) + "[[source]]\nuse = \"given\"\n")).exit, exit_no_digest);
}

TEST_F(PipelineRun, AFailedSourceWithStopEndsTheRun) {
  const auto result =
      run(with(std::string(broken_source) + "on_error = \"stop\"\n" + std::string(one_paper)));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("given: The server is gone."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, UnscoredPapersMakeTheRunIncomplete) {
  const auto result = run(after_paper("[[stage]]\nuse = \"scores\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(ids(result.digest.unscored_papers), ElementsAre("a"));
  EXPECT_THAT(rows(result.digest.receipt), ElementsAre("given/select/unscored: 1"));
}

TEST_F(PipelineRun, AFailedOutputBesideAGoodOneIsIncomplete) {
  const auto result = run(after_paper("[[output]]\nuse = \"refuse\"\npath = \"x\"\n"));
  EXPECT_EQ(result.exit, exit_incomplete);
  EXPECT_THAT(result.errors,
              ElementsAre((file("ml.toml").string() + ":6:8: refuse: The server does not want it.")));
  EXPECT_THAT(result.written, ElementsAre(file("digest.json").string()));
}

TEST_F(PipelineRun, WhenEveryOutputFailsThereIsNoDigest) {
  const auto result =
      run(std::string(one_paper) + "[[output]]\nuse = \"refuse\"\npath = \"x\"\nhalf = true\n");
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("refuse: It failed half-way."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, AFailedOutputWithStopEndsTheRun) {
  const auto result =
      run(after_paper("[[output]]\nuse = \"refuse\"\npath = \"x\"\nhalf = true\non_error = \"stop\"\n"));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(left_behind(), IsEmpty());
  ASSERT_EQ(result.outputs.size(), 1u);
  EXPECT_EQ(result.outputs[0].problem, "refuse: It failed half-way.");
}

TEST_F(PipelineRun, NoOutputDueIsACompleteRun) {
  const auto quiet = run(after_paper("") + "when = \"weekday:sun\"\n");
  EXPECT_EQ(quiet.exit, exit_complete);
  ASSERT_EQ(quiet.outputs.size(), 1u);
  EXPECT_TRUE(quiet.outputs[0].passed_over);
  EXPECT_THAT(quiet.written, IsEmpty());
}

TEST_F(PipelineRun, AnInterruptedRunWritesNothing) {
  const std::atomic<bool> cancelled{true};
  options.cancelled = &cancelled;
  const auto result = run(after_paper(""));
  EXPECT_EQ(result.exit, exit_interrupted);
  EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(PipelineRun, ResultJsonSaysWhatTheDigestSays) {
  const auto result = run(after_paper("[[stage]]\nuse = \"scores\"\n"));
  const auto json = result_json(result);
  EXPECT_THAT(json, HasSubstr("\"date\":\"2025-05-07\",\"exit\":3"));
  EXPECT_THAT(json, HasSubstr("\"outputs\":[{\"name\":\"dump\",\"delivered\":true}]"));
  EXPECT_THAT(json, HasSubstr("\"selected\":0,\"unscored\":1"));
  EXPECT_EQ(json.back(), '\n');
}

TEST_F(PipelineRun, ResultJsonOfAFailedRunNamesTheError) {
  const auto json = result_json(run(with(broken_source)));
  EXPECT_THAT(json, HasSubstr("\"date\":\"2025-05-07\",\"exit\":1"));
  EXPECT_THAT(json, HasSubstr("\"warnings\":[\"given: The server is gone.\"]"));
}

}  // namespace
}  // namespace gleaner::host
