// What a user who may not write is told. The administrator may write everything, so a child opens the files
// as nobody.
#include <gtest/gtest.h>

#include "tests/host/services/state/state_children.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

namespace fs = std::filesystem;

class StateRights : public StateTest {
 protected:
  ~StateRights() override { allow(folder, 0755); }
  static void allow(const fs::path& path, unsigned mode) {
    fs::permissions(path, static_cast<fs::perms>(mode));
  }
  [[nodiscard]] std::string cannot_write(const std::string& reason) const {
    return "unwritable: " +
           at(" cannot be written: " + reason + "; change that, or give another state with --state\n");
  }
};

TEST_F(StateRights, AFolderThatMayNotBeWrittenIsSaid) {
  run(*open(), "2025-05-20", {});
  allow(folder, 0555);
  EXPECT_EQ(said_by_child("open", file),
            cannot_write("no file can be made in the folder " + folder.string() + " (Permission denied)"));
}

TEST_F(StateRights, AFileThatMayNotBeWrittenIsSaidAndCanBeCopied) {
  auto record = finished("2025-05-20");
  record.announced = 526;
  open()->finish_run(record, {});
  allow(folder, 0777);
  allow(file, 0444);
  fs::remove(file.string() + ".lock");
  EXPECT_EQ(said_by_child("open", file), cannot_write("Permission denied"));
  EXPECT_EQ(said_by_child("copy", file), "2025-05-20 526\nopened\n");
  allow(file, 0000);
  EXPECT_EQ(said_by_child("copy", file),
            "unwritable: " +
                at(" cannot be read: Permission denied; change that, or give another state with --state\n"));
}

TEST_F(StateRights, ALockThatMayNotBeOpenedIsSaid) {
  run(*open(), "2025-05-20", {});
  allow(folder, 0777);
  allow(file, 0666);
  allow(file.string() + ".lock", 0400);
  EXPECT_EQ(said_by_child("open", file),
            cannot_write(file.string() + ".lock cannot be opened (Permission denied)"));
}

TEST_F(StateRights, MissingFoldersAreMadeOrItIsSaidWhyNot) {
  file = folder / "a" / "b" / "ml.db";
  run(*open(), "2025-05-20", {});
  EXPECT_TRUE(fs::exists(file));
  file = folder / "c" / "d" / "ml.db";
  allow(folder, 0555);
  EXPECT_EQ(said_by_child("open", file), cannot_write("the folder " + (folder / "c" / "d").string() +
                                                      " cannot be made (Permission denied)"));
}

TEST_F(StateRights, AFileInTheFoldersPlaceIsSaid) {
  write_bytes(folder / "a", "a file");
  for (const char* inside : {"a/ml.db", "a/b/ml.db"}) {
    file = folder / inside;
    EXPECT_EQ(
        "unwritable: " + refused_to_open().words + "\n",
        cannot_write("the folder " + file.parent_path().string() + " cannot be made (Not a directory)"));
  }
}

}  // namespace
}  // namespace gleaner::host::state
