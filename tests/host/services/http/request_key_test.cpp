// Which requests are the same question, and that no secret is part of it.
#include "host/services/http/request_key.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

std::string without_hunter2(std::string_view text) {
  std::string out(text);
  for (auto at = out.find("hun/ter2"); at != out.npos; at = out.find("hun/ter2"))
    out.replace(at, 8, "***");
  return out;
}

std::string key(const Request& request) {
  return request_key(request, &without_hunter2);
}

Request ask(std::string url, Headers headers = {}, std::string body = {}) {
  return {.method = "GET", .url = std::move(url), .headers = std::move(headers), .body = std::move(body)};
}

TEST(RequestKey, IsAUuidThatStaysTheSame) {
  // python3: uuid.uuid5(uuid.UUID("5d0b6e2a-9c41-4f1e-8a37-c41d62b90f73"), "GET\nhttp://a/\naccept: x\n\n")
  EXPECT_EQ(key(ask("http://a/", {{"Accept", "x"}})), "746df22e-3421-557d-90fa-d00e69b8ceae");
}

TEST(RequestKey, EverythingThatChangesAnAnswerCounts) {
  const auto one = key(ask("http://a/"));
  EXPECT_NE(one, key(ask("http://a/?page=2")));
  EXPECT_NE(one, key(ask("http://a/", {{"Accept", "text/xml"}})));
  EXPECT_NE(one, key(ask("http://a/", {}, "body")));
  auto head = ask("http://a/");
  head.method = "HEAD";
  EXPECT_NE(one, key(head));
}

TEST(RequestKey, OrderAndCaseOfHeadersDoNotCount) {
  EXPECT_EQ(key(ask("http://a/", {{"Accept", "x"}, {"Prefer", "y"}})),
            key(ask("http://a/", {{"prefer", "y"}, {"ACCEPT", "x"}})));
  EXPECT_EQ(key(ask("http://a/", {{"User-Agent", "gleaner/1"}})), key(ask("http://a/")));
}

TEST(RequestKey, OfASecretOnlyItsPresenceCounts) {
  for (const auto* name : {"Authorization", "api-key", "X-Api-Key", "Cookie", "X-Auth-Token"}) {
    EXPECT_EQ(key(ask("http://a/", {{name, "one"}})), key(ask("http://a/", {{name, "two"}})));
    EXPECT_NE(key(ask("http://a/", {{name, "one"}})), key(ask("http://a/")));
  }
  EXPECT_EQ(key(ask("http://a/?api_key=one")), key(ask("http://a/?api_key=two")));
  EXPECT_EQ(key(ask("http://u:one@a/")), key(ask("http://u:two@a/")));
  EXPECT_EQ(key(ask("http://a/", {}, "x hun/ter2")), key(ask("http://a/", {}, "x ***")));
}

TEST(RequestKey, TokensThatTurnPagesAreNoSecrets) {
  EXPECT_NE(key(ask("http://a/?resumptionToken=1")), key(ask("http://a/?resumptionToken=2")));
  EXPECT_NE(key(ask("http://a/?token=1")), key(ask("http://a/?token=2")));
}

TEST(CleanUrl, HidesUserKeysAndWhatIsKnown) {
  const auto clean = [](std::string_view url) { return clean_url(url, &without_hunter2); };
  EXPECT_EQ(clean("https://rss.arxiv.org/rss/cs.LG+cs.AI?version=2.0#a"),
            "https://rss.arxiv.org/rss/cs.LG+cs.AI?version=2.0#a");
  EXPECT_EQ(clean("https://u:p@a.org/x@y"), "https://***@a.org/x@y");
  EXPECT_EQ(clean("https://a.org?q=1&API_KEY=k&n=2#f"), "https://a.org?q=1&API_KEY=***&n=2#f");
  EXPECT_EQ(clean("https://a.org/?q=hun%2Fter2"), "https://a.org/?q=***");
  EXPECT_EQ(clean("https://a.org/hun/ter2/hook"), "https://a.org/***/hook");
  EXPECT_EQ(clean("https://a.org/?hun/ter2"), "https://a.org/?***");
  EXPECT_EQ(clean("https://a.org/?a=%2&b=%zz&="), "https://a.org/?a=%2&b=%zz&=");
  EXPECT_EQ(clean(""), "");
}

}  // namespace
}  // namespace gleaner::host::http
