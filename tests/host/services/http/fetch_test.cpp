// What a request looks like, and what a good answer becomes.
#include <algorithm>

#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Fetch : public HttpClient {};

TEST_F(Fetch, GivesStatusHeadersAndBody) {
  Reply reply = text("<rss/>");
  reply.headers = {{"ETag", "abc"}, {"X-Two", "1"}};
  server_.on("/rss/cs.LG+cs.AI", reply);
  const auto response = get("/rss/cs.LG+cs.AI?version=2.0");
  EXPECT_EQ(response.outcome, Outcome::ok);
  EXPECT_EQ(response.http_status, 200);
  EXPECT_EQ(response.body, "<rss/>");
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.error, "");
  EXPECT_EQ(response.effective_url, server_.url("/rss/cs.LG+cs.AI?version=2.0"));
  EXPECT_NE(std::ranges::find(response.headers, std::pair<std::string, std::string>("etag", "abc")),
            response.headers.end());
}

TEST_F(Fetch, APlusInThePathStaysAPlus) {
  server_.on("/rss/cs.LG+cs.AI", text("x"));
  get("/rss/cs.LG+cs.AI");
  EXPECT_EQ(server_.requests().at(0).target, "/rss/cs.LG+cs.AI");
}

TEST_F(Fetch, SaysWhoAsks) {
  server_.on("/", text("x"));
  auto settings = quick();
  settings.user_agent = user_agent("0.1.0", "you@example.org");
  fetch({.url = server_.url(), .headers = {{"User-Agent", "someone else"}}}, settings);
  const auto request = server_.requests().at(0);
  EXPECT_EQ(request.header("user-agent"), "gleaner/0.1.0 (+mailto:you@example.org)");
  EXPECT_EQ(request.header("accept"), "*/*");
  EXPECT_EQ(std::ranges::count(request.headers, "user-agent", &std::pair<std::string, std::string>::first),
            1);
}

TEST_F(Fetch, HeadersGoAsGiven) {
  server_.on("/", text("x"));
  fetch({.url = server_.url(), .headers = {{"Accept", "application/atom+xml"}, {"X-Empty", ""}}});
  const auto request = server_.requests().at(0);
  EXPECT_EQ(request.header("accept"), "application/atom+xml");
  EXPECT_EQ(request.header("x-empty"), "");
  EXPECT_EQ(request.header("content-type"), std::nullopt);
}

TEST_F(Fetch, PostsABody) {
  server_.on("/chat", text("{}"));
  const std::string body(2'000'000, 'x');
  const auto response =
      fetch({.url = server_.url("/chat"), .headers = {{"Content-Type", "application/json"}}, .body = body});
  EXPECT_EQ(response.outcome, Outcome::ok);
  const auto request = server_.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, body);
  EXPECT_EQ(request.header("content-type"), "application/json");
  EXPECT_EQ(request.header("expect"), std::nullopt);
}

TEST_F(Fetch, OtherMethods) {
  server_.on("/", text("x"));
  for (const auto* method : {"HEAD", "PUT", "DELETE", "PATCH", "post"})
    fetch({.method = method, .url = server_.url()});
  const auto requests = server_.requests();
  ASSERT_EQ(requests.size(), 5U);
  EXPECT_EQ(requests[0].method, "HEAD");
  EXPECT_EQ(requests[1].method, "PUT");
  EXPECT_EQ(requests[2].method, "DELETE");
  EXPECT_EQ(requests[3].method, "PATCH");
  EXPECT_EQ(requests[4].method, "POST");
  EXPECT_EQ(requests[4].header("content-length"), "0");
}

TEST_F(Fetch, UnpacksGzip) {
  Reply reply = text(std::string(100'000, 'a'));
  reply.gzip = true;
  server_.on("/", reply);
  const auto response = get("/");
  EXPECT_EQ(response.body, reply.body);
  EXPECT_NE(server_.requests().at(0).header("accept-encoding").value_or("").find("gzip"), std::string::npos);
}

TEST_F(Fetch, KeepsTheConnection) {
  server_.on("/", text("x"));
  const auto channel = client().open(quick());
  for (int i = 0; i < 3; ++i) {
    channel->submit({.url = server_.url()});
    ASSERT_EQ(channel->wait_any(seconds(30)).size(), 1U);
  }
  for (const auto& request : server_.requests())
    EXPECT_EQ(request.connection, 1U);
}

TEST_F(Fetch, UnchangedIsAnOutcomeOfItsOwn) {
  server_.on("/", status(304));
  const auto response =
      fetch({.url = server_.url(), .headers = {{"If-None-Match", "abc"}}, .expect = Expect::xml});
  EXPECT_EQ(response.outcome, Outcome::unchanged);
  EXPECT_EQ(response.attempts, 1U);
}

TEST_F(Fetch, NoContentIsFineWhateverIsExpected) {
  server_.on("/", status(204));
  EXPECT_EQ(fetch({.url = server_.url(), .expect = Expect::json}).outcome, Outcome::ok);
}

TEST_F(Fetch, AnAnswerMayDripAsLongAsItDrips) {
  Reply reply = text("0123456789");
  reply.drip_bytes = 1;
  reply.drip_every = milliseconds(20);
  server_.on("/", reply);
  EXPECT_EQ(fetch({.url = server_.url(), .idle = milliseconds(2000)}).body, "0123456789");
}

TEST_F(Fetch, AClientThatAsksNothingStartsNothing) {
  const auto before = Clock::now();
  for (int i = 0; i < 100; ++i) {
    Client idle(client_settings());
    const auto channel = idle.open(quick());
    EXPECT_TRUE(channel->wait_any(seconds(30)).empty());
  }
  EXPECT_LT(since(before), seconds(5));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "limits"));
}

TEST(UserAgent, TheContactCannotBreakTheHeader) {
  EXPECT_EQ(user_agent("1", ""), "gleaner/1");
  EXPECT_EQ(user_agent("1", "a@b.org"), "gleaner/1 (+mailto:a@b.org)");
  EXPECT_EQ(user_agent("1", "a@b.org)\r\nX: (y"), "gleaner/1 (+mailto:a@b.orgX:y)");
}

}  // namespace
}  // namespace gleaner::host::http
