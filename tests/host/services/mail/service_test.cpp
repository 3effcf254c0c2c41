// gleaner.mail/1: what is handed in, and what a server refuses.
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/services/mail/mail_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

TEST_F(MailService, HandsAMessageInOverStartTlsAndLogin) {
  start_with_login();
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_OK) << answer.sentence;
  ASSERT_THAT(server->taken(), SizeIs(1));
  const Taken taken = server->taken()[0];
  EXPECT_EQ(taken.content, plain_message);  // lines of dots and all
  EXPECT_EQ(taken.from, "a@example.org");
  EXPECT_THAT(taken.to, ElementsAre("b@example.org"));
  EXPECT_TRUE(taken.tls);
  EXPECT_TRUE(taken.login);
  EXPECT_EQ(taken.hello, "example.org");  // not this machine's name
}

TEST_F(MailService, SpeaksTlsFromTheFirstByte) {
  start({{"tls", "at_once"}});
  ::setenv("SSL_CERT_FILE", server->authority().c_str(), 1);
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_OK) << answer.sentence;
  ASSERT_THAT(server->taken(), SizeIs(1));
  EXPECT_TRUE(server->taken()[0].tls);
}

TEST_F(MailService, SeveralMessagesCostOneLogin) {
  start_with_login();
  for (const char* recipient : {"b@example.org", "c@example.org", "d@example.org"}) {
    recipients = {recipient};
    EXPECT_EQ(send().status, GLEANER_OK);
  }
  EXPECT_THAT(server->taken(), SizeIs(3));
  EXPECT_EQ(server->noted("connection"), 1);
  EXPECT_EQ(server->noted("login PLAIN"), 1);
}

TEST_F(MailService, AServerThatNeverSaysGoodbyeKeepsNobodyWaiting) {
  start({{"quit", "hang"}});
  tls = false;
  EXPECT_EQ(send().status, GLEANER_OK);
  const auto start = std::chrono::steady_clock::now();
  host.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST_F(MailService, ALongMessageFullOfDotsArrivesAsItIs) {
  start({{"size", 8'000'000}});
  tls = false;
  content = "Subject: dots\r\n\r\n";
  // Lines of many lengths, so that a line's first dot falls on every place of libcurl's buffer.
  for (int i = 0; i < 9000; ++i)
    content += std::string(static_cast<std::size_t>(i % 5), '.') +
               std::string(static_cast<std::size_t>(i % 97), 'x') + "\r\n";
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_OK) << answer.sentence;
  ASSERT_THAT(server->taken(), SizeIs(1));
  EXPECT_TRUE(server->taken()[0].content == content);
}

TEST_F(MailService, AWrongPasswordIsSaidWithoutIt) {
  start_with_login({{"bad_login", "535 5.7.8 PASSWORD is wrong"}});
  ::setenv("GLEANER_TEST_WRONG", "hunter2-hunter2", 1);
  secret_name = "GLEANER_TEST_WRONG";
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_DENIED);
  EXPECT_EQ(answer.sentence,
            "The mail server 127.0.0.1:" + server->port() +
                " refused the login of me@example.org (535 5.7.8 *** is wrong): check `user` "
                "and `password`.");
  EXPECT_THAT(server->taken(), IsEmpty());
  EXPECT_THAT(lines, Not(HasSubstr("hunter2")));
}

TEST_F(MailService, ALoginThatIsPutOffIsTriedLater) {
  start_with_login({{"login", "454 4.7.0 Temporary authentication failure"}});
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(answer.sentence, "The mail server 127.0.0.1:" + server->port() +
                                 " cannot take the mail for b@example.org now (454 4.7.0 Temporary "
                                 "authentication failure); a later try may go better.");
}

TEST_F(MailService, APasswordThatIsNotSetIsNamed) {
  start_with_login();
  secret_name = "GLEANER_TEST_UNSET";
  EXPECT_EQ(send().status, GLEANER_DENIED);
  EXPECT_THAT(host->take_secret_problem(), StartsWith("The secret GLEANER_TEST_UNSET is not set"));
  EXPECT_EQ(server->noted("connection"), 0);
}

