// What is remembered between runs, and that nothing depends on it.
#include "host/loader/scan_cache.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/host/loader/support.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

class Cached : public testing::Test {
 protected:
  Cached() { ::setenv("LOAD_TRACE", (folder / "trace").c_str(), 1); }
  ~Cached() override { ::unsetenv("LOAD_TRACE"); }

  Catalog scan(ScanSettings::Believe believe = ScanSettings::Believe::what_was_found) {
    return Catalog::scan(std::array{folder / "plugins"}, {.cache = cache, .believe = believe});
  }
  void put(const std::string& plugin, std::string_view as = "plugin.so") {
    install("load/" + plugin + ".so", folder / "plugins" / as);
  }
  /// How often a plugin of load.c was opened by whatever process.
  std::ptrdiff_t opened() {
    const std::string trace = read(folder / "trace");
    return std::count(trace.begin(), trace.end(), '\n');
  }

  TemporaryFolder folder;
  fs::path cache = folder / "home/cache/gleaner/plugins.scan";
};

TEST_F(Cached, AKnownFileIsNotOpened) {
  put("do_nothing");
  const Catalog cold = scan();
  EXPECT_EQ(opened(), 1);
  const Catalog warm = scan();
  EXPECT_EQ(opened(), 1);
  ASSERT_EQ(warm.components().size(), 1U);
  EXPECT_EQ(warm.components()[0].info, cold.components()[0].info);
  EXPECT_EQ(warm.components()[0].info.plugin_file, folder / "plugins/plugin.so");
}

TEST_F(Cached, ACrashHappensOnceAndIsNamedEachTime) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  put("crash");
  const std::string said = scan().refusals().at(0).message;
  EXPECT_EQ(opened(), 1);
  EXPECT_THAT(said, HasSubstr("crashed with SIGSEGV"));
  EXPECT_EQ(scan().refusals().at(0).message, said);
  EXPECT_EQ(opened(), 1);
}

TEST_F(Cached, RescanLooksAgain) {
  put("crash");
  static_cast<void>(scan());
  static_cast<void>(scan(ScanSettings::Believe::nothing));
  EXPECT_EQ(opened(), 2);
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2) << "what the rescan found is remembered";
}

TEST_F(Cached, AChangedFileIsLookedAtAgain) {
  put("do_nothing");
  static_cast<void>(scan());
  put("other_version");
  const Catalog catalog = scan();
  EXPECT_EQ(opened(), 2);
  ASSERT_EQ(catalog.components().size(), 1U);
  EXPECT_EQ(catalog.components()[0].info.version, "2.0");
}

TEST_F(Cached, AChangedTimeAloneIsLookedAtAgain) {
  put("do_nothing");
  static_cast<void>(scan());
  const fs::path file = folder / "plugins/plugin.so";
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::nanoseconds(1));
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2);
}

TEST_F(Cached, AMendedFileIsUsedAgain) {
  put("crash");
  static_cast<void>(scan());
  put("do_nothing");
  EXPECT_THAT(scan().refusals(), IsEmpty());
}

TEST_F(Cached, AFileOfThisMomentIsLookedAtAgain) {
  put("do_nothing");
  // As if it were written while the scan runs, however slow that is.
  fs::last_write_time(folder / "plugins/plugin.so",
                      fs::file_time_type::clock::now() + std::chrono::minutes(1));
  static_cast<void>(scan());
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2) << "it may have been written again within one step of the clock";
}

TEST_F(Cached, AReasonIsAskedForAnew) {
  // What a library lacks may be installed tomorrow, without a change of the file.
  install("bad/missing_library.so", folder / "plugins/plugin.so");
  const std::string first = scan().refusals().at(0).message;
  EXPECT_THAT(first, HasSubstr("which is not installed"));
  EXPECT_EQ(scan().refusals().at(0).message, first);
  EXPECT_FALSE(fs::exists(cache)) << "there is nothing to remember";
}

