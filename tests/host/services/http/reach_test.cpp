// Which servers a component may ask, by what it declares and by what its owner wrote.
#include "host/services/http/reach.hpp"

#include <initializer_list>

#include <gtest/gtest.h>

#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

bool declared(std::string_view entry, const std::string& url) {
  Reach reach("words");
  reach.allow(entry);
  return reach.allows(url);
}

bool written(std::string_view address, const std::string& url) {
  Reach reach("words");
  reach.allow_address(address);
  return reach.allows(url);
}

TEST(Reach, WithoutAWordNothingMayBeAsked) {
  EXPECT_FALSE(Reach("words").allows("https://example.org/"));
}

TEST(Reach, ADeclaredNameMeansThatServerOnAnyPortAndScheme) {
  for (const char* url :
       {"https://export.arxiv.org/api", "http://export.arxiv.org/", "https://EXPORT.arXiv.org:8443",
        "https://export.arxiv.org./", "https://me:pw@export.arxiv.org/"})
    EXPECT_TRUE(declared("export.arxiv.org", url)) << url;
  for (const char* url :
       {"https://arxiv.org/", "https://www.export.arxiv.org/", "https://export.arxiv.org.evil.example/",
        "https://xexport.arxiv.org/", "https://evil.example/export.arxiv.org",
        "https://export.arxiv.org@evil.example/", "https://evil.example/?export.arxiv.org"})
    EXPECT_FALSE(declared("export.arxiv.org", url)) << url;
}

TEST(Reach, AStarWithADotMeansEveryNameBelow) {
  EXPECT_TRUE(declared("*.example.org", "https://a.example.org/"));
  EXPECT_TRUE(declared("*.example.org", "https://a.b.example.org/"));
  EXPECT_FALSE(declared("*.example.org", "https://example.org/"));
  EXPECT_FALSE(declared("*.example.org", "https://badexample.org/"));
  EXPECT_FALSE(declared("*.example.org", "https://a.example.org.evil.example/"));
}

TEST(Reach, AStarMeansAll) {
  EXPECT_TRUE(declared("*", "https://anything.example/"));
  EXPECT_TRUE(declared("*", "http://127.0.0.1:8080/"));
  EXPECT_FALSE(declared("*:8080", "http://127.0.0.1/"));
}

TEST(Reach, APortMeansThatPortAlone) {
  EXPECT_TRUE(declared("localhost:11434", "http://localhost:11434/api"));
  EXPECT_FALSE(declared("localhost:11434", "http://localhost:6379/"));
  EXPECT_FALSE(declared("localhost:11434", "http://localhost/"));
  EXPECT_TRUE(declared("example.org:443", "https://example.org/"));
  EXPECT_TRUE(declared("[::1]:8080", "http://[::1]:8080/"));
  EXPECT_FALSE(declared("[::1]:8080", "http://[::1]:8081/"));
}

TEST(Reach, SchemePathAndCaseOfADeclarationDoNotMatter) {
  EXPECT_TRUE(declared("https://API.example.org/v1", "https://api.example.org/"));
  EXPECT_TRUE(declared("api.example.org.", "https://api.example.org/"));
  EXPECT_FALSE(declared("", "https://api.example.org/"));
  EXPECT_FALSE(declared("https://", "https://api.example.org/"));
}

// Four spellings of one address: those of whoever would slip past a comparison of texts.
TEST(Reach, WhatIsComparedIsWhatIsConnectedTo) {
  for (const char* url : {"http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/"}) {
    EXPECT_TRUE(declared("127.0.0.1", url)) << url;
    EXPECT_FALSE(declared("2130706433", url)) << url;
  }
  // libcurl takes what stands before the last @ for a user's name, whatever a browser makes of the backslash.
  EXPECT_TRUE(declared("example.org", "https://evil.example\\@example.org/"));
  EXPECT_FALSE(declared("evil.example", "https://evil.example\\@example.org/"));
  EXPECT_TRUE(declared("example.org", "https://ex%61mple.org/"));
}

TEST(Reach, AnAddressOfTheOwnersMeansItsServer) {
  EXPECT_TRUE(written("https://api.example.org/v1?x=1", "https://api.example.org/v2"));
  EXPECT_TRUE(written("HTTPS://api.example.org", "http://api.example.org:8080/"));
  EXPECT_FALSE(written("https://api.example.org/v1", "https://example.org/"));
  EXPECT_TRUE(written("http://127.0.0.1:8080", "http://127.0.0.1:8080/x"));
  EXPECT_FALSE(written("http://127.0.0.1:8080", "http://127.0.0.1:6379/"));
}

TEST(Reach, OtherTextsOfTheOwnersMeanNothing) {
  for (const char* text : {"", "example.org", "ftp://example.org/", "see https://example.org/",
                           "file:///etc/passwd", "https://", "http:// example.org/"})
    EXPECT_FALSE(written(text, "https://example.org/")) << text;
}

TEST(Reach, AnAddressMayBeAddedLater) {
  Reach reach("words");
  EXPECT_FALSE(reach.allows("https://hooks.example.org/x"));
  reach.allow_address("https://hooks.example.org/secret");
  EXPECT_TRUE(reach.allows("https://hooks.example.org/x"));
}

TEST(Url, AServerIsANameAndAPort) {
  const auto plain = server_of("https://Example.org/");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->name, "example.org");
  EXPECT_EQ(plain->port, "443");
  EXPECT_FALSE(plain->port_written);
  const auto local = server_of("http://[::1]:8080/");
  ASSERT_TRUE(local);
  EXPECT_EQ(local->name, "[::1]");
  EXPECT_EQ(local->port, "8080");
  EXPECT_TRUE(local->port_written);
  EXPECT_FALSE(server_of("no address"));
}

}  // namespace
}  // namespace gleaner::host::http
