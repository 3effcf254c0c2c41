// Files that crash, hang, exit or scribble when they are opened: said, remembered, and never this process's
// trouble.
#include "host/loader/look.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/loader/scan_cache.hpp"
#include "tests/host/loader/support.hpp"
#include "tests/support/sanitized.hpp"

namespace gleaner::host::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string today() {
  const std::time_t now = std::time(nullptr);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", std::gmtime(&now));
  return text;
}

class Look : public testing::Test {
 protected:
  Catalog scan(std::chrono::milliseconds budget = look_budget) {
    return Catalog::scan(std::array{folder / "plugins"}, {.cache = folder / "cache/scan", .budget = budget});
  }
  void put(const std::string& plugin) {
    install("load/" + plugin + ".so", folder / "plugins" / (plugin + ".so"));
  }
  /// What stands behind "FILE is not used: " in the one refusal, without what every mishap ends with.
  static std::string mishap(const Catalog& catalog, const fs::path& file) {
    if (catalog.refusals().size() != 1) return std::to_string(catalog.refusals().size()) + " refusals";
    const std::string& message = catalog.refusals()[0].message;
    const std::string head = file.string() + " is not used: ";
    const std::string tail = " when it was looked at on " + today() + "; gleaner plugin rescan tries again";
    if (!message.starts_with(head) || !message.ends_with(tail)) return message;
    return message.substr(head.size(), message.size() - head.size() - tail.size());
  }
  std::string mishap_of(const std::string& plugin, std::chrono::milliseconds budget = look_budget) {
    put(plugin);
    return mishap(scan(budget), folder / "plugins" / (plugin + ".so"));
  }
  TemporaryFolder folder;
};

TEST_F(Look, ACrashIsNamedWithItsSignal) {
  if (gleaner::test::is_sanitized) GTEST_SKIP() << "a sanitizer ends what crashes in its own way";
  EXPECT_EQ(mishap_of("crash"), "it crashed with SIGSEGV");
}

TEST_F(Look, AnAbortIsNamedWithItsSignal) {
  EXPECT_EQ(mishap_of("stop"), "it crashed with SIGABRT");
}

TEST_F(Look, AnExitIsNamedWithItsCode) {
  EXPECT_EQ(mishap_of("leave"), "it ended the process (exit code 3)");
}

TEST_F(Look, AHangEndsWithTheTimeAFileHas) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(mishap_of("hang", 300ms), "it was not loaded after 0.3 s");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Look, AFileHasTwoSeconds) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(mishap_of("hang"), "it was not loaded after 2 s");
  EXPECT_GE(std::chrono::steady_clock::now() - start, 2s);
}

TEST_F(Look, AFileThatWasSlowOnceIsNotBlamed) {
  put("slow_once");  // it hangs unless its trace says that it was opened before
  ::setenv("LOAD_TRACE", (folder / "trace").c_str(), 1);
  const Catalog catalog = scan(500ms);
  ::unsetenv("LOAD_TRACE");
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_NE(catalog.find(Kind::filter, "loaded"), nullptr);
}

TEST_F(Look, WhatWritesIntoTheHostsPipeIsFoundOut) {
  EXPECT_EQ(mishap_of("scribble"), "it wrote into a pipe of the host's");
}

TEST_F(Look, WhatClosesEveryDescriptorIsFoundOut) {
  EXPECT_EQ(mishap_of("close_everything"), "it ended the process (exit code 0)");
}

TEST_F(Look, AChildThatHoldsThePipeOpenHoldsNobodyUp) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(mishap_of("leave_a_child"), "it crashed with SIGABRT");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1500ms) << "found before the 2 s are over";
}

