#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view saved =
    R"({"schema":"gleaner.digest/1","pipeline":"old","title":"T","date":"2024-12-24","papers":[{"id":"a","title":"A"}]})";
constexpr std::string_view views = "[[output]]\nuse = \"views\"\npath = \"{date}-{pipeline}.txt\"\n";

// render loads the pipeline as `run` does here: the tests' pipelines have a source for that.
std::string rendered(std::string_view text) {
  return "[[source]]\nuse = \"given\"\n" + std::string(text);
}

TEST_F(PipelineRun, RenderTakesDateAndPipelineFromTheDigest) {
  const auto result = render(std::string(saved), rendered(views));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(left_behind(), ElementsAre("2024-12-24-old.txt"));
  EXPECT_THAT(read("2024-12-24-old.txt"), HasSubstr("paper a\n"));
}

TEST_F(PipelineRun, RenderHandsTheSavedBytesOn) {
  (void)render(std::string(saved), rendered(dump));
  EXPECT_EQ(read("digest.json"), saved);
}

TEST_F(PipelineRun, RenderIgnoresWhen) {
  const auto result = render(std::string(saved), rendered(std::string(dump) + "when = \"incomplete\"\n"));
  EXPECT_THAT(result.written, ElementsAre(file("digest.json").string()));
}

TEST_F(PipelineRun, RenderOfOneOutput) {
  const auto text = rendered(std::string(dump) + std::string(views));
  EXPECT_EQ(render(std::string(saved), text, "views").exit, exit_complete);
  EXPECT_THAT(left_behind(), ElementsAre("2024-12-24-old.txt"));
  const auto none = render(std::string(saved), text, "vews");
  EXPECT_EQ(none.exit, exit_usage);
  EXPECT_THAT(none.errors, ElementsAre("The pipeline has no output named \"vews\"."));
}

TEST_F(PipelineRun, RenderOfWhatIsNoDigestSaysWhichFile) {
  const auto result = render("{\"schema\":\"gleaner.digest/1\"}", rendered(dump));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors, ElementsAre("saved.json is not a digest: /date is missing."));
  EXPECT_THAT(left_behind(), IsEmpty());
}

// A digest somebody sent must not choose the folder it is written to.
TEST_F(PipelineRun, RenderStaysInItsFolderWhateverTheDigestIsCalled) {
  auto json = std::string(saved);
  json.replace(json.find("\"old\""), 5, "\"../../old\"");
  const auto result = render(json, rendered(views));
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(left_behind(), ElementsAre("2024-12-24-..-..-old.txt"));
}

TEST_F(PipelineRun, RenderThatFailsLeavesNothing) {
  const auto result =
      render(std::string(saved), rendered("[[output]]\nuse = \"refuse\"\npath = \"x\"\nhalf = true\n"));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(left_behind(), IsEmpty());
}

}  // namespace
}  // namespace gleaner::host
