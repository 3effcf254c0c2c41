// plugin check: one plugin file, as its author sees it.
#include "gleaner_program.hpp"

namespace gleaner::host::cli::test {
namespace {

using PluginCheck = Gleaner;

TEST_F(PluginCheck, ASoundFileIsNamedWithItsComponentsAndCounted) {
  const std::string file = GLEANER_BINARY_DIR "/lib/gleaner/keyword.so";
  const ChildResult result = gleaner({"plugin", "check", file, "--only", "file", "--only", "descriptor"});
  EXPECT_EQ(result.exit, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith(file + "\n  keyword 1.0.0: scorer keyword "));
  EXPECT_THAT(result.out, testing::EndsWith(" passed.\n"));
}

TEST_F(PluginCheck, ARefusedFileSaysWhyAndExitsWith1) {
  write("notes.so", "not a plugin");
  const ChildResult result = gleaner({"plugin", "check", "notes.so"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.out, HasSubstr("FAILED file.carries_a_stamp\n"));
  EXPECT_THAT(result.out, HasSubstr("  happened: it is not an ELF shared library but a text file; "));
}

TEST_F(PluginCheck, ADefaultItsOwnOptionDoesNotTakeIsFound) {
  const std::string file = CLI_PLUGINS "/wrong_default/cli-wrong_default.so";
  const ChildResult result = gleaner({"plugin", "check", file, "--only", "descriptor.defaults_are_values"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.out, HasSubstr("FAILED descriptor.defaults_are_values, filter wrong-default\n"));
  EXPECT_THAT(result.out, HasSubstr("  happened: the default of \"weight\" is "));
}

TEST_F(PluginCheck, OneBadFileDoesNotHideTheOthers) {
  write("notes.so", "not a plugin");
  const ChildResult result = gleaner(
      {"plugin", "check", "notes.so", GLEANER_BINARY_DIR "/lib/gleaner/keyword.so", "--only", "descriptor"});
  EXPECT_EQ(result.exit, 1);
  EXPECT_THAT(result.out, HasSubstr("scorer keyword "));
}

}  // namespace
}  // namespace gleaner::host::cli::test
