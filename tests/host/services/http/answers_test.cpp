// Answers that outlive their request: served again after a crash, confirmed by a 304.
#include <thread>

#include "tests/host/services/http/client_fixture.hpp"
#include "tests/host/services/http/memory_book.hpp"

namespace gleaner::host::http {
namespace {

class Answers : public HttpClient {
 protected:
  ChannelSettings keeping() {
    auto settings = quick();
    settings.answers = &book_;
    return settings;
  }

  static Reply tagged(std::string body, std::string etag) {
    Reply reply = text(std::move(body));
    reply.headers = {{"ETag", std::move(etag)}, {"Set-Cookie", "id=hunter2"}};
    return reply;
  }

  [[nodiscard]] std::size_t asked() const { return server_.requests().size(); }

  MemoryBook book_;
};

TEST_F(Answers, WhatAKilledTryReceivedIsNotAskedAgain) {
  server_.on("/", text("<feed/>"));
  auto settings = keeping();
  settings.politeness.group = "arxiv";
  settings.politeness.interval = seconds(60);
  EXPECT_FALSE(get("/", settings).from_cache);
  book_.next_try();
  const auto again = get("/", settings);  // at once: nothing is sent, so there is nothing to space
  EXPECT_TRUE(again.from_cache);
  EXPECT_EQ(again.outcome, Outcome::ok);
  EXPECT_EQ(again.http_status, 200);
  EXPECT_EQ(again.body, "<feed/>");
  EXPECT_EQ(again.effective_url, server_.url());
  EXPECT_EQ(again.attempts, 0U);
  EXPECT_EQ(asked(), 1U);
}

TEST_F(Answers, AnAnswerIsKeptBeforeItIsHandedOut) {
  server_.on("/", text("x"));
  EXPECT_EQ(get("/", keeping()).outcome, Outcome::ok);
  EXPECT_EQ(book_.kept_received().size(), 1U);
}

TEST_F(Answers, AskingTwiceIsAskingTheServer) {
  server_.script("/", {text("stale"), text("stale"), text("fresh")});
  EXPECT_EQ(get("/", keeping()).body, "stale");
  book_.next_try();
  const auto channel = client().open(keeping());
  std::vector<std::string> bodies;
  for (int i = 0; i < 3; ++i) {
    channel->submit({.url = server_.url()});
    bodies.push_back(channel->wait_any(seconds(30)).at(0).response.body);
  }
  EXPECT_EQ(bodies, (std::vector<std::string>{"stale", "stale", "fresh"}));
  EXPECT_EQ(asked(), 3U);
}

TEST_F(Answers, OnlyGoodOnesAreKept) {
  server_.on("/500", status(500));
  server_.on("/404", status(404));
  server_.on("/html", text("<html></html>"));
  get("/500", keeping());
  get("/404", keeping());
  fetch({.url = server_.url("/html"), .expect = Expect::json}, keeping());
  EXPECT_TRUE(book_.kept_received().empty());
  EXPECT_TRUE(book_.kept_validated().empty());
}

TEST_F(Answers, APostIsKeptOnlyWhereItMayBeRepeated) {
  server_.on("/", tagged("{}", "1"));
  fetch({.url = server_.url(), .body = "order"}, keeping());
  EXPECT_TRUE(book_.kept_received().empty());
  const Request judged{.url = server_.url(), .body = "judge this", .repeat = Repeat::safe};
  fetch(judged, keeping());
  EXPECT_EQ(book_.kept_received().size(), 1U);
  EXPECT_TRUE(book_.kept_validated().empty());
  book_.next_try();
  EXPECT_TRUE(fetch(judged, keeping()).from_cache);
  EXPECT_FALSE(
      fetch({.url = server_.url(), .body = "judge that", .repeat = Repeat::safe}, keeping()).from_cache);
}

TEST_F(Answers, AKeptAnswerThatDoesNotFitIsAskedAgain) {
  server_.on("/", text("<html></html>"));
  EXPECT_EQ(get("/", keeping()).outcome, Outcome::ok);
  book_.next_try();
  EXPECT_EQ(fetch({.url = server_.url(), .max_bytes = 4}, keeping()).outcome, Outcome::too_large);
  EXPECT_EQ(fetch({.url = server_.url(), .expect = Expect::xml}, keeping()).outcome, Outcome::wrong_body);
}

TEST_F(Answers, NotModifiedGivesTheKeptAnswer) {
  // arXiv's ETag has no quotes, and goes back as it came.
  server_.script("/", {tagged("<feed/>", "3a7bd3e2"), status(304), status(304)});
  EXPECT_FALSE(fetch({.url = server_.url(), .expect = Expect::xml}, keeping()).from_cache);
  book_.next_run();
  const auto second = fetch({.url = server_.url(), .expect = Expect::xml}, keeping());
  EXPECT_EQ(second.outcome, Outcome::ok);
  EXPECT_TRUE(second.from_cache);
  EXPECT_EQ(second.http_status, 200);
  EXPECT_EQ(second.body, "<feed/>");
  EXPECT_EQ(second.attempts, 1U);
  const auto requests = server_.requests();
  EXPECT_EQ(requests.at(0).header("if-none-match"), std::nullopt);
  EXPECT_EQ(requests.at(1).header("if-none-match"), "3a7bd3e2");
  EXPECT_EQ(requests.at(1).header("if-modified-since"), std::nullopt);
  // A confirmed answer is received as well.
  book_.next_try();
  EXPECT_TRUE(get("/", keeping()).from_cache);
  EXPECT_EQ(asked(), 2U);
}

TEST_F(Answers, LastModifiedIsAskedForToo) {
  Reply dated = text("x");
  dated.headers = {{"Last-Modified", "Tue, 20 May 2025 00:00:00 GMT"}};
  server_.script("/", {dated, status(304)});
  get("/", keeping());
  book_.next_run();
  EXPECT_EQ(get("/", keeping()).body, "x");
  EXPECT_EQ(server_.requests().at(1).header("if-modified-since"), "Tue, 20 May 2025 00:00:00 GMT");
}

TEST_F(Answers, AChangedAnswerReplacesTheKeptOne) {
  server_.script("/", {tagged("old", "1"), tagged("new", "2"), status(304)});
  get("/", keeping());
  for (const bool confirmed : {false, true}) {
    book_.next_run();
    const auto response = get("/", keeping());
    EXPECT_EQ(response.body, "new");
    EXPECT_EQ(response.from_cache, confirmed);
  }
  EXPECT_EQ(server_.requests().at(2).header("if-none-match"), "2");
}

TEST_F(Answers, OnlyTheAddressThatGaveTheAnswerIsAsked) {
  LoopbackServer other;
  server_.script("/", {redirect_to("/a"), redirect_to("/a"), redirect_to(other.url())});
  server_.script("/a", {tagged("a", "same"), status(304)});
  other.on("/", tagged("b", "same"));
  EXPECT_EQ(get("/", keeping()).body, "a");
  book_.next_run();
  EXPECT_EQ(get("/", keeping()).body, "a");
  book_.next_run();
  EXPECT_EQ(get("/", keeping()).body, "b");
  EXPECT_EQ(server_.requests().at(2).header("if-none-match"), std::nullopt);
  EXPECT_EQ(server_.requests().at(3).header("if-none-match"), "same");
  EXPECT_EQ(other.requests().at(0).header("if-none-match"), std::nullopt);
}

TEST_F(Answers, WhoAsksConditionallyIsLeftAlone) {
  server_.script("/", {tagged("x", "1"), status(304)});
  get("/", keeping());
  book_.next_run();
  const auto response = fetch({.url = server_.url(), .headers = {{"If-None-Match", "mine"}}}, keeping());
  EXPECT_EQ(response.outcome, Outcome::unchanged);
  EXPECT_FALSE(response.from_cache);
  EXPECT_EQ(server_.requests().at(1).header("if-none-match"), "mine");
}

TEST_F(Answers, NotModifiedOutOfTheBlueIsNoAnswer) {
  server_.on("/", status(304));
  EXPECT_EQ(get("/", keeping()).outcome, Outcome::unchanged);
}

TEST_F(Answers, WhatIsNotToBeStoredOrHugeIsNotKeptToBeConfirmed) {
  Reply unstored = tagged("x", "1");
  unstored.headers.emplace_back("Cache-Control", "private, No-Store");
  server_.on("/unstored", unstored);
  server_.on("/plain", text("x"));
  server_.on("/huge", tagged(std::string(largest_validated_body + 1, 'x'), "1"));
  server_.on("/large", tagged(std::string(largest_validated_body, 'x'), "1"));
  get("/unstored", keeping());
  get("/plain", keeping());
  get("/huge", keeping());
  EXPECT_TRUE(book_.kept_validated().empty());
  EXPECT_EQ(get("/large", keeping()).body.size(), largest_validated_body);
  EXPECT_EQ(book_.kept_validated().size(), 1U);
}

TEST_F(Answers, AfterABadConfirmationTheWholeAnswerIsFetched) {
  server_.script("/", {tagged("<html></html>", "1"), status(304), text("<feed/>")});
  get("/", keeping());
  book_.next_run();
  const auto response = fetch({.url = server_.url(), .expect = Expect::xml}, keeping());
  EXPECT_EQ(response.body, "<feed/>");
  EXPECT_FALSE(response.from_cache);
  EXPECT_EQ(server_.requests().at(2).header("if-none-match"), std::nullopt);
}

TEST_F(Answers, NoSecretIsKeptBesideTheBody) {
  auto settings = client_settings();
  settings.clean = [](std::string_view text) {
    std::string out(text);
    const auto at = out.find("hunter2");
    return at == out.npos ? out : out.replace(at, 7, "***");
  };
  Client own(settings);
  server_.on("/", tagged("x", "1"));
  for (const bool from_cache : {false, true}) {
    const auto channel = own.open(keeping());
    const auto url = server_.url("/?api_key=hunter2");
    channel->submit({.url = url});
    const auto finished = channel->wait_any(seconds(30));
    EXPECT_EQ(finished.at(0).response.from_cache, from_cache);
    EXPECT_EQ(finished.at(0).response.effective_url, url);
    book_.next_try();
  }
  for (const auto& [key, kept] : book_.kept_received()) {
    EXPECT_EQ(key.size(), 36U);
    EXPECT_EQ(kept.effective_url, server_.url("/?api_key=***"));
    for (const auto& [name, value] : kept.headers)
      EXPECT_NE(name, "set-cookie");
  }
}

TEST_F(Answers, ABrokenBookDoesNotCostTheAnswer) {
  server_.on("/", tagged("x", "1"));
  book_.fail_from_now_on();
  EXPECT_EQ(get("/", keeping()).body, "x");
  EXPECT_NE(log().find("Answers cannot be kept: The state is damaged."), std::string::npos) << log();
}

TEST_F(Answers, TheBookIsLeftAloneOnceTheChannelIsGone) {
  server_.on("/", tagged("x", "1"));
  for (int i = 0; i < 50; ++i) {
    auto book = std::make_unique<MemoryBook>();
    auto settings = quick();
    settings.answers = book.get();
    const auto channel = client().open(settings);
    for (int n = 0; n < 4; ++n)
      channel->submit({.url = server_.url()});
    std::this_thread::sleep_for(std::chrono::microseconds(i * 40));
  }  // a use after this is AddressSanitizer's to find
}

}  // namespace
}  // namespace gleaner::host::http