TEST_F(Cached, AnotherThanWasDescribedIsNotUsed) {
  put("do_nothing");
  const Catalog catalog = scan();
  put("other_version");  // between the scan and its use
  const auto opened_now = catalog.components().at(0).open();
  ASSERT_FALSE(opened_now);
  EXPECT_EQ(
      opened_now.reason(),
      "its filter \"loaded\" is another than when the file was looked at; gleaner plugin rescan looks again");
}

TEST_F(Cached, AnUnusableFileIsFoundOutWhenItIsOpened) {
  put("do_nothing");
  const Catalog catalog = scan();
  write(folder / "plugins/plugin.so", "now it is text");
  const auto opened_now = catalog.components().at(0).open();
  ASSERT_FALSE(opened_now);
  EXPECT_THAT(opened_now.reason(), HasSubstr("ELF"));
}

TEST_F(Cached, SeveralThreadsOpenALibraryOnce) {
  put("do_nothing");
  const Catalog catalog = scan();
  ASSERT_EQ(opened(), 1);
  const Component& component = catalog.components().at(0);
  std::array<const gleaner_component*, 8> found{};
  std::array<std::thread, 8> threads;
  for (std::size_t i = 0; i < threads.size(); ++i)
    threads[i] = std::thread([&component, &found, i] {
      const auto opened = component.open();
      found[i] = opened ? *opened : nullptr;
    });
  for (std::thread& each : threads)
    each.join();
  EXPECT_NE(found[0], nullptr);
  EXPECT_TRUE(std::all_of(found.begin(), found.end(), [&](const auto* one) { return one == found[0]; }));
  EXPECT_EQ(opened(), 2) << "by the scan, and once here";
}

TEST_F(Cached, TheFileIsItsOwnersAlone) {
  put("do_nothing");
  const mode_t before = ::umask(0);
  static_cast<void>(scan());
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(cache.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  ASSERT_EQ(::stat(cache.parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700U);
  EXPECT_EQ(std::distance(fs::directory_iterator(cache.parent_path()), fs::directory_iterator{}), 1)
      << "nothing is left beside it";
}

TEST_F(Cached, AFileThatOthersMayWriteToIsNotBelieved) {
  put("do_nothing");
  static_cast<void>(scan());
  ::chmod(cache.c_str(), 0666);
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2);
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2) << "it was replaced by one that is private";
}

TEST_F(Cached, ALinkIsNotFollowed) {
  put("do_nothing");
  static_cast<void>(scan());
  fs::rename(cache, folder / "elsewhere");
  fs::create_symlink(folder / "elsewhere", cache);
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 2);
  EXPECT_FALSE(fs::is_symlink(cache));
}

TEST_F(Cached, APipeInItsPlaceBlocksNobody) {
  put("do_nothing");
  fs::create_directories(cache.parent_path());
  ASSERT_EQ(::mkfifo(cache.c_str(), 0600), 0);
  static_cast<void>(scan());
  static_cast<void>(scan());
  EXPECT_EQ(opened(), 1);
}

/// Each damage is survived, and mended by the scan that meets it.
TEST_F(Cached, ADamagedFileIsMadeAgain) {
  put("do_nothing");
  static_cast<void>(scan());
  const std::string good = read(cache);
  const auto files = [&] {
    std::vector<std::string> out{"",         "\n",       "not a cache", std::string(1 << 20, '\0'),
                                 good + "x", good + good};
    for (std::size_t size = 0; size < good.size(); size += 29)
      out.push_back(good.substr(0, size));
    for (std::size_t i = 0; i < good.size(); i += 17) {
      out.push_back(good);
      out.back()[i] = static_cast<char>(out.back()[i] ^ 0x20);
    }
    return out;
  }();
  for (const std::string& bytes : files) {
    const auto before = opened();
    write(cache, bytes);
    const Catalog catalog = scan();
    EXPECT_THAT(catalog.refusals(), IsEmpty());
    EXPECT_EQ(catalog.components().size(), 1U);
    EXPECT_EQ(opened(), before + 1);
    ASSERT_EQ(read(cache).size(), good.size());
  }
}

