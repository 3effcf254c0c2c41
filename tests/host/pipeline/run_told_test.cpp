// What calls say of the run: its date, and the reader's holidays. The clock shows 2025-05-07.
#include <filesystem>

#include <gmock/gmock.h>

#include <gleaner/cpp/text.hpp>

#include "tests/host/pipeline/run_fixture.hpp"

namespace gleaner::host {
namespace {

constexpr std::string_view told_stages = "[[stage]]\nuse = \"told\"\n[[stage]]\nuse = \"told-later\"\n";
constexpr std::string_view told_output = "[[output]]\nuse = \"told\"\npath = \"told.txt\"\n";
constexpr std::string_view told_source = "[[source]]\nuse = \"told\"\n";

class Told : public PipelineRun {
 protected:
  const DigestPaper& first(std::string_view sources, std::string_view rest = {}) {
    result =
        run(std::string(sources) + std::string(told_stages) + std::string(told_output) + std::string(rest));
    EXPECT_EQ(result.exit, exit_complete) << log();
    return result.digest.papers.at(0);
  }
  RunResult result;
};

TEST_F(Told, EveryCallOfAPastDaysRunHasThatDay) {
  options.date = "2025-04-30";
  const auto& paper = first(told_source);
  EXPECT_EQ(view(paper.paper.view().title), "fetch 2025-04-30");
  EXPECT_EQ(paper.comment, "judge 2025-04-30");
  EXPECT_EQ(paper.summary, "later 2025-04-30");
  EXPECT_EQ(read("told.txt"), "deliver 2025-04-30\n");
}

TEST_F(Told, WithoutADateItIsTheDayOfTheClock) {
  const auto& paper = first(told_source);
  EXPECT_EQ(view(paper.paper.view().title), "fetch 2025-05-07");
  EXPECT_EQ(paper.comment, "judge 2025-05-07");
}

TEST_F(Told, TheDayASourceSaysItsPapersAreOfCounts) {
  const auto& paper = first("[[source]]\nuse = \"given\"\ndate = \"2025-05-06\"\npapers = [\"a|A|x|Ann\"]\n");
  EXPECT_EQ(paper.comment, "judge 2025-05-06");
  EXPECT_EQ(paper.summary, "later 2025-05-06");
  EXPECT_EQ(read("told.txt"), "deliver 2025-05-06\n");
}

TEST_F(Told, OfSeveralSourcesTheSettledDayCounts) {
  const std::string given = "[[source]]\nuse = \"given\"\ndate = \"2025-05-06\"\npapers = [\"a|A|x|Ann\"]\n";
  const auto& paper = first(given + "name = \"one\"\n" + given + "name = \"two\"\n");
  EXPECT_EQ(paper.comment, "judge 2025-05-06");
}

TEST_F(Told, ASavedFeedThatSaysNoDayIsOfTheClocks) {
  const auto& paper = first("[[source]]\nuse = \"given\"\nfile = \"feed\"\npapers = [\"a|A|x|Ann\"]\n");
  EXPECT_EQ(paper.comment, "judge 2025-05-07");
  EXPECT_EQ(result.digest.date, "2025-05-07");
}

TEST_F(Told, TheHolidaysOfThePipelineReachItsSources) {
  const auto& paper = first(told_source, "[run]\nholidays = [\"2025-05-26\", \"2025-12-24\"]\n");
  EXPECT_EQ(view(paper.paper.view().title), "fetch 2025-05-07 without 2025-05-26 without 2025-12-24");
}

TEST_F(Told, APageThatIsRenderedAgainIsOfItsOwnDay) {
  options.date = "2025-04-30";
  const std::string pipeline = std::string(told_source) + std::string(told_output);
  const auto made = run(with(pipeline));
  options.date.clear();
  std::filesystem::remove(file("told.txt"));
  EXPECT_EQ(render(read("digest.json"), pipeline).exit, exit_complete) << log();
  EXPECT_EQ(read("told.txt"), "deliver 2025-04-30\n");
}

}  // namespace
}  // namespace gleaner::host
