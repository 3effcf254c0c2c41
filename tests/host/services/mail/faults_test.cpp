// gleaner.mail/1: servers that go away, and what is not to be sent.
#include <chrono>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/host/services/mail/mail_fixture.hpp"

namespace gleaner::host {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST_F(MailService, AServerThatIsGoneIsSaid) {
  start({});
  server->stop();
  tls = false;
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNREACHABLE);
  EXPECT_THAT(answer.sentence,
              StartsWith("The mail server 127.0.0.1:" + server->port() + " could not be reached ("));
}

TEST_F(MailService, AnAnswerThatNeverCameLeavesItOpenWhetherTheMessageWasTaken) {
  start({{"after", "drop"}});
  tls = false;
  auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_FAILED);
  EXPECT_THAT(answer.sentence, HasSubstr("did not say whether it took it"));
  EXPECT_THAT(answer.sentence, HasSubstr("it may have been sent."));
  TearDown();
  SetUp();
  start({{"after", "hang"}});
  timeout_ms = 400;
  answer = send();
  EXPECT_EQ(answer.status, GLEANER_FAILED);
  EXPECT_THAT(answer.sentence, HasSubstr("it may have been sent."));
}

TEST_F(MailService, AnInterruptedRunDoesNotWaitForAServerThatSaysNothing) {
  // A server that listens and never greets.
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&place), sizeof place), 0);
  ASSERT_EQ(::listen(socket, 4), 0);
  socklen_t size = sizeof place;
  ASSERT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&place), &size), 0);
  address = "smtp://127.0.0.1:" + std::to_string(ntohs(place.sin_port));
  tls = false;
  timeout_ms = 300;
  auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_TIMED_OUT);
  EXPECT_THAT(answer.sentence, HasSubstr(" did not answer within 0.3 s; check `server` and its port."));
  timeout_ms = 30'000;
  const auto start = std::chrono::steady_clock::now();
  std::thread interrupt([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancelled = true;
  });
  answer = send();
  interrupt.join();
  EXPECT_EQ(answer.status, GLEANER_CANCELLED);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  ::close(socket);
}

TEST_F(MailService, OnlyTheServerThatTheOwnerNamedIsSpokenTo) {
  start({});
  tls = false;
  reachable = "smtp://mail.example.org:587";
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_DENIED);
  EXPECT_EQ(answer.sentence,
            "post wanted to send mail by 127.0.0.1:" + server->port() + ", which none of its options names.");
  EXPECT_EQ(server->noted("connection"), 0);
}

TEST_F(MailService, InTheClearOnlyToThisMachine) {
  address = "smtp://mail.example.org:25";
  tls = false;
  const auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_INVALID);
  EXPECT_THAT(answer.sentence,
              StartsWith("Mail to mail.example.org:25 would cross the network in the clear"));
}

TEST_F(MailService, NoAddressBringsACommandAlong) {
  start({});
  tls = false;
  for (const char* bad :
       {"b@example.org>\r\nRCPT TO:<x@example.org", "b@example.org\nDATA", "b@example.org> x",
        "<b@example.org>", "b@example.org,c@example.org", "b", "@example.org", "", "b c@example.org"}) {
    recipients = {bad};
    EXPECT_EQ(send().status, GLEANER_INVALID) << bad;
    recipients = {"b@example.org"};
    from = bad;
    EXPECT_EQ(send().status, GLEANER_INVALID) << bad;
    from = "a@example.org";
  }
  content = "Subject: x\n\r\n.\r\n";
  EXPECT_EQ(send().status, GLEANER_INVALID);
  content = "Subject: " + std::string(1200, 'x') + "\r\n\r\n";
  EXPECT_EQ(send().status, GLEANER_INVALID);
}

TEST_F(MailService, ADryRunAndAReplaySendNothing) {
  start({});
  tls = false;
  dry_run = true;
  auto answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNSUPPORTED);
  EXPECT_EQ(answer.sentence, "A dry run sends no mail.");
  dry_run = false;
  host.reset();
  http::Client replaying{{.replay = folder}};
  const Services with_cassette{clock, log, secrets, store, account, files, replaying};
  InstanceSettings settings;
  settings.name = "post";
  host = std::make_unique<PluginHost>(with_cassette, std::move(settings));
  answer = send();
  EXPECT_EQ(answer.status, GLEANER_UNSUPPORTED);
  EXPECT_EQ(answer.sentence, "A replay sends no mail.");
  EXPECT_EQ(server->noted("connection"), 0);
  host.reset();
}

}  // namespace
}  // namespace gleaner::host