TEST_F(Look, TheOthersAreUsedWhateverABadFileDoes) {
  for (const char* plugin : {"crash", "leave", "scribble", "stop"})
    put(plugin);
  install("good/scorer.so", folder / "plugins/a.so");
  install("good/four.so", folder / "plugins/m.so");
  put("do_nothing");
  install("clash/filter.so", folder / "plugins/z.so");
  fs::remove(folder / "plugins/a.so");
  const Catalog catalog = scan();
  EXPECT_EQ(catalog.refusals().size(), 4U);
  EXPECT_NE(catalog.find(Kind::source, "four"), nullptr);
  EXPECT_NE(catalog.find(Kind::filter, "loaded"), nullptr);
  EXPECT_NE(catalog.find(Kind::filter, "word"), nullptr);
}

TEST_F(Look, AFileIsNotBlamedForAThreadThatAnEarlierOneLeftBehind) {
  put("crash_later");  // opened without a word; its thread crashes while the next is opened
  put("linger");
  const Catalog catalog = scan();
  EXPECT_THAT(catalog.refusals(), IsEmpty());
  EXPECT_NE(catalog.find(Kind::filter, "later"), nullptr);
  EXPECT_NE(catalog.find(Kind::filter, "lingering"), nullptr);
}

TEST_F(Look, NothingOfALibraryIsMappedHere) {
  put("do_nothing");
  const Catalog catalog = scan();
  ASSERT_EQ(catalog.components().size(), 1U);
  EXPECT_THAT(read("/proc/self/maps"), Not(HasSubstr((folder / "plugins").string())));
  ASSERT_TRUE(catalog.components()[0].open());
  EXPECT_THAT(read("/proc/self/maps"), HasSubstr((folder / "plugins/do_nothing.so").string()));
}

TEST_F(Look, WhatAPluginPrintsIsNotThisProcesssOutput) {
  put("chatter");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const Catalog catalog = scan();
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_NE(catalog.find(Kind::filter, "loaded"), nullptr);
}

TEST_F(Look, AnExitDoesNotWriteWhatThisProcessHasNotWrittenYet) {
  testing::internal::CaptureStdout();
  std::fputs("once", stdout);  // stands in a buffer that the child inherits
  EXPECT_EQ(mishap_of("leave"), "it ended the process (exit code 3)");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "once");
}

TEST_F(Look, DescriptorsOfThisProcessAreOutOfReach) {
  const fs::path file = folder / "precious";
  write(file, "");
  const int precious = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_GE(precious, 0);
  put("scribble");
  static_cast<void>(scan());
  ::close(precious);
  EXPECT_EQ(read(file), "");
}

TEST_F(Look, NoChildIsLeftBehind) {
  put("leave_a_child");
  put("hang");
  put("do_nothing");
  static_cast<void>(scan(300ms));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is still there";
}

TEST_F(Look, AStampThatDoesNotFitIsRefusedWithoutAProcess) {
  install("bad/stamp_arch.so", folder / "plugins/stamp_arch.so");
  const Catalog catalog = scan();
  ASSERT_EQ(catalog.refusals().size(), 1U);
  EXPECT_THAT(catalog.refusals()[0].message, HasSubstr("its stamp says it is built for m68k"));
}

TEST_F(Look, WhatADescriptorDoesWrongIsSaidAsIfItWereOpenedHere) {
  install("bad/kind_unknown.so", folder / "plugins/kind_unknown.so");
  install("bad/missing_function.so", folder / "plugins/missing_function.so");
  const Catalog catalog = scan();
  ASSERT_EQ(catalog.refusals().size(), 2U);
  for (const Refusal& each : catalog.refusals())
    EXPECT_EQ(each.message, Catalog::open(each.file).refusals().at(0).message);
}

TEST(LookAt, NoFilesNeedNoProcess) {
  EXPECT_THAT(look_at({}), IsEmpty());
}

TEST(Sentence, NamesSignalsWithoutANameByNumber) {
  EXPECT_EQ(
      to_sentence({Mishap::How::crashed, 40, 1795305600}),
      "it crashed with signal 40 when it was looked at on 2026-11-22; gleaner plugin rescan tries again");
}

}  // namespace
}  // namespace gleaner::host::test
