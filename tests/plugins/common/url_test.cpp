#include "plugins/common/url.hpp"

#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>

namespace gleaner::common {
namespace {

TEST(CommonUrl, WebAddressesHaveAServer) {
  EXPECT_TRUE(is_web_address("https://example.org"));
  EXPECT_TRUE(is_web_address("HTTP://127.0.0.1:8080/x"));
  for (const char* url :
       {"example.org", "ftp://example.org", "https://", "https:///x", "https://a b", "file:///etc", ""})
    EXPECT_FALSE(is_web_address(url)) << url;
  EXPECT_THROW(check_address("example.org", "base_url"), Error);
}

TEST(CommonUrl, OnlyABaseWithoutPathGetsTheStandardOne) {
  EXPECT_EQ(with_path("https://example.org", "/api"), "https://example.org/api");
  EXPECT_EQ(with_path("https://example.org/", "/api"), "https://example.org/api");
  EXPECT_EQ(with_path("https://example.org/mine/", "/api"), "https://example.org/mine");
}

TEST(CommonUrl, PercentEncodingGoesBothWays) {
  EXPECT_EQ(percent_encoded("a b+c/é~"), "a%20b%2Bc%2F%C3%A9~");
  EXPECT_EQ(percent_decoded("a%20b%2bc%2"), "a b+c%2");
}

TEST(CommonUrl, ReferencesResolveAsRfc3986Says) {  // section 5.4
  const char* base = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> cases[] = {
      {"g", "http://a/b/c/g"},        {"./g", "http://a/b/c/g"},
      {"/g", "http://a/g"},           {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},   {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"}, {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},         {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},       {"../../../g", "http://a/g"},
      {"http://x/y", "http://x/y"},   {"g/", "http://a/b/c/g/"}};
  for (const auto& [reference, expected] : cases)
    EXPECT_EQ(resolved(base, reference), expected) << reference;
  EXPECT_EQ(resolved("https://example.org", "x"), "https://example.org/x");
}

}  // namespace
}  // namespace gleaner::common
