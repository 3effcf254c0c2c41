#include <gmock/gmock.h>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view three = "[[source]]\nuse = \"given\"\npapers = [\"a|A\", \"b|B\", \"c|C\"]\n";

std::string views(std::string_view keys) {
  return std::string(three) + "[[output]]\nuse = \"views\"\npath = \"out/{date}-{pipeline}.txt\"\n" +
         std::string(keys);
}

TEST_F(PipelineRun, AnOutputGetsTheDigestsViews) {
  const auto result = run(views(""));
  EXPECT_EQ(result.exit, exit_complete);
  const auto text = read("out/2025-05-07-ml.txt");
  EXPECT_THAT(text, testing::StartsWith("key gleaner-2025-05-07-views-"));
  EXPECT_THAT(text, HasSubstr("\nattempt 1\ncomplete yes\npaper a\npaper b\npaper c\n"));
}

TEST_F(PipelineRun, LimitAndTopShortenOneOutputOnly) {
  EXPECT_EQ(run(with(views("limit = 2\n"))).exit, exit_complete);
  EXPECT_THAT(read("out/2025-05-07-ml.txt"), HasSubstr("paper a\npaper b\n"));
  EXPECT_THAT(read("out/2025-05-07-ml.txt"), Not(HasSubstr("paper c\n")));
  EXPECT_THAT(read("digest.json"), HasSubstr("\"id\":\"c\""));
  (void)run(views("top = 1\n"));
  EXPECT_THAT(read("out/2025-05-07-ml.txt"), Not(HasSubstr("paper b\n")));
  (void)run(std::string(three) + std::string(dump) + "limit = 1\n");
  EXPECT_THAT(read("digest.json"), Not(HasSubstr("\"id\":\"b\"")));
}

TEST_F(PipelineRun, OutReplacesTheFolderOfOutputs) {
  options.out = file("elsewhere");
  const auto result = run(views(""));
  EXPECT_THAT(left_behind(), ElementsAre("elsewhere/out/2025-05-07-ml.txt"));
  EXPECT_THAT(result.written, ElementsAre(file("elsewhere/out/2025-05-07-ml.txt").string()));
}

TEST_F(PipelineRun, AnOutputWhoseWhenDoesNotHoldIsPassedOver) {
  const auto result = run(views("when = \"incomplete\"\n") + std::string(dump) + "when = \"selected\"\n");
  EXPECT_EQ(result.exit, exit_complete);
  EXPECT_THAT(left_behind(), ElementsAre("digest.json"));
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_TRUE(result.outputs[0].passed_over);
  EXPECT_TRUE(result.outputs[1].delivered);
}

TEST_F(PipelineRun, AnOldPageStaysWhenTheNewOneFails) {
  (void)run(std::string(three) + std::string(dump));
  const auto old = read("digest.json");
  const auto result =
      run(std::string(three) + "[[output]]\nuse = \"refuse\"\npath = \"digest.json\"\nhalf = true\n");
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_EQ(read("digest.json"), old);
  EXPECT_THAT(left_behind(), ElementsAre("digest.json"));
}

TEST_F(PipelineRun, AFolderInThePlaceOfThePageIsSaid) {
  std::filesystem::create_directories(file("digest.json"));
  const auto result = run(std::string(three) + std::string(dump));
  EXPECT_EQ(result.exit, exit_no_digest);
  EXPECT_THAT(result.errors,
              ElementsAre("dump: " + file("digest.json").string() + " is a folder; name a file in it."));
}

TEST_F(PipelineRun, TheDigestReadsBack) {
  const auto result =
      run(with("[[source]]\nuse = \"given\"\npapers = [\"a|A é 中|cs.LG|Ada\"]\n[[stage]]\nuse = "
               "\"scores\"\nfirst = { a = 8.5 }\n"));
  const auto back = read_digest(read("digest.json"));
  ASSERT_EQ(back.problem, "");
  EXPECT_THAT(ids(back.digest.papers), ElementsAre("a"));
  EXPECT_EQ(back.digest.papers[0].scores, result.digest.papers[0].scores);
  EXPECT_EQ(back.digest.date, result.digest.date);
}

}  // namespace
}  // namespace gleaner::host
