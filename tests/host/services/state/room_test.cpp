// A full disk: files that may not grow (works everywhere), and a disk of one megabyte (for the
// administrator).
#include <gtest/gtest.h>

#include "tests/host/services/state/state_children.hpp"
#include "tests/host/services/state/state_fixture.hpp"

namespace gleaner::host::state {
namespace {

class StateRoom : public StateTest {
 protected:
  static std::string no_room(const std::filesystem::path& file, const std::string& reason) {
    return "there is no room for the state " + file.string() + ": " + reason +
           "; what it held is safe, make room and run again\n";
  }
  /// The large run changes nothing, an answer is passed over and said once, a small value fits, and with room
  /// all is well.
  static std::string expected(const std::filesystem::path& file, const std::string& reason) {
    return "large run: full: " + no_room(file, reason) +
           "an answer is not kept for a later try: " + no_room(file, reason) +
           "answer kept: 0\njudgements: 0\nlarge run with room: finished\nstore: after\njudgements: 1\n";
  }
};

TEST_F(StateRoom, AFileThatMayNotGrowChangesNothing) {
  EXPECT_EQ(said_by_child("small-files", file), "new: " + no_room(file, "File too large") +
                                                    at(" was empty and is begun anew\n") +
                                                    expected(file, "File too large"));
}

TEST_F(StateRoom, AFullDiskChangesNothing) {
  const auto said = said_by_child("small-disk", folder);
  if (said == "no disk\n") GTEST_SKIP() << "only the administrator may make a small disk";
  EXPECT_EQ(said, expected(file, "No space left on device"));
}

}  // namespace
}  // namespace gleaner::host::state
