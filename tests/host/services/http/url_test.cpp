#include "host/services/http/url.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

TEST(Url, OnlyWebAddressesCanBeFetched) {
  EXPECT_TRUE(is_fetchable("https://rss.arxiv.org/rss/cs.LG+cs.AI"));
  EXPECT_TRUE(is_fetchable("HTTP://127.0.0.1:8080/"));
  for (const auto* url : {"", "rss.arxiv.org/rss", "file:///etc/passwd", "ftp://example.org/", "https://",
                          "https://exa mple.org/", "javascript:alert(1)"}) {
    EXPECT_FALSE(is_fetchable(url)) << url;
  }
  EXPECT_FALSE(is_fetchable(std::string("https://example.org/\0x", 22)));
}

TEST(Url, TheHostIsNamedWithAnUnusualPort) {
  EXPECT_EQ(host_of("https://user:key@rss.arxiv.org/rss?x=1"), "rss.arxiv.org");
  EXPECT_EQ(host_of("http://127.0.0.1:8080/x"), "127.0.0.1:8080");
  EXPECT_EQ(host_of("http://[::1]:8080/x"), "[::1]:8080");
  EXPECT_EQ(host_of("nonsense"), "the server");
}

TEST(Url, SecretsAreNotShown) {
  EXPECT_EQ(redact("https://user:hunter2@example.org/a/b?key=hunter2&page=2#hunter2"),
            "https://example.org/a/b?key=…&page=…");
  EXPECT_EQ(redact("https://example.org/a?hunter2"), "https://example.org/a?…");
  EXPECT_EQ(redact("https://api.telegram.org/bot123:hunter2/sendMessage"),
            "https://api.telegram.org/…/sendMessage");
  EXPECT_EQ(redact("https://hooks.example.org/services/T0/abcdefghijklmnopqrstuvwx"),
            "https://hooks.example.org/services/T0/…");
  EXPECT_EQ(redact("//user:hunter2@x?y"), "…");
}

TEST(Url, WhatIsNoSecretIsShown) {
  EXPECT_EQ(redact("https://rss.arxiv.org/rss/cs.LG+cs.AI"), "https://rss.arxiv.org/rss/cs.LG+cs.AI");
  EXPECT_EQ(redact("rss.arxiv.org/rss/cs.LG"), "\"rss.arxiv.org/rss/cs.LG\"");
  EXPECT_EQ(redact("file:///etc/passwd"), "file:///etc/passwd");
}

TEST(Url, RedirectsAreResolvedLikeLinks) {
  EXPECT_EQ(resolve("https://a.org/x/y", "../z?q=1"), "https://a.org/z?q=1");
  EXPECT_EQ(resolve("https://a.org/x/y", "/z"), "https://a.org/z");
  EXPECT_EQ(resolve("https://a.org/x/y", "//b.org/z"), "https://b.org/z");
  EXPECT_EQ(resolve("https://a.org/x/y", "http://b.org/"), "http://b.org/");
  EXPECT_EQ(resolve("https://a.org/x/y", ""), "");
}

TEST(Url, ARedirectNeverLeadsToAWeakerOrAnotherScheme) {
  EXPECT_EQ(judge_redirect("https://a.org/", "https://b.org/"), Cause::none);
  EXPECT_EQ(judge_redirect("http://a.org/", "https://a.org/"), Cause::none);
  EXPECT_EQ(judge_redirect("http://a.org/", "http://b.org/"), Cause::none);
  EXPECT_EQ(judge_redirect("https://a.org/", "http://a.org/"), Cause::redirect_weaker);
  EXPECT_EQ(judge_redirect("https://a.org/", "HTTP://a.org/"), Cause::redirect_weaker);
  EXPECT_EQ(judge_redirect("https://a.org/", "file:///etc/passwd"), Cause::redirect_scheme);
  EXPECT_EQ(judge_redirect("http://a.org/", "gopher://a.org/"), Cause::redirect_scheme);
  EXPECT_EQ(judge_redirect("http://a.org/", ""), Cause::redirect_nowhere);
}

TEST(Url, AnOriginIsSchemeHostAndPort) {
  EXPECT_TRUE(same_origin("https://a.org/x", "https://a.org:443/y"));
  EXPECT_FALSE(same_origin("https://a.org/", "http://a.org/"));
  EXPECT_FALSE(same_origin("https://a.org/", "https://b.org/"));
  EXPECT_FALSE(same_origin("http://127.0.0.1:1/", "http://127.0.0.1:2/"));
}

}  // namespace
}  // namespace gleaner::host::http
