#include "host/services/http/limits.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

namespace gleaner::host::http {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "gleaner-limits-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Politeness spaced(milliseconds interval) {
  Politeness politeness;
  politeness.group = "arxiv";
  politeness.interval = interval;
  return politeness;
}

Politeness at_most(unsigned connections) {
  Politeness politeness;
  politeness.group = "arxiv";
  politeness.connections = connections;
  return politeness;
}

TEST(Limits, TheSecondStartWaitsForTheInterval) {
  const Folder folder;
  Limits limits(folder.path(), {});
  EXPECT_TRUE(limits.try_start(spaced(hours(1))).permit);
  const auto second = limits.try_start(spaced(hours(1)));
  EXPECT_FALSE(second.permit);
  EXPECT_GT(second.ask_again, milliseconds(3'500'000));
  EXPECT_LE(second.ask_again, hours(1) + milliseconds(50));
}

TEST(Limits, TheIntervalBeginsWhenTheRequestGoesOut) {
  const Folder folder;
  Limits limits(folder.path(), {});
  Limits other(folder.path(), {});
  auto first = limits.try_start(spaced(milliseconds(200)));
  ASSERT_TRUE(first.permit);
  std::this_thread::sleep_for(milliseconds(120));  // a name and a handshake
  first.permit->sent();
  for (auto* one : {&limits, &other}) {
    const auto second = one->try_start(spaced(milliseconds(200)));
    EXPECT_FALSE(second.permit);
    EXPECT_GT(second.ask_again, milliseconds(100));
  }
}

TEST(Limits, AnotherGroupDoesNotWait) {
  const Folder folder;
  Limits limits(folder.path(), {});
  EXPECT_TRUE(limits.try_start(spaced(hours(1))).permit);
  auto other = spaced(hours(1));
  other.group = "crossref";
  EXPECT_TRUE(limits.try_start(other).permit);
}

TEST(Limits, TwoOwnersOfAFolderShareTheInterval) {
  const Folder folder;
  Limits one(folder.path(), {});
  Limits two(folder.path(), {});
  EXPECT_TRUE(one.try_start(spaced(hours(1))).permit);
  EXPECT_FALSE(two.try_start(spaced(hours(1))).permit);
}

TEST(Limits, TheIntervalEnds) {
  const Folder folder;
  Limits limits(folder.path(), {});
  EXPECT_TRUE(limits.try_start(spaced(milliseconds(20))).permit);
  std::this_thread::sleep_for(milliseconds(75));
  EXPECT_TRUE(limits.try_start(spaced(milliseconds(20))).permit);
}

// The second request may be quicker on its way than the first: the server sees them closer together.
TEST(Limits, TheIntervalHoldsWhereRequestsArriveAndNotOnlyWhereTheyDepart) {
  const Folder folder;
  Limits limits(folder.path(), {});
  Limits other(folder.path(), {});
  auto first = limits.try_start(spaced(milliseconds(200)));
  ASSERT_TRUE(first.permit);
  first.permit->sent();
  const auto sent = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::steady_clock::now() - sent; };
  std::this_thread::sleep_for(milliseconds(205));
  for (auto* one : {&limits, &other}) {
    const auto second = one->try_start(spaced(milliseconds(200)));
    if (second.permit) {
      EXPECT_GE(elapsed(), milliseconds(249));  // a machine that was busy elsewhere meanwhile
    }
  }
}

TEST(Limits, WithoutAnIntervalNothingIsAdded) {
  const Folder folder;
  Limits limits(folder.path(), {});
  EXPECT_TRUE(limits.try_start(at_most(2)).permit);
  EXPECT_TRUE(limits.try_start(at_most(2)).permit);
}

TEST(Limits, TwoOwnersOfAFolderShareTheConnections) {
  const Folder folder;
  Limits one(folder.path(), {});
  Limits two(folder.path(), {});
  auto first = one.try_start(at_most(2));
  auto second = two.try_start(at_most(2));
  ASSERT_TRUE(first.permit);
  ASSERT_TRUE(second.permit);
  EXPECT_FALSE(one.try_start(at_most(2)).permit);
  EXPECT_FALSE(two.try_start(at_most(2)).permit);
  second.permit->release();
  EXPECT_TRUE(one.try_start(at_most(2)).permit);
}

TEST(Limits, APermitIsGivenBackOnce) {
  const Folder folder;
  Limits limits(folder.path(), {});
  {
    auto answer = limits.try_start(at_most(1));
    const auto moved = std::move(*answer.permit);
    EXPECT_FALSE(limits.try_start(at_most(1)).permit);
  }
  auto again = limits.try_start(at_most(1));
  EXPECT_TRUE(again.permit);
  EXPECT_FALSE(limits.try_start(at_most(1)).permit);
}

TEST(Limits, NoNameMeansNoLimit) {
  const Folder folder;
  Limits limits(folder.path(), {});
  auto nameless = spaced(hours(1));
  nameless.group.clear();
  EXPECT_TRUE(limits.try_start(nameless).permit);
  EXPECT_TRUE(limits.try_start(nameless).permit);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Limits, AFolderThatCannotBeMadeIsSaidOnceAndLimitsHoldInside) {
  const Folder folder;
  const auto file = folder.path() / "file";
  std::ofstream(file) << "not a folder";
  std::vector<std::string> lines;
  Limits limits(file / "limits", [&lines](Level level, std::string_view line) {
    EXPECT_EQ(level, Level::warning);
    lines.emplace_back(line);
  });
  EXPECT_TRUE(limits.try_start(spaced(hours(1))).permit);
  EXPECT_FALSE(limits.try_start(spaced(hours(1))).permit);
  auto other = at_most(1);
  other.group = "other";
  EXPECT_TRUE(limits.try_start(other).permit);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0],
            "Limits of request rates hold inside this process only, since " + (file / "limits").string() +
                " cannot be used (Not a directory); another gleaner that runs at the same time is not "
                "waited for.");
}

TEST(Limits, AFileOfNonsenseIsNoStart) {
  const Folder folder;
  for (const auto* content : {"", "nonsense", "x 12\n", "0 99999999999999999999999999\n"}) {
    std::ofstream(folder.path() / "arxiv.lock", std::ios::trunc) << content;
    Limits limits(folder.path(), {});
    EXPECT_TRUE(limits.try_start(spaced(hours(1))).permit) << content;
  }
}

TEST(Limits, AStartBeforeTheLastBootIsForgotten) {
  const Folder folder;
  { EXPECT_TRUE(Limits(folder.path(), {}).try_start(spaced(hours(1))).permit); }
  EXPECT_FALSE(Limits(folder.path(), {}).try_start(spaced(hours(1))).permit);
  std::fstream file(folder.path() / "arxiv.lock", std::ios::in | std::ios::out);
  file << "00000000";  // the beginning of another machine start's id
  file.close();
  EXPECT_TRUE(Limits(folder.path(), {}).try_start(spaced(hours(1))).permit);
}

TEST(Limits, AGroupsNameCannotLeaveTheFolder) {
  EXPECT_EQ(group_file_name("arxiv"), "arxiv.lock");
  EXPECT_EQ(group_file_name("../../etc/x y"), "%2E.%2F..%2Fetc%2Fx%20y.lock");
  EXPECT_LT(group_file_name(std::string(1000, '/')).size(), 255U);
}

}  // namespace
}  // namespace gleaner::host::http
