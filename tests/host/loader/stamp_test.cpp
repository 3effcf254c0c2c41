// The stamp as a host of this or another version reads it.
#include "host/loader/stamp.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "host/loader/reader.hpp"
#include "tests/host/loader/support.hpp"

namespace gleaner::host::test {
namespace {

constexpr gleaner_stamp good = GLEANER_STAMP_INIT(0);

TEST(Stamp, IsReadFromTheFileWithoutOpeningIt) {
  const auto stamp = read_stamp(built / "good/scorer.so");
  ASSERT_TRUE(stamp) << stamp.reason();
  EXPECT_EQ(std::memcmp(&*stamp, &good, sizeof good), 0);
}

TEST(Stamp, OfThisVersionIsAccepted) {
  EXPECT_TRUE(check_stamp(good));
}

TEST(Stamp, OfANewerMinorIsLeftToTheDescriptor) {
  gleaner_stamp newer = good;
  newer.abi_minor = 9;
  newer.min_host_minor = 9;
  EXPECT_TRUE(check_stamp(newer));
}

TEST(Stamp, OfAnOlderMajorAsksForANewerPlugin) {
  const auto checked = check_stamp(good, HostAbi{2, 0});
  ASSERT_FALSE(checked);
  EXPECT_EQ(
      checked.reason(),
      "it is built for Gleaner's plugin ABI 1, this gleaner loads ABI 2; get a newer build of the plugin");
}

TEST(Stamp, WithAnUnprintableMachineIsShownWithoutIt) {
  gleaner_stamp odd = good;
  std::memcpy(odd.arch, "\x1b[31m machine full", sizeof odd.arch);  // 16 characters, no NUL
  const auto checked = check_stamp(odd);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.reason(),
            "its stamp says it is built for ?[31m?machine?fu; get the plugin built for " GLEANER_ARCH);
}

// RFC 3629, sections 3 and 10; Unicode 15, table 3-7.
TEST(Utf8, IsWhatTheRfcSays) {
  for (const char* text :
       {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF", "na\xC3\xAFve \xE2\x80\x94 \xF0\x9F\x8C\xBE"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  for (const char* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x80",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "ok\xE2\x28\xA1"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

}  // namespace
}  // namespace gleaner::host::test
