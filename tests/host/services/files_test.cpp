#include "host/services/files.hpp"

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::host {
namespace {

using testing::ElementsAre;
namespace fs = std::filesystem;

class FilesTest : public testing::Test {
 protected:
  FilesTest() {
    std::string name = (fs::temp_directory_path() / "gleaner-files-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~FilesTest() override { fs::remove_all(folder_); }

  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return in ? std::string(std::istreambuf_iterator<char>(in), {}) : "(absent)";
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  std::uint64_t begin(const fs::path& path) {
    const auto handle = files_.open(path, problem_);
    EXPECT_NE(handle, 0u) << problem_;
    return handle;
  }

  fs::path folder_;
  Files files_;
  std::string problem_;
};

TEST_F(FilesTest, NothingIsSeenBeforeCommit) {
  const auto page = folder_ / "page.md";
  std::ofstream(page) << "old";
  const auto handle = begin(page);
  EXPECT_TRUE(files_.write(handle, std::string(600'000, 'x'), problem_));
  EXPECT_EQ(read(page), "old");
  EXPECT_TRUE(files_.write(handle, "end", problem_));
  EXPECT_TRUE(files_.commit(handle, problem_));
  EXPECT_EQ(read(page), std::string(600'000, 'x') + "end");
  EXPECT_THAT(names(), ElementsAre("page.md"));
  EXPECT_THAT(files_.written(), ElementsAre(page.string()));
}

TEST_F(FilesTest, WhatIsGivenUpLeavesNoTrace) {
  const auto page = folder_ / "page.md";
  std::ofstream(page) << "old";
  const auto handle = begin(page);
  EXPECT_TRUE(files_.write(handle, "new", problem_));
  files_.abandon(handle);
  EXPECT_EQ(read(page), "old");
  EXPECT_THAT(names(), ElementsAre("page.md"));
  EXPECT_THAT(files_.written(), testing::IsEmpty());
}

TEST_F(FilesTest, WhatNobodyFinishedIsGivenUpAtTheEnd) {
  {
    Files files;
    std::string problem;
    ASSERT_NE(files.open(folder_ / "page.md", problem), 0u);
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(FilesTest, FoldersAreMade) {
  const auto handle = begin(folder_ / "a/b/page.md");
  EXPECT_TRUE(files_.commit(handle, problem_));
  EXPECT_EQ(read(folder_ / "a/b/page.md"), "");
}

TEST_F(FilesTest, AHandleIsGoodOnce) {
  const auto handle = begin(folder_ / "page.md");
  EXPECT_TRUE(files_.commit(handle, problem_));
  EXPECT_FALSE(files_.commit(handle, problem_));
  EXPECT_EQ(problem_, "The component finished a file that is not open.");
  EXPECT_FALSE(files_.write(handle, "x", problem_));
  EXPECT_EQ(problem_, "The component wrote to a file that is not open.");
  files_.abandon(handle);
}

TEST_F(FilesTest, AFolderIsNoFile) {
  EXPECT_EQ(files_.open(folder_, problem_), 0u);
  EXPECT_EQ(problem_, folder_.string() + " is a folder; name a file in it.");
}

TEST_F(FilesTest, AFileIsNoFolder) {
  std::ofstream(folder_ / "file") << "";
  EXPECT_EQ(files_.open(folder_ / "file/page.md", problem_), 0u);
  EXPECT_EQ(problem_, "The folder " + (folder_ / "file").string() + " cannot be made: Not a directory.");
}

TEST_F(FilesTest, AFolderOneMayNotWriteToIsSaid) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(files_.open(folder_ / "page.md", problem_), 0u);
  EXPECT_EQ(problem_, (folder_ / "page.md").string() + " cannot be written: Permission denied.");
  fs::permissions(folder_, fs::perms::owner_all);
}

// A disk that is full in the middle of a page: here the process may not make files of more than 64 KiB.
TEST_F(FilesTest, AFullDiskLeavesTheOldPage) {
  const auto page = folder_ / "page.md";
  std::ofstream(page) << "old";
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 64 * 1024;
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto handle = begin(page);
  const bool good =
      files_.write(handle, std::string(1 << 20, 'x'), problem_) && files_.commit(handle, problem_);
  files_.abandon(handle);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_FALSE(good);
  EXPECT_EQ(problem_,
            "Writing " + page.string() + " failed: File too large. The file was left as it was before.");
  EXPECT_EQ(read(page), "old");
  EXPECT_THAT(names(), ElementsAre("page.md"));
}

TEST_F(FilesTest, ADeviceStaysADevice) {
  struct stat before {};
  ASSERT_EQ(::stat("/dev/full", &before), 0);
  const auto handle = begin("/dev/full");
  EXPECT_TRUE(files_.write(handle, "page", problem_));
  EXPECT_FALSE(files_.commit(handle, problem_));
  EXPECT_EQ(problem_,
            "Writing /dev/full failed: No space left on device. What it got is not the whole text.");
  const auto nowhere = begin("/dev/null");
  EXPECT_TRUE(files_.write(nowhere, "page", problem_));
  EXPECT_TRUE(files_.commit(nowhere, problem_));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(FilesTest, ALinkStaysALink) {
  std::ofstream(folder_ / "real.md") << "old";
  fs::create_symlink("real.md", folder_ / "link.md");
  const auto handle = begin(folder_ / "link.md");
  EXPECT_TRUE(files_.write(handle, "new", problem_));
  EXPECT_TRUE(files_.commit(handle, problem_));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.md"));
  EXPECT_EQ(read(folder_ / "real.md"), "new");
}

TEST_F(FilesTest, ANewPageFollowsTheUsersMaskAndAnOldOneKeepsItsPermissions) {
  const auto mode = [](const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777u : 0u;
  };
  const auto write = [&](const fs::path& path) {
    const auto handle = begin(path);
    EXPECT_TRUE(files_.commit(handle, problem_));
  };
  const auto before = ::umask(027);
  write(folder_ / "new.md");
  std::ofstream(folder_ / "private.md") << "";
  fs::permissions(folder_ / "private.md", fs::perms::owner_read | fs::perms::owner_write);
  write(folder_ / "private.md");
  ::umask(before);
  EXPECT_EQ(mode(folder_ / "new.md"), 0640u);
  EXPECT_EQ(mode(folder_ / "private.md"), 0600u);
}

TEST_F(FilesTest, WhatAKilledProcessHadBegunIsRemovedAndNothingElse) {
  const pid_t child = ::fork();
  if (child == 0) {
    Files files;
    std::string problem;
    (void)files.open(folder_ / "page.md", problem);
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  ASSERT_EQ(names().size(), 1u);
  std::ofstream(folder_ / ".page.md.abcdef") << "the user's own";
  const auto under_way = begin(folder_ / "page.md");
  Files others;
  const auto second = others.open(folder_ / "page.md", problem_);
  EXPECT_EQ(names().size(), 3u) << "two are being written";
  EXPECT_TRUE(others.write(second, "second", problem_) && others.commit(second, problem_));
  EXPECT_TRUE(files_.write(under_way, "first", problem_) && files_.commit(under_way, problem_));
  EXPECT_EQ(read(folder_ / "page.md"), "first");
  EXPECT_THAT(names(), ElementsAre(".page.md.abcdef", "page.md"));
}

TEST_F(FilesTest, ManyThreadsMayWriteTheirFiles) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([this, t] {
      std::string problem;
      for (int i = 0; i < 20; ++i) {
        const auto handle = files_.open(folder_ / (std::to_string(t) + ".md"), problem);
        EXPECT_TRUE(files_.write(handle, std::string(1000, static_cast<char>('a' + t)), problem));
        EXPECT_TRUE(files_.commit(handle, problem));
      }
    });
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(files_.written().size(), 160u);
  EXPECT_EQ(names().size(), 8u);
}

}  // namespace
}  // namespace gleaner::host
