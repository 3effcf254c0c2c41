// Each way in which one request can fail, with its outcome and its sentence.
#include "tests/host/services/http/client_fixture.hpp"

namespace gleaner::host::http {
namespace {

class Failure : public HttpClient {
 protected:
  static ChannelSettings once() {
    auto settings = quick();
    settings.retry.attempts = 1;
    return settings;
  }
};

TEST_F(Failure, RefusedConnection) {
  const auto port = std::to_string(test::closed_port());
  const auto response = fetch({.url = "http://127.0.0.1:" + port + "/"});
  EXPECT_EQ(response.outcome, Outcome::unreachable);
  EXPECT_EQ(response.http_status, 0);
  EXPECT_EQ(response.attempts, 4U);
  EXPECT_EQ(response.error, "Could not reach 127.0.0.1:" + port +
                                " in 4 attempts: the connection was refused (is the server running?).");
}

TEST_F(Failure, UnknownName) {
  // RFC 2606: .invalid is never a name.
  const auto response = fetch({.url = "https://rss.arxiv.invalid/rss/cs.LG", .timeout = seconds(20)}, once());
  EXPECT_EQ(response.outcome, Outcome::unreachable);
  EXPECT_EQ(response.error,
            "Could not reach rss.arxiv.invalid: the name could not be looked up (is this machine online?).");
}

TEST_F(Failure, NoAnswerInTime) {
  Reply slow = text("late");
  slow.delay = seconds(20);
  server_.on("/", slow);
  const auto start = Clock::now();
  const auto response = fetch({.url = server_.url(), .timeout = milliseconds(150)}, once());
  EXPECT_EQ(response.outcome, Outcome::timed_out);
  EXPECT_EQ(response.error, host() + " did not finish its answer within 150 ms.");
  EXPECT_LT(since(start), seconds(5));
}

TEST_F(Failure, SilenceInTheMiddle) {
  Reply stalled = text("0123456789");
  stalled.ending = Ending::stall_mid_body;
  server_.on("/", stalled);
  const auto response = fetch({.url = server_.url(), .idle = milliseconds(100)}, once());
  EXPECT_EQ(response.outcome, Outcome::timed_out);
  EXPECT_EQ(response.body, "01234");
  EXPECT_EQ(response.error, host() + " stopped in the middle of its answer and sent nothing for 100 ms.");
}

TEST_F(Failure, WaitingForTheFirstByteIsNotSilence) {
  Reply slow = text("thought about it");
  slow.delay = milliseconds(150);
  server_.on("/", slow);
  EXPECT_EQ(fetch({.url = server_.url(), .idle = milliseconds(50)}, once()).outcome, Outcome::ok);
}

TEST_F(Failure, ADripThatWouldTakeForEver) {
  Reply drip = text(std::string(100'000, 'x'));
  drip.drip_bytes = 1;
  drip.drip_every = milliseconds(10);
  server_.on("/", drip);
  const auto start = Clock::now();
  const auto response =
      fetch({.url = server_.url(), .timeout = milliseconds(200), .idle = milliseconds(5000)}, once());
  EXPECT_EQ(response.outcome, Outcome::timed_out);
  EXPECT_EQ(response.error, host() + " did not finish its answer within 200 ms.");
  EXPECT_LT(since(start), seconds(5));
}

TEST_F(Failure, ResetInTheMiddle) {
  Reply broken = text(std::string(1000, 'x'));
  broken.ending = Ending::reset_mid_body;
  server_.on("/", broken);
  const auto response = get("/", once());
  EXPECT_EQ(response.outcome, Outcome::broken_off);
  EXPECT_EQ(response.error, host() + " broke the connection off.");
}

TEST_F(Failure, ShorterThanAnnounced) {
  Reply cut = text(std::string(1000, 'x'));
  cut.ending = Ending::close_mid_body;
  server_.on("/", cut);
  const auto response = get("/", once());
  EXPECT_EQ(response.outcome, Outcome::broken_off);
  EXPECT_EQ(response.body.size(), 500U);
  EXPECT_EQ(response.error, host() + " ended its answer early: a part is missing.");
}

TEST_F(Failure, ClosedWithoutAnAnswer) {
  Reply none;
  none.ending = Ending::close_at_once;
  server_.on("/", none);
  const auto response = get("/", once());
  EXPECT_EQ(response.outcome, Outcome::broken_off);
  EXPECT_EQ(response.error, host() + " closed the connection without an answer.");
}

TEST_F(Failure, NotHttp) {
  Reply other;
  other.raw = "220 mail.example.org ESMTP\r\n";
  server_.on("/", other);
  const auto response = get("/", once());
  EXPECT_EQ(response.outcome, Outcome::wrong_body);
  EXPECT_EQ(response.error, host() + " sent something that is not HTTP.");
}

TEST_F(Failure, HttpsWhereThereIsNone) {
  const auto response = fetch({.url = "https://" + host() + "/"});
  EXPECT_EQ(response.outcome, Outcome::tls);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.error,
            "Could not reach " + host() + ": no secure connection could be made (does it speak https?).");
}

TEST_F(Failure, TooLargeAsAnnounced) {
  server_.on("/", text(std::string(5000, 'x')));
  const auto response = fetch({.url = server_.url(), .max_bytes = 4096});
  EXPECT_EQ(response.outcome, Outcome::too_large);
  EXPECT_EQ(response.attempts, 1U);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(response.error, "The answer of " + host() + " is larger than the limit of 4 KiB.");
}

TEST_F(Failure, TenTimesTooLarge) {
  Reply large = text(std::string(40'960, 'x'));
  large.drip_bytes = 1024;
  server_.on("/", large);
  const auto response = fetch({.url = server_.url(), .max_bytes = 4096});
  EXPECT_EQ(response.outcome, Outcome::too_large);
  EXPECT_EQ(response.error, "The answer of " + host() + " is larger than the limit of 4 KiB.");
}

TEST_F(Failure, TooLargeWithoutAnnouncement) {
  Reply endless;
  endless.raw = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(1'000'000, 'x');
  server_.on("/", endless);
  EXPECT_EQ(fetch({.url = server_.url(), .max_bytes = 4096}).outcome, Outcome::too_large);
}

TEST_F(Failure, ExactlyAtTheLimitIsFine) {
  server_.on("/", text(std::string(4096, 'x')));
  EXPECT_EQ(fetch({.url = server_.url(), .max_bytes = 4096}).outcome, Outcome::ok);
}

TEST_F(Failure, ASmallAnswerThatUnpacksToMuch) {
  Reply bomb = text(std::string(20'000'000, '\0'));
  bomb.gzip = true;
  server_.on("/", bomb);
  const auto response = fetch({.url = server_.url(), .max_bytes = 1U << 20});
  EXPECT_EQ(response.outcome, Outcome::too_large);
  EXPECT_LE(response.body.size(), 1U << 20);
}

TEST_F(Failure, BrokenCompression) {
  Reply broken = text("this is not gzip");
  broken.headers = {{"Content-Encoding", "gzip"}};
  server_.on("/", broken);
  const auto response = get("/", once());
  EXPECT_EQ(response.outcome, Outcome::wrong_body);
  EXPECT_EQ(response.error, host() + " sent an answer that could not be decompressed.");
}

TEST_F(Failure, EndlessHeaders) {
  Reply reply = text("x");
  for (int i = 0; i < 400; ++i)
    reply.headers.emplace_back("X-" + std::to_string(i), std::string(1000, 'y'));
  server_.on("/", reply);
  EXPECT_EQ(get("/", once()).outcome, Outcome::too_large);
}

TEST_F(Failure, AddressesThatCannotBeFetched) {
  const auto response = fetch({.url = "file:///etc/passwd"});
  EXPECT_EQ(response.outcome, Outcome::bad_request);
  EXPECT_EQ(response.attempts, 0U);
  EXPECT_EQ(response.error,
            "The address file:///etc/passwd cannot be fetched: only complete http and https addresses can.");
  EXPECT_EQ(
      fetch({.url = "rss.arxiv.org/rss"}).error,
      "The address \"rss.arxiv.org/rss\" cannot be fetched: only complete http and https addresses can.");
}

TEST_F(Failure, AHeaderCannotSmuggleAnother) {
  const auto response = fetch({.url = server_.url(), .headers = {{"X-Key", "hunter2\r\nX-Evil: 1"}}});
  EXPECT_EQ(response.outcome, Outcome::bad_request);
  EXPECT_EQ(response.error, "The request to " + host() +
                                " was not sent: its header \"X-Key\" holds characters that are not allowed.");
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(Failure, AnErrorsPageIsHandedOut) {
  server_.on("/", status(400, "<feed error/>"));
  const auto response = get("/");
  EXPECT_EQ(response.outcome, Outcome::bad_request);
  EXPECT_EQ(response.http_status, 400);
  EXPECT_EQ(response.body, "<feed error/>");
  EXPECT_EQ(response.attempts, 1U);
}

TEST_F(Failure, AnErrorsLongPageIsStillThatError) {
  server_.on("/", status(404, std::string(5000, 'x')));
  EXPECT_EQ(fetch({.url = server_.url(), .max_bytes = 4096}).outcome, Outcome::not_found);
}

TEST_F(Failure, SecretsStayOutOfSentencesAndLog) {
  server_.script("/search", {status(503), status(404)});
  const auto response = fetch({.url = "http://user:hunter2@" + host() + "/search?api_key=hunter2",
                               .headers = {{"Authorization", "Bearer hunter2"}, {"X-Api-Key", "hunter2"}},
                               .body = "hunter2",
                               .repeat = Repeat::safe});
  EXPECT_EQ(response.error, host() + " has nothing at http://" + host() + "/search?api_key=… (HTTP 404).");
  EXPECT_NE(log().find("Trying again"), std::string::npos);
  EXPECT_EQ(log().find("hunter2"), std::string::npos) << log();
}

}  // namespace
}  // namespace gleaner::host::http