TEST_F(MailService, WithoutStartTlsNothingIsSaid) {
  start({});  // offers none
  user = "me@example.org";
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_THAT(answer.sentence,
              StartsWith("The mail server 127.0.0.1:" + server->port() +
                         " offers no STARTTLS, so that the mail and the password would cross "
                         "the network in the clear; nothing was sent."));
  EXPECT_THAT(server->taken(), IsEmpty());
  EXPECT_EQ(server->noted("login PLAIN"), 0);
}

TEST_F(MailService, ACertificateOfNobodyIsNotTrusted) {
  for (const auto kind : {Certificate::good, Certificate::expired, Certificate::other_name}) {
    TearDown();
    SetUp();
    start({{"tls", "starttls"}}, kind);
    // The good one is signed by nobody we know.
    if (kind != Certificate::good) ::setenv("SSL_CERT_FILE", server->authority().c_str(), 1);
    const auto answer = send();
    EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
    EXPECT_THAT(answer.sentence, StartsWith("The certificate of the mail server 127.0.0.1:" + server->port() +
                                            " is not to be trusted ("));
    EXPECT_THAT(answer.sentence, HasSubstr("nothing was sent"));
    EXPECT_THAT(server->taken(), IsEmpty());
  }
}

TEST_F(MailService, TheWrongKindOfAddressIsExplained) {
  start({{"tls", "starttls"}});
  address = "smtps://127.0.0.1:" + server->port();
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_THAT(answer.sentence, HasSubstr("Port 465 goes with smtps://, port 587 with smtp://."));
}

TEST_F(MailService, ABusyServerIsTriedLater) {
  start({{"greeting", "421 4.3.2 Too busy"}});
  tls = false;
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_EQ(
      answer.sentence,
      "The mail server 127.0.0.1:" + server->port() +
          " cannot take the mail for b@example.org now (421 4.3.2 Too busy); a later try may go better.");
}

TEST_F(MailService, ARefusedRecipientIsNamed) {
  start({{"refuse", {{"b@example.org", "550 5.1.1 No such user"}}}});
  tls = false;
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(answer.sentence, "The mail server 127.0.0.1:" + server->port() +
                                 " refuses mail to b@example.org (550 5.1.1 No such user).");
  // The next recipient is none the worse for it.
  recipients = {"c@example.org"};
  EXPECT_EQ(send().status, GLEANER_OK);
}

TEST_F(MailService, OfSeveralRecipientsInOneMessageAllGetItOrNone) {
  start({{"refuse", {{"c@example.org", "550 5.1.1 No such user"}}}});
  tls = false;
  recipients = {"b@example.org", "c@example.org"};
  EXPECT_EQ(send().status, GLEANER_NOT_FOUND);
  EXPECT_THAT(server->taken(), IsEmpty());
  recipients = {"b@example.org", "d@example.org"};
  EXPECT_EQ(send().status, GLEANER_OK);
  ASSERT_THAT(server->taken(), SizeIs(1));
  EXPECT_THAT(server->taken()[0].to, ElementsAre("b@example.org", "d@example.org"));
}

TEST_F(MailService, AGreylistedRecipientIsTriedLater) {
  start({{"refuse", {{"b@example.org", "451 4.7.1 Greylisted"}}}});
  tls = false;
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_THAT(answer.sentence, HasSubstr("(451 4.7.1 Greylisted); a later try may go better."));
}

TEST_F(MailService, ARefusedSenderOrMessageIsSaid) {
  start({{"sender", "553 5.7.1 Not you"}});
  tls = false;
  auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_MALFORMED);
  EXPECT_THAT(answer.sentence, HasSubstr(" refuses mail from a@example.org (553 5.7.1 Not you)."));
  TearDown();
  SetUp();
  start({{"content", "554 5.7.1 Spam"}});
  answer = send();
  EXPECT_EQ(answer.status, GLEANER_MALFORMED);
  EXPECT_THAT(answer.sentence, HasSubstr(" refuses this message (554 5.7.1 Spam)."));
  TearDown();
  SetUp();
  start({{"size", 20}});
  answer = send();
  EXPECT_EQ(answer.status, GLEANER_MALFORMED);
  EXPECT_THAT(answer.sentence, HasSubstr("(552 "));
}

}  // namespace
}  // namespace gleaner::host
