// libcurl is loaded when it is needed, and its absence is a sentence.
#include "host/services/http/curl_api.hpp"

#include <array>

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

TEST(CurlLibrary, IsLoadedOnce) {
  ASSERT_TRUE(curl_library().loaded) << curl_library().problem;
  EXPECT_EQ(curl(), curl());
  EXPECT_NE(curl()->version_info(CURLVERSION_NOW), nullptr);
}

TEST(CurlLibrary, TheSecondBestWillDo) {
  constexpr std::array names{"libcurl-of-nobody.so.4", "libcurl.so.4"};
  EXPECT_TRUE(CurlLibrary(names).loaded);
}

TEST(CurlLibrary, IsMissedInOneSentence) {
  constexpr std::array names{"libcurl-of-nobody.so.4"};
  const CurlLibrary library(names);
  EXPECT_FALSE(library.loaded);
  EXPECT_EQ(
      library.problem,
      "Nothing can be fetched, since libcurl could not be loaded (libcurl-of-nobody.so.4: cannot open shared "
      "object file: No such file or directory); install it (on Debian the package libcurl4).");
}

TEST(CurlLibrary, AnotherLibraryOrAnOldOneWillNotDo) {
  constexpr std::array names{"libc.so.6"};
  EXPECT_EQ(CurlLibrary(names).problem,
            "Nothing can be fetched, since libcurl could not be loaded (libc.so.6 is too old); install it "
            "(on Debian "
            "the package libcurl4).");
}

}  // namespace
}  // namespace gleaner::host::http
