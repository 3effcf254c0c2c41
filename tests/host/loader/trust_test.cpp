// Folders and files that somebody else could change are not used.
#include "host/loader/trust.hpp"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr uid_t somebody = 4711;  // without a name on any usual system

class Trust : public testing::Test {
 protected:
  Trust() {
    std::string name = (fs::temp_directory_path() / "gleaner-trust-XXXXXX").string();
    root = ::mkdtemp(name.data());  // mode 700
    folder = root / "plugins";
    fs::create_directory(folder);
    file = folder / "x.so";
    std::ofstream(file) << "x";
    mode(folder, 0755);
    mode(file, 0644);
  }
  ~Trust() override { fs::remove_all(root); }

  static void mode(const fs::path& path, mode_t bits) { ASSERT_EQ(::chmod(path.c_str(), bits), 0); }
  static void give_away(const fs::path& path) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
    ASSERT_EQ(::lchown(path.c_str(), somebody, static_cast<gid_t>(-1)), 0);
  }

  fs::path root, folder, file;
};

TEST_F(Trust, AFolderOfOnesOwnIsFine) {
  EXPECT_EQ(distrust(folder), std::nullopt);
  EXPECT_EQ(distrust(folder / ""), std::nullopt);
  EXPECT_EQ(distrust(file), std::nullopt);
}

TEST_F(Trust, WhatIsNotThereIsNotDistrusted) {
  EXPECT_EQ(distrust(root / "none"), std::nullopt);
  EXPECT_EQ(distrust(root / "none" / "x.so"), std::nullopt);
}

TEST_F(Trust, AFolderThatEverybodyMayWriteToIsNotUsed) {
  mode(folder, 0777);
  EXPECT_EQ(distrust(folder), "everybody may write to " + folder.string() +
                                  ", so anybody could change what runs here; close it with: chmod o-w " +
                                  folder.string());
}

TEST_F(Trust, AFileThatEverybodyMayWriteToIsNotUsed) {
  mode(file, 0666);
  EXPECT_EQ(distrust(folder), std::nullopt);
  EXPECT_EQ(distrust(file), "everybody may write to " + file.string() +
                                ", so anybody could change what runs here; close it with: chmod o-w " +
                                file.string());
}

TEST_F(Trust, NeitherIsOneBelowAFolderOpenToEverybody) {
  mode(root, 0777);
  EXPECT_THAT(distrust(folder).value_or(""), StartsWith("everybody may write to " + root.string() + ","));
  EXPECT_THAT(distrust(file).value_or(""), StartsWith("everybody may write to " + root.string() + ","));
}

TEST_F(Trust, BelowAStickyFolderIsFineWhereItIsOnesOwn) {
  mode(root, 01777);
  EXPECT_EQ(distrust(folder), std::nullopt);
  EXPECT_EQ(distrust(file), std::nullopt);
}

TEST_F(Trust, AStickyFolderItselfTakesAnybodysFiles) {
  mode(folder, 01777);
  EXPECT_THAT(distrust(folder).value_or(""), StartsWith("everybody may write to " + folder.string()));
  EXPECT_EQ(distrust(file), std::nullopt) << "a file of one's own in it cannot be replaced by others";
}

TEST_F(Trust, AGroupMayWrite) {
  mode(folder, 0775);
  mode(file, 0664);
  EXPECT_EQ(distrust(folder), std::nullopt);
  EXPECT_EQ(distrust(file), std::nullopt);
}

TEST_F(Trust, WhatBelongsToSomebodyElseIsNotUsed) {
  give_away(file);
  if (IsSkipped()) return;
  EXPECT_EQ(distrust(file),
            file.string() +
                " belongs to user 4711, who could change what runs here; if that is right, make "
                "it yours with: sudo chown root " +
                file.string());
  EXPECT_EQ(distrust(folder), std::nullopt);
  give_away(folder);
  EXPECT_THAT(distrust(folder).value_or(""), StartsWith(folder.string() + " belongs to user 4711"));
}

TEST_F(Trust, NeitherIsOneBelowAFolderOfSomebodyElse) {
  give_away(root);
  if (IsSkipped()) return;
  EXPECT_THAT(distrust(folder).value_or(""), StartsWith(root.string() + " belongs to user 4711"));
}

TEST_F(Trust, ALinkIsFollowedToWhatItMeans) {
  const fs::path link = root / "link";
  fs::create_directory_symlink(folder, link);
  EXPECT_EQ(distrust(link), std::nullopt);
  EXPECT_EQ(distrust(link / "x.so"), std::nullopt);
  mode(folder, 0777);
  EXPECT_THAT(distrust(link).value_or(""), StartsWith("everybody may write to " + folder.string() + ","));
  EXPECT_THAT(distrust(link / "x.so").value_or(""), StartsWith("everybody may write to " + folder.string()));
}

TEST_F(Trust, ALinkThatAnybodyCouldPointElsewhereIsNotFollowed) {
  const fs::path open = root / "open";
  fs::create_directory(open);
  fs::create_directory_symlink("../plugins", open / "link");
  EXPECT_EQ(distrust(open / "link"), std::nullopt);
  mode(open, 0777);
  EXPECT_THAT(distrust(open / "link").value_or(""), StartsWith("everybody may write to " + open.string()));
  EXPECT_THAT(distrust(open / "link" / "x.so").value_or(""),
              StartsWith("everybody may write to " + open.string()));
}

TEST_F(Trust, ASymbolicLinkOfSomebodyElseInAStickyFolderIsNotFollowed) {
  mode(root, 01777);
  fs::create_directory_symlink(folder, root / "link");
  give_away(root / "link");
  if (IsSkipped()) return;
  EXPECT_THAT(distrust(root / "link").value_or(""),
              StartsWith((root / "link").string() + " belongs to user 4711"));
}

TEST_F(Trust, LinksInACircleEnd) {
  fs::create_symlink("b", root / "a");
  fs::create_symlink("a", root / "b");
  EXPECT_EQ(distrust(root / "a"), std::nullopt);
}

TEST_F(Trust, ThePathMayGoUpAndBeRelative) {
  EXPECT_EQ(distrust(folder / ".." / "plugins" / "." / "x.so"), std::nullopt);
  mode(folder, 0777);
  EXPECT_THAT(distrust(fs::relative(folder)).value_or(""),
              StartsWith("everybody may write to " + folder.string() + ","));
}

TEST_F(Trust, TheCommandIsForAShell) {
  const fs::path odd = root / "it's mine; ls";
  fs::create_directory(odd);
  mode(odd, 0777);
  EXPECT_THAT(distrust(odd).value_or(""),
              HasSubstr("with: chmod o-w '" + root.string() + "/it'\\''s mine; ls'"));
}

}  // namespace
}  // namespace gleaner::host
