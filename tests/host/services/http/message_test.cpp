#include "host/services/http/message.hpp"

#include <gtest/gtest.h>

namespace gleaner::host::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Trouble with(Cause cause) {
  Trouble trouble;
  trouble.cause = cause;
  trouble.url = "https://user:hunter2@rss.arxiv.org/rss/cs.LG?key=hunter2";
  trouble.timeout = seconds(60);
  trouble.idle = seconds(30);
  trouble.connect = seconds(10);
  trouble.max_bytes = 32U << 20;
  return trouble;
}

Trouble status(int status) {
  auto trouble = with(Cause::status);
  trouble.status = status;
  trouble.outcome = judge_status(status, {}).outcome;
  return trouble;
}

TEST(Message, AServerThatIsNotDeclared) {
  auto trouble = with(Cause::undeclared);
  trouble.component = "news";
  trouble.use = "words";
  EXPECT_EQ(
      describe(trouble),
      "news asked for https://rss.arxiv.org/rss/cs.LG?key=…, which it does not declare; gleaner describe "
      "words lists the servers it may ask.");
  trouble.cause = Cause::redirect_undeclared;
  trouble.redirect_to = "https://evil.example/hooks/0123456789abcdef0123456789";
  EXPECT_EQ(
      describe(trouble),
      "rss.arxiv.org redirects news to https://evil.example/hooks/…, which it does not declare; gleaner "
      "describe words lists the servers it may ask.");
}

TEST(Message, NoConnection) {
  EXPECT_EQ(describe(with(Cause::lookup)),
            "Could not reach rss.arxiv.org: the name could not be looked up (is this machine online?).");
  EXPECT_EQ(describe(with(Cause::refused)),
            "Could not reach rss.arxiv.org: the connection was refused (is the server running?).");
  EXPECT_EQ(describe(with(Cause::no_route)),
            "Could not reach rss.arxiv.org: there is no way to it (is this machine online?).");
  EXPECT_EQ(describe(with(Cause::connect_timeout)),
            "Could not reach rss.arxiv.org: no connection within 10 s (is this machine online?).");
  EXPECT_EQ(describe(with(Cause::tls_untrusted)),
            "Could not reach rss.arxiv.org: its certificate could not be verified (SSL_CERT_FILE may name an "
            "authority "
            "of your own).");
  EXPECT_EQ(
      describe(with(Cause::tls_expired)),
      "Could not reach rss.arxiv.org: its certificate has expired (is the clock of this machine right?).");
  EXPECT_EQ(describe(with(Cause::tls_not_yet)),
            "Could not reach rss.arxiv.org: its certificate is not valid yet (is the clock of this machine "
            "right?).");
  EXPECT_EQ(describe(with(Cause::tls_other_name)),
            "Could not reach rss.arxiv.org: its certificate is for another name.");
  EXPECT_EQ(describe(with(Cause::proxy_down)),
            "Could not reach rss.arxiv.org: nothing answers at the address of the proxy (check the variables "
            "http_proxy and https_proxy).");
  EXPECT_EQ(
      describe(with(Cause::proxy_lookup)),
      "Could not reach rss.arxiv.org: the name of the proxy could not be looked up (check the variables "
      "http_proxy and https_proxy).");
}

TEST(Message, AttemptsAreCounted) {
  auto trouble = with(Cause::lookup);
  trouble.attempts = 4;
  EXPECT_EQ(describe(trouble),
            "Could not reach rss.arxiv.org in 4 attempts: the name could not be looked up (is this machine "
            "online?).");
  trouble.cause = Cause::timeout;
  EXPECT_EQ(describe(trouble), "rss.arxiv.org did not finish its answer within 60 s in 4 attempts.");
}

TEST(Message, BrokenAnswers) {
  EXPECT_EQ(describe(with(Cause::idle)),
            "rss.arxiv.org stopped in the middle of its answer and sent nothing for 30 s.");
  EXPECT_EQ(describe(with(Cause::broken_off)), "rss.arxiv.org broke the connection off.");
  EXPECT_EQ(describe(with(Cause::truncated)), "rss.arxiv.org ended its answer early: a part is missing.");
  EXPECT_EQ(describe(with(Cause::too_large)),
            "The answer of rss.arxiv.org is larger than the limit of 32 MiB.");
}

TEST(Message, WrongBodies) {
  auto trouble = with(Cause::html_body);
  trouble.expect = Expect::xml;
  EXPECT_EQ(describe(trouble),
            "rss.arxiv.org sent an HTML page where XML was expected (maintenance, or a check for robots?).");
  trouble.expect = Expect::json;
  trouble.cause = Cause::other_body;
  EXPECT_EQ(describe(trouble), "rss.arxiv.org sent something else where JSON was expected.");
  trouble.cause = Cause::throttle_body;
  trouble.status = 200;
  EXPECT_EQ(describe(trouble),
            "rss.arxiv.org limits how often it may be asked (it says so in a page of status 200); try again "
            "later.");
}

TEST(Message, Statuses) {
  EXPECT_EQ(describe(status(401)), "rss.arxiv.org did not accept the credentials (HTTP 401); check the key.");
  EXPECT_EQ(describe(status(403)), "rss.arxiv.org refused access (HTTP 403).");
  EXPECT_EQ(describe(status(404)),
            "rss.arxiv.org has nothing at https://rss.arxiv.org/rss/cs.LG?key=… (HTTP 404).");
  EXPECT_EQ(describe(status(400)), "rss.arxiv.org did not accept the request (HTTP 400).");
  EXPECT_EQ(describe(status(503)), "rss.arxiv.org had an error of its own (HTTP 503); try again later.");
  auto asked = status(429);
  asked.hint = minutes(5);
  EXPECT_EQ(describe(asked),
            "rss.arxiv.org limits how often it may be asked (HTTP 429); it asks to wait 5 min.");
}

TEST(Message, Redirects) {
  auto trouble = with(Cause::redirect_scheme);
  trouble.redirect_to = "file:///etc/passwd";
  EXPECT_EQ(describe(trouble),
            "rss.arxiv.org redirects to a file address, which is not followed: only http and https are.");
  EXPECT_EQ(describe(with(Cause::redirect_weaker)),
            "rss.arxiv.org redirects from https to http, which is not followed.");
}

TEST(Message, EveryCauseHasOneSentenceWithoutSecrets) {
  for (int number = 1; number <= static_cast<int>(Cause::cancelled); ++number) {
    auto trouble = with(static_cast<Cause>(number));
    trouble.redirect_to = "ftp://hunter2@example.org/";
    trouble.status = 302;
    const auto text = describe(trouble);
    EXPECT_TRUE(text.ends_with(".")) << number << ": " << text;
    EXPECT_NE(text.find("rss.arxiv.org"), std::string::npos) << text;
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

TEST(Message, DurationsAndSizesAreReadable) {
  EXPECT_EQ(readable(milliseconds(450)), "450 ms");
  EXPECT_EQ(readable(milliseconds(2500)), "2.5 s");
  EXPECT_EQ(readable(seconds(60)), "60 s");
  EXPECT_EQ(readable(minutes(5)), "5 min");
  EXPECT_EQ(readable_bytes(900), "900 bytes");
  EXPECT_EQ(readable_bytes(4096), "4 KiB");
  EXPECT_EQ(readable_bytes(32U << 20), "32 MiB");
}

}  // namespace
}  // namespace gleaner::host::http
