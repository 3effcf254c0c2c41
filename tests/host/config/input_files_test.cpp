// Options that name a file to read. The stage's table begins on line 5, its option stands on line 7.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "installed_pipeline.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string follows(std::string_view file) {
  return around("[[stage]]\nuse = \"authors\"\nfollow = \"" + std::string(file) + "\"\n");
}

TEST(InputFiles, AMissingOneIsAWarningAtItsPlace) {
  const Loading load;
  const LoadResult result = load(follows("gone.txt"));
  EXPECT_TRUE(result.ok);
  EXPECT_THAT(
      lines_of(result.diagnostics),
      ElementsAre("7:10 G607 follow of authors names the file \"gone.txt\", which does not exist; relative "
                  "paths start at the folder of the pipeline file"));
}

TEST(InputFiles, AnAbsoluteOneIsSaidWithoutTheFolder) {
  EXPECT_THAT(
      lint(follows("/nowhere/gone.txt")),
      ElementsAre("7:10 G607 follow of authors names the file \"/nowhere/gone.txt\", which does not exist"));
}

TEST(InputFiles, OneThatIsThereIsFine) {
  const Loading load;
  const std::filesystem::path there = load.folder.write("authors.txt", "");
  EXPECT_THAT(lines_of(load(follows("authors.txt")).diagnostics), IsEmpty());
  EXPECT_THAT(lines_of(load(follows("./x/../authors.txt")).diagnostics), IsEmpty());
  EXPECT_THAT(lines_of(load(follows(there.string())).diagnostics), IsEmpty());
}

TEST(InputFiles, ASetIsLookedAtToo) {
  Loading load;
  (void)load.folder.write("authors.txt", "");
  load.sets = {{"authors.follow", "gone.txt"}};
  EXPECT_THAT(lines_of(load(follows("authors.txt")).diagnostics),
              ElementsAre(testing::StartsWith("--set authors.follow G607 ")));
}

TEST(InputFiles, OfSourcesAreLookedAtToo) {
  EXPECT_THAT(lint("[[source]]\nuse = \"jsonl\"\nfile = \"gone.jsonl\"\n" + std::string(markdown_output)),
              ElementsAre(testing::StartsWith("3:8 G607 ")));
}

TEST(InputFiles, StandardInputAndNothingAreNoFiles) {
  for (const char* file : {"-", ""})
    EXPECT_THAT(lint(follows(file)), IsEmpty()) << file;
}

TEST(InputFiles, PlaceholdersAreForWhatIsWritten) {
  EXPECT_THAT(lint(follows("feeds/{date}.txt")),
              ElementsAre("7:10 G607 follow of authors names the file \"feeds/{date}.txt\", which does not "
                          "exist; {date} and the like are for paths that are written"));
}

TEST(InputFiles, AnOutputsPathNeedNotBeThere) {
  EXPECT_THAT(lint(around("")), IsEmpty());
}

TEST(InputFiles, ARunSaysItItself) {
  for (const Purpose purpose : {Purpose::run, Purpose::render}) {
    Loading load;
    load.purpose = purpose;
    EXPECT_THAT(lines_of(load(follows("gone.txt")).diagnostics), IsEmpty());
  }
}

}  // namespace
}  // namespace gleaner::host
