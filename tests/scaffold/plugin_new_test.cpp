// gleaner plugin new: what it says, and that it never spoils what is there.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/host/cli/gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using PluginNew = Gleaner;

const std::string see = " See \"gleaner help plugin\".\n";

TEST_F(PluginNew, PrintsTheFilesAndTheThreeCommandsToGoOnWith) {
  expect(gleaner({"plugin", "new", "scorer", "title-words"}), 0,
         "title-words/title_words.cpp\n"
         "title-words/title_words_test.cpp\n"
         "title-words/CMakeLists.txt\n"
         "title-words/pipeline.toml\n"
         "title-words/papers.jsonl\n"
         "title-words/README.md\n",
         "\nGo on with\n"
         "    cd title-words && cmake -S . -B build && cmake --build build\n"
         "    ctest --test-dir build --output-on-failure\n"
         "    gleaner run pipeline.toml --plugin-path build\n");
  EXPECT_THAT(read("title-words/title_words.cpp"), HasSubstr("struct TitleWords : gleaner::Scorer<Options>"));
}

TEST_F(PluginNew, AProgramCanBeStartedByItsName) {
  EXPECT_EQ(gleaner({"plugin", "new", "filter", "words", "--lang", "python"}).exit, 0);
  EXPECT_EQ(::access((folder / "words/words.py").c_str(), X_OK), 0);
  EXPECT_NE(::access((folder / "words/test_words.py").c_str(), X_OK), 0);
}

TEST_F(PluginNew, AFolderThatIsThereStaysAsItIs) {
  write("words/notes.txt", "mine");
  expect(
      gleaner({"plugin", "new", "scorer", "words"}), 1, "",
      "gleaner: error: \"words\" is there already and was not touched; take another name, or move it out of "
      "the way.\n");
  EXPECT_EQ(read("words/notes.txt"), "mine");
  EXPECT_FALSE(exists("words/words.cpp"));
}

TEST_F(PluginNew, AFileOfTheNameAndALinkToNowhereStayAsTheyAreToo) {
  write("words", "mine");
  EXPECT_EQ(gleaner({"plugin", "new", "scorer", "words"}).exit, 1);
  EXPECT_EQ(read("words"), "mine");
  std::filesystem::create_symlink("nowhere", folder / "link");
  EXPECT_EQ(gleaner({"plugin", "new", "scorer", "link"}).exit, 1);
  EXPECT_FALSE(exists("nowhere"));
}

TEST_F(PluginNew, AFullDiskLeavesNothingBehind) {
  // No file may be larger than 512 bytes, which the shell counts as one block: write(2) fails half way
  // through the first file, as it does on a full disk.
  ChildOptions all = options();
  const std::string line = "trap '' XFSZ; ulimit -f 1; exec " + executable() + " plugin new scorer words";
  const ChildResult result = gleaner::test::run_child({"/bin/sh", "-c", line}, all);
  expect(result, 1, "",
         "gleaner: error: \"words/words.cpp\" could not be written: File too large. Nothing of the new "
         "folder was "
         "kept.\n");
  EXPECT_FALSE(exists("words"));
}

TEST_F(PluginNew, AFolderThatCannotBeMadeIsSaidWithTheReason) {
  expect(gleaner::test::run_child(
             {"/bin/sh", "-c",
              "mkdir gone && cd gone && rmdir ../gone && exec " + executable() + " plugin new scorer words"},
             options()),
         1, "", "gleaner: error: The folder \"words\" could not be made: No such file or directory.\n");
}

TEST_F(PluginNew, AnUnknownKindOrLanguageNamesTheKnownOnes) {
  expect(
      gleaner({"plugin", "new", "scorrer", "words"}), 2, "",
      "gleaner plugin: unknown kind \"scorrer\"; did you mean \"scorer\"? There are source, filter, scorer, "
      "output." +
          see);
  expect(gleaner({"plugin", "new", "scorer", "words", "--lang", "go"}), 2, "",
         "gleaner plugin: unknown language \"go\". There are cpp, c, rust, python." + see);
  EXPECT_FALSE(exists("words"));
}

TEST_F(PluginNew, ANameNoHostTakesIsRefusedBeforeAnythingIsMade) {
  for (const std::string name : {"Words", "../words", "my words", "-", ""})
    expect(gleaner({"plugin", "new", "scorer", "--", name}), 2, "",
           "gleaner plugin: \"" + name +
               "\" cannot be a component's name: it is of a-z, 0-9, - and _, a letter or digit first, at "
               "most 64." +
               see);
}

TEST_F(PluginNew, WhatIsMissingOrTooMuchIsSaid) {
  expect(gleaner({"plugin", "new"}), 2, "", "gleaner plugin: KIND and NAME are missing after new." + see);
  expect(gleaner({"plugin", "new", "scorer"}), 2, "",
         "gleaner plugin: NAME is missing after new scorer." + see);
  expect(gleaner({"plugin", "new", "scorer", "a", "b"}), 2, "",
         "gleaner plugin: new takes one KIND and one NAME." + see);
}

}  // namespace
}  // namespace gleaner::host::cli::test
