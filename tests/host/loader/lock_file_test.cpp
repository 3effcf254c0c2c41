// The lock file's lines are those of sha256sum.
#include "host/loader/lock_file.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "host/loader/sha256.hpp"

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

// FIPS 180-4: the digest of "abc", an example of its publisher's.
const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

LockEntries entries(std::string_view text) {
  const auto parsed = parse_lock(text);
  if (const auto* out = std::get_if<LockEntries>(&parsed)) return *out;
  ADD_FAILURE() << std::get<LockMistake>(parsed).message;
  return {};
}

int mistake(std::string_view text) {
  const auto parsed = parse_lock(text);
  const auto* out = std::get_if<LockMistake>(&parsed);
  if (out == nullptr) return -1;
  EXPECT_EQ(
      out->message,
      "this is no line of a lock file: 64 hexadecimal digits, two spaces and the name of a plugin's file");
  return out->line;
}

TEST(Sha256, IsThatOfTheStandard) {
  std::string folder = (fs::temp_directory_path() / "gleaner-sha-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const fs::path file = fs::path(folder) / "x";
  std::ofstream(file) << "abc";
  EXPECT_EQ(*sha256_of(file), abc);
  std::ofstream(file, std::ios::trunc).flush();
  EXPECT_EQ(*sha256_of(file), nothing);
  // One million times "a", of the same publisher's examples.
  std::ofstream(file) << std::string(1'000'000, 'a');
  EXPECT_EQ(*sha256_of(file), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  fs::remove_all(folder);
  EXPECT_EQ(sha256_of(file).reason(), "cannot be read (No such file or directory)");
  EXPECT_EQ(sha256_of("/").reason(), "cannot be read (Is a directory)");
}

TEST(LockFile, LiesBesideThePipeline) {
  EXPECT_EQ(lock_path("/home/me/ml.toml"), "/home/me/ml.lock");
  EXPECT_EQ(lock_path("ml"), "ml.lock");
  EXPECT_EQ(lock_path("a.b.toml"), "a.b.lock");
  EXPECT_EQ(lock_path("odd.lock"), "odd.lock.lock");
}

TEST(LockFile, IsSortedAndComesBackAsItWas) {
  const std::string text = lock_text({{nothing, "b.so"}, {abc, "a.so"}, {abc, "b.so"}, {abc, "a.so"}});
  EXPECT_EQ(text, abc + "  a.so\n" + abc + "  b.so\n" + nothing + "  b.so\n");
  EXPECT_THAT(entries(text),
              ElementsAre(LockEntry{abc, "a.so"}, LockEntry{abc, "b.so"}, LockEntry{nothing, "b.so"}));
}

TEST(LockFile, IsReadAsSha256sumMayWriteIt) {
  std::string capitals = abc;
  for (char& c : capitals)
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  EXPECT_THAT(entries(abc + " *a.so\n"), ElementsAre(LockEntry{abc, "a.so"}));
  EXPECT_THAT(entries(capitals + "  /usr/lib/gleaner/a.so\r\n"), ElementsAre(LockEntry{abc, "a.so"}));
  EXPECT_THAT(entries("# mine\n\n" + abc + "  two words.so"), ElementsAre(LockEntry{abc, "two words.so"}));
  EXPECT_THAT(entries(""), ElementsAre());
}

TEST(LockFile, AnyOtherLineIsAMistakeAndCounted) {
  EXPECT_EQ(mistake("a.so\n"), 1);
  EXPECT_EQ(mistake(abc + "  a.so\n" + abc + "\n"), 2);
  EXPECT_EQ(mistake("\n# x\n" + abc + " a.so\n"), 3);
  EXPECT_EQ(mistake(abc + "  \n"), 1);
  EXPECT_EQ(mistake(abc.substr(1) + "  a.so\n"), 1);
  EXPECT_EQ(mistake("g" + abc.substr(1) + "  a.so\n"), 1);
  EXPECT_EQ(mistake("\\" + abc + "  a\\\\b.so\n"), 1);
  EXPECT_EQ(mistake(std::string("\0", 1)), 1);
}

TEST(LockFile, NamesThatSha256sumWritesInAnotherWayAreNotLocked) {
  EXPECT_TRUE(can_be_locked("my plugin.so"));
  EXPECT_FALSE(can_be_locked("a\\b.so"));
  EXPECT_FALSE(can_be_locked("a\nb.so"));
}

TEST(LockFile, OneThatCannotBeReadIsNotTakenForNone) {
  std::string folder = (fs::temp_directory_path() / "gleaner-lock-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const fs::path file = fs::path(folder) / "ml.lock";
  EXPECT_FALSE(read_lock(file).has_value());
  fs::create_directory(file);
  EXPECT_EQ(std::get<LockMistake>(*read_lock(file)).message,
            "the lock file cannot be read; give yourself the right to, or remove it");
  fs::remove(file);
  fs::create_symlink("nowhere", file);
  EXPECT_EQ(std::get<LockMistake>(*read_lock(file)).line, 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace gleaner::host
