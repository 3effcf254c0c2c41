// The output `webhook` over the host's own HTTP client, against a receiver on 127.0.0.1.
#include <set>
#include <string>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/testkit.hpp>

#include "plugins/webhook/output.hpp"
#include "plugins/webhook/sign.hpp"
#include "tests/plugins/common/posting_web.hpp"
#include "tests/plugins/common/source_fixture.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/loopback_server.hpp"

namespace gleaner::webhook {
namespace {

namespace kit = gleaner::testkit;
namespace json = boost::json;
using test::LoopbackServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

kit::DigestPage sample() {
  kit::DigestPage page;
  page.title = "Reading group";
  page.key = "gleaner-2025-05-07-webhook-0123456789abcdef";
  page.announced = 12;
  page.scanned = 10;
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.01557", "T <script> \"q\" \u202e & Erd\u0151s", "About.");
  entry.total = 15.5;
  entry.comment = "Why";
  page.papers = {entry};
  return page;
}

/// What Python's own hmac says of a request.
std::string verdict(const test::Recorded& request, const std::string& secret) {
  test::ChildOptions options;
  options.input = request.body;
  test::Child child(
      {"python3", GLEANER_SOURCE_DIR "/tests/plugins/webhook/verify.py", secret,
       request.header("webhook-id").value_or(""), request.header("webhook-timestamp").value_or(""),
       request.header("webhook-signature").value_or("")},
      options);
  const auto result = child.finish();
  return result.exit == 0 ? result.out : result.err;
}

class WebhookTest : public ::testing::Test {
 protected:
  kit::Outcome deliver(kit::Settings settings, const kit::DigestPage& page = sample()) {
    settings.insert(settings.begin(), {"url", server_.url("/hook")});
    auto output = kit::make<Webhook>(host_, settings);
    const auto delivered = output.deliver(page);
    EXPECT_THAT(delivered.violations, IsEmpty());
    return delivered.error;
  }
  [[nodiscard]] test::Recorded last() const { return server_.requests().back(); }
  void SetUp() override { server_.on("/hook", {.body = "thanks"}); }

