// plugin check: one plugin file, as its author sees it.
#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using PluginCheck = Gleaner;

TEST_F(PluginCheck, ASoundFileListsItsComponents) {
  const ChildResult result = gleaner({"plugin", "check", GLEANER_BINARY_DIR "/lib/gleaner/keyword.so"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("scorer keyword "));
  EXPECT_THAT(result.out, HasSubstr("axes relevance\n"));
}

TEST_F(PluginCheck, ARefusedFileSaysWhyAndExitsWith1) {
  write("notes.so", "not a plugin");
  const ChildResult result = gleaner({"plugin", "check", "notes.so"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith("gleaner: error: " + (folder / "notes.so").string() + " is not used: "));
}

TEST_F(PluginCheck, ADefaultItsOwnOptionDoesNotTakeIsFound) {
  const std::string file = CLI_PLUGINS "/wrong_default/cli-wrong_default.so";
  const ChildResult result = gleaner({"plugin", "check", file});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.err, StartsWith("gleaner: error: " + file + ": filter \"wrong-default\": "));
  EXPECT_THAT(result.err, HasSubstr("weight"));
}

TEST_F(PluginCheck, OneBadFileDoesNotHideTheOthers) {
  write("notes.so", "not a plugin");
  const ChildResult result =
      gleaner({"plugin", "check", "notes.so", GLEANER_BINARY_DIR "/lib/gleaner/keyword.so"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.out, StartsWith("scorer keyword "));
}

}  // namespace
}  // namespace gleaner::host::cli::test