TEST_F(Cached, AFolderThatCannotBeWrittenIsDoneWithout) {
  put("do_nothing");
  write(folder / "home", "a file where a folder should be");
  EXPECT_EQ(scan().components().size(), 1U);
  EXPECT_EQ(scan().components().size(), 1U);
  EXPECT_EQ(opened(), 2);
}

TEST_F(Cached, NoPlaceForACacheIsDoneWithout) {
  put("do_nothing");
  cache.clear();
  EXPECT_EQ(scan().components().size(), 1U);
  EXPECT_EQ(scan().components().size(), 1U);
  EXPECT_EQ(opened(), 2);
}

TEST_F(Cached, FilesThatAreGoneAreForgotten) {
  put("do_nothing", "one.so");
  static_cast<void>(scan());
  const auto with_one = fs::file_size(cache);
  fs::rename(folder / "plugins/one.so", folder / "plugins/two.so");
  static_cast<void>(scan());
  EXPECT_EQ(fs::file_size(cache), with_one);
  EXPECT_THAT(read(cache), HasSubstr("two.so"));
}

TEST_F(Cached, ScansOfOtherFoldersAreKept) {
  put("do_nothing");
  install("load/other_version.so", folder / "more/plugin.so");
  static_cast<void>(scan());
  static_cast<void>(Catalog::scan(std::array{folder / "more"}, {.cache = cache}));
  EXPECT_EQ(opened(), 2);
  static_cast<void>(scan());
  static_cast<void>(Catalog::scan(std::array{folder / "more"}, {.cache = cache}));
  EXPECT_EQ(opened(), 2);
}

TEST_F(Cached, SeveralProcessesAtOnceSeeTheSameAndLeaveAWholeFile) {
  for (const char* name : {"a", "b", "c", "d"})
    install("good/four.so", folder / "plugins" / name / "four.so");
  const auto scan_all = [&] {
    std::size_t found = 0;
    for (const char* name : {"a", "b", "c", "d"})
      found += Catalog::scan(std::array{folder / "plugins" / name}, {.cache = cache}).components().size();
    return found;
  };
  std::array<pid_t, 4> children{};
  for (pid_t& child : children) {
    child = ::fork();
    ASSERT_GE(child, 0);
    if (child != 0) continue;
    bool right = true;
    for (int i = 0; i < 10; ++i) {
      right = right && scan_all() == 16;
      if (i % 3 == 0) ::unlink(cache.c_str());
    }
    ::_exit(right ? 0 : 1);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(scan_all(), 16U);
  EXPECT_EQ(std::distance(fs::directory_iterator(cache.parent_path()), fs::directory_iterator{}), 1);
}

TEST(UserScanCache, FollowsTheBaseDirectorySpecification) {
  const auto with = [](const char* cache_home, const char* home) {
    cache_home != nullptr ? ::setenv("XDG_CACHE_HOME", cache_home, 1) : ::unsetenv("XDG_CACHE_HOME");
    home != nullptr ? ::setenv("HOME", home, 1) : ::unsetenv("HOME");
    return user_scan_cache();
  };
  const std::string cache_before = std::getenv("XDG_CACHE_HOME") ? std::getenv("XDG_CACHE_HOME") : "";
  const std::string home_before = std::getenv("HOME") ? std::getenv("HOME") : "";
  EXPECT_EQ(with("/c", "/h"), "/c/gleaner/plugins.scan");
  EXPECT_EQ(with(nullptr, "/h"), "/h/.cache/gleaner/plugins.scan");
  EXPECT_EQ(with("", "/h"), "/h/.cache/gleaner/plugins.scan");
  EXPECT_EQ(with("relative", "/h"), "/h/.cache/gleaner/plugins.scan");
  EXPECT_EQ(with(nullptr, nullptr), "");
  static_cast<void>(with(cache_before.c_str(), home_before.c_str()));
}

}  // namespace
}  // namespace gleaner::host::test