  LoopbackServer server_;
  kit::FakeHost host_;
  test::PostingWeb web_{host_};
};

TEST(WebhookSignature, IsThatOfStandardWebhooks) {
  // Of the test suites of the reference libraries.
  EXPECT_EQ(signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                      R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, KeysAreBase64AfterTheirPrefixAndElseThemselves) {
  EXPECT_EQ(key_of("plain text"), "plain text");
  EXPECT_EQ(key_of("whsec_YQ=="), "a");
  EXPECT_EQ(key_of("whsec_YWI="), "ab");
  EXPECT_EQ(key_of("whsec_YWJj"), "abc");
  for (const char* wrong : {"", "whsec_", "whsec_abc", "whsec_a$b=", "whsec_===="})
    EXPECT_THROW((void)key_of(wrong), Error) << wrong;
}

TEST_F(WebhookTest, SendsTheDigestToTheByteWithItsKey) {
  const auto page = sample();
  ASSERT_TRUE(deliver({}, page).ok());
  ASSERT_EQ(server_.requests().size(), 1U);
  const auto request = last();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, kit::digest_json(page));
  EXPECT_EQ(request.header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(request.header("idempotency-key"), "gleaner-2025-05-07-webhook-0123456789abcdef");
  EXPECT_EQ(request.header("webhook-id"), request.header("idempotency-key"));
  EXPECT_EQ(request.header("webhook-signature"), std::nullopt);
}

TEST_F(WebhookTest, PythonFindsTheSignatureGoodAndAnyChangeBad) {
  for (const std::string secret : {"a plain secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}) {
    host_.set_secret("WEBHOOK_SECRET", secret);
    ASSERT_TRUE(deliver({{"secret", kit::secret("WEBHOOK_SECRET")}}).ok());
    auto request = last();
    EXPECT_EQ(verdict(request, secret), "good\n");
    EXPECT_EQ(verdict(request, secret + "BBBB"), "bad\n");
    request.body += " ";
    EXPECT_EQ(verdict(request, secret), "bad\n");
  }
  EXPECT_EQ(last().header("webhook-timestamp"), std::to_string(host_.clock().now_ms() / 1000));
}

TEST_F(WebhookTest, PapersAreTheSelectedOnesWithTheirDay) {
  ASSERT_TRUE(deliver({{"body", "papers"}}).ok());
  const auto body = json::parse(last().body).as_object();
  EXPECT_EQ(body.at("schema"), json::value("gleaner.papers/1"));
  EXPECT_EQ(body.at("date"), json::value("2025-05-07"));
  EXPECT_EQ(body.at("key"), json::value("gleaner-2025-05-07-webhook-0123456789abcdef"));
  EXPECT_EQ(body.at("papers"), json::parse(kit::digest_json(sample())).at("papers"));
  EXPECT_FALSE(body.contains("unscored"));
}

TEST_F(WebhookTest, ASummaryIsCountsAndTitles) {
  auto page = sample();
  page.papers[0].paper.url = "javascript:alert(1)";
  ASSERT_TRUE(deliver({{"body", "summary"}}, page).ok());
  EXPECT_EQ(
      json::parse(last().body),
      json::parse(R"({"schema":"gleaner.summary/1","key":"gleaner-2025-05-07-webhook-0123456789abcdef",)"
                  R"("pipeline":"test","title":"Reading group","date":"2025-05-07","complete":true,)"
                  R"("counts":{"announced":12,"scanned":10,"selected":1,"unscored":0},"problems":[],)"
                  R"("papers":[{"id":"2505.01557","title":"T <script> \"q\" \u202e & Erd\u0151s",)"
                  R"("total":15.5}]})"));
}

TEST_F(WebhookTest, WhoeverKnowsTheKeysGetsADigestOnce) {
  // The first answer is lost after the message was taken; the host sends it again, with the same key.
  server_.script("/hook", {{.ending = test::Ending::reset_at_once}, {.status = 500}, {.body = "ok"}});
  ASSERT_TRUE(deliver({}).ok());
  ASSERT_TRUE(deliver({}).ok());
  std::set<std::string> keys;
  for (const auto& request : server_.requests())
    keys.insert(request.header("idempotency-key").value_or("none"));
  EXPECT_EQ(server_.requests().size(), 4U);
  EXPECT_EQ(keys, std::set<std::string>{"gleaner-2025-05-07-webhook-0123456789abcdef"});
}

TEST_F(WebhookTest, ALimitIsWaitedFor) {
  server_.script("/hook", {{.status = 429, .headers = {{"Retry-After", "1"}}}, {.status = 204}});
  EXPECT_TRUE(deliver({}).ok());
  EXPECT_EQ(server_.requests().size(), 2U);
}

TEST_F(WebhookTest, TokensAndHeadersGoAlong) {
  host_.set_secret("KEY", "abc123");
  const kit::OptionValue table = kit::table(R"({"X-Source":"gleaner","X-Empty":""})");
  ASSERT_TRUE(deliver({{"token", kit::secret("KEY")}, {"headers", table}}).ok());
  EXPECT_EQ(last().header("authorization"), "Bearer abc123");
  EXPECT_EQ(last().header("x-source"), "gleaner");
  ASSERT_TRUE(deliver({{"token", kit::secret("KEY")}, {"token_header", "X-Api-Key"}}).ok());
  EXPECT_EQ(last().header("x-api-key"), "abc123");
  host_.set_secret("KEY", "Basic dTpw");
  ASSERT_TRUE(deliver({{"token", kit::secret("KEY")}, {"method", "PUT"}}).ok());
  EXPECT_EQ(last().header("authorization"), "Basic dTpw");
  EXPECT_EQ(last().method, "PUT");
}

TEST_F(WebhookTest, NoSecretBecomesAHeaderOfItsOwn) {
  host_.set_secret("KEY", "abc\r\nX-Evil: 1");
  const auto outcome = deliver({{"token", kit::secret("KEY")}});
  EXPECT_EQ(outcome.message,
            "The secret behind `token` holds a character that no header can have, perhaps a line end.");
  EXPECT_EQ(outcome.option, "/token");
  EXPECT_THAT(server_.requests(), IsEmpty());
}

TEST_F(WebhookTest, ASecretAddressIsNeverShown) {
  host_.set_secret("ADDRESS", server_.url("/s3cret/path"));
  auto output = kit::make<Webhook>(host_, {{"secret_url", kit::secret("ADDRESS")}});
  const auto outcome = output.deliver(sample()).error;
  EXPECT_EQ(outcome.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(outcome.message,
            "127.0.0.1 knows no such address (HTTP 404); check it, it may have been withdrawn.");
  EXPECT_FALSE(host_.logged("s3cret"));
}

TEST_F(WebhookTest, ADryRunSendsNothing) {
  host_.set_dry_run(true);
  EXPECT_TRUE(deliver({}).ok());
  EXPECT_THAT(server_.requests(), IsEmpty());
}

TEST(WebhookOptions, AreRefusedWithASentence) {
  const auto refused = [](kit::Settings settings) {
    const Error error = test::refusal<Webhook>(settings);
    return error.option() + " " + error.what();
  };
  const kit::Given url{"url", "https://example.org/hook"};
  EXPECT_EQ(refused({}), "/url Give the address in `url`, or in `secret_url` where it is a secret itself.");
  EXPECT_EQ(refused({url, {"secret_url", "https://example.org"}}),
            "/url Give the address in `url`, or in `secret_url` where it is a secret itself.");
  EXPECT_EQ(refused({url, {"headers", kit::table(R"({"Content-Length":"5"})")}}),
            "/headers/Content-Length The header Content-Length is set by gleaner itself; take it out of "
            "`headers`.");
  EXPECT_EQ(refused({url, {"headers", kit::table(R"({"X-A":"a\r\nX-B: b"})")}}),
            "/headers/X-A The header X-A has to be a text on one line.");
  EXPECT_EQ(
      refused({url, {"headers", kit::table(R"({"X A":"a"})")}}),
      "/headers `headers` holds a name that no HTTP header can have: letters, digits and - are allowed.");
  EXPECT_EQ(
      refused({url, {"token", "x"}, {"token_header", "X-K"}, {"headers", kit::table(R"({"x-k":"a"})")}}),
      "/headers/x-k The header x-k is the token's; take it out of `headers`.");
  EXPECT_EQ(refused({url, {"token_header", "Webhook-Id"}}),
            "/token_header `token_header` is the name of a header for the token: Authorization, X-Api-Key.");
  EXPECT_EQ(refused({{"url", "ftp://example.org"}}).substr(0, 4), "/url");
}

}  // namespace
}  // namespace gleaner::webhook
