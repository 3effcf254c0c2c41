// The component `email`: its options, its deliveries, and a real mail server.
#include "plugins/email/output.hpp"

#include <filesystem>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <gleaner/testkit.hpp>

#include "host/services/mail/client.hpp"
#include "host/services/mail/server.hpp"
#include "host/services/mail/words.hpp"
#include "tests/host/services/mail/smtp_server.hpp"

namespace gleaner::email {
namespace {

namespace kit = gleaner::testkit;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

kit::DigestPage page_of_one() {
  kit::DigestPage page;
  kit::DigestEntry entry;
  entry.paper = kit::paper("2505.01557", "A title", "What it is about.");
  entry.total = 8;
  page.papers = {entry};
  page.key = "gleaner-2025-05-07-mail-00";
  return page;
}

kit::Settings settings(kit::Settings more = {}) {
  kit::Settings out{{"server", "smtp://mail.example.org:587"},
                    {"user", "me@example.org"},
                    {"password", "hunter2-hunter2"},
                    {"from", "Papers <me@example.org>"},
                    {"to", kit::list("a@example.org", "Bea <b@Example.org>", "c@example.org")}};
  for (auto& each : more) {
    std::erase_if(out, [&](const auto& given) { return given.name == each.name; });
    out.push_back(std::move(each));
  }
  return out;
}

kit::Settings without(const std::string& name, kit::Settings from = settings()) {
  std::erase_if(from, [&](const auto& given) { return given.name == name; });
  return from;
}

Error refusal(const kit::Settings& given) {
  kit::FakeHost host;
  try {
    const auto output = kit::make<Email>(host, given);
  } catch (const Error& error) {
    return error;
  }
  return Error("none", GLEANER_OK);
}

/// A mail service that answers by recipient. One test at a time.
struct Answers {
  static inline std::map<std::string, std::pair<std::int32_t, std::string>> by;
  static inline std::vector<std::string> asked;
  static std::int32_t send(const gleaner_host*, const gleaner_call* call,
                           const gleaner_mail_message* message) {
    const std::string to(view(message->recipients[0]));
    asked.push_back(to);
    EXPECT_EQ(message->recipient_count, 1U);
    const auto found = by.find(to);
    if (found == by.end()) return GLEANER_OK;
    return call->fail(call, found->second.first, {}, text(found->second.second));
  }
  static constexpr gleaner_mail table{sizeof(gleaner_mail), &send};
  Answers() {
    by.clear();
    asked.clear();
  }
};

TEST(EmailOutput, SendsOneMessageToEachAndShowsNobody) {
  kit::FakeHost host;
  auto output = kit::make<Email>(host, settings());
  EXPECT_TRUE(output.deliver(page_of_one()).error.ok());
  ASSERT_THAT(host.mails(), SizeIs(3));
  for (const auto& mail : host.mails()) {
    EXPECT_THAT(mail.recipients, SizeIs(1));
    EXPECT_THAT(mail.content, HasSubstr("To: " + mail.recipients[0] + "\r\n"));
    for (const auto& other : host.mails()) {
      const bool is_shown = mail.content.find(other.recipients[0]) != std::string::npos;
      EXPECT_EQ(is_shown, other.recipients == mail.recipients) << other.recipients[0];
    }
    EXPECT_TRUE(mail.require_tls);
    EXPECT_EQ(mail.from, "me@example.org");
  }
  EXPECT_EQ(host.mails()[1].recipients[0], "b@example.org");
  EXPECT_THAT(host.violations(), IsEmpty());
  // The same delivery once more: everybody has it.
  EXPECT_TRUE(output.deliver(page_of_one()).error.ok());
  EXPECT_THAT(host.mails(), SizeIs(3));
}

TEST(EmailOutput, WithAPathItIsAFileAndNothingIsSent) {
  kit::FakeHost host;
  auto output = kit::make<Email>(host, {{"from", "me@example.org"}, {"path", "day.eml"}});
  const auto delivered = output.deliver(page_of_one());
  EXPECT_TRUE(delivered.error.ok());
  EXPECT_THAT(delivered.files.at("/testkit/day.eml"), HasSubstr("Subject: Test digest 2025-05-07 (1)\r\n"));
  EXPECT_THAT(host.mails(), IsEmpty());
}

TEST(EmailOutput, ADryRunSendsNothing) {
  kit::FakeHost host;
  auto output = kit::make<Email>(host, settings());
  host.set_dry_run(true);
  EXPECT_TRUE(output.deliver(page_of_one()).error.ok());
  EXPECT_THAT(host.mails(), IsEmpty());
  EXPECT_THAT(host.violations(), IsEmpty());
}

TEST(EmailOutput, ARefusedRecipientDoesNotKeepItFromTheOthers) {
  const Answers answers;
  kit::FakeHost host;
  host.replace(GLEANER_MAIL, &Answers::table);
  auto output = kit::make<Email>(host, settings());
  Answers::by["b@example.org"] = {GLEANER_NOT_FOUND, "The server refuses mail to b@example.org."};
  const auto first = output.deliver(page_of_one());
  EXPECT_EQ(first.error.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(first.error.message,
            "2 of 3 recipients have the mail; the others get it by another try. The server refuses mail to "
            "b@example.org.");
  EXPECT_THAT(Answers::asked, ElementsAre("a@example.org", "b@example.org", "c@example.org"));
  Answers::by.clear();
  EXPECT_TRUE(output.deliver(page_of_one()).error.ok());
  EXPECT_THAT(Answers::asked, SizeIs(4));
  EXPECT_EQ(Answers::asked.back(), "b@example.org");
}

TEST(EmailOutput, AWrongPasswordIsTriedOnce) {
  const Answers answers;
  kit::FakeHost host;
  host.replace(GLEANER_MAIL, &Answers::table);
  auto output = kit::make<Email>(host, settings());
  Answers::by["a@example.org"] = {GLEANER_DENIED, "Wrong password."};
  const auto delivered = output.deliver(page_of_one());
  EXPECT_EQ(delivered.error.status, GLEANER_DENIED);
  EXPECT_EQ(delivered.error.message, "No recipient has the mail. Wrong password.");
  EXPECT_THAT(Answers::asked, SizeIs(1));
}

TEST(EmailOutput, WhatNobodyKnowsIsSentAgainOrTakenAsSent) {
  for (const char* repeat : {"at-least-once", "at-most-once"}) {
    const Answers answers;
    kit::FakeHost host;
    host.replace(GLEANER_MAIL, &Answers::table);
    auto output = kit::make<Email>(host, settings({{"repeat", repeat}, {"to", kit::list("a@example.org")}}));
    Answers::by["a@example.org"] = {GLEANER_FAILED, "It may have been sent."};
    EXPECT_EQ(output.deliver(page_of_one()).error.message, "It may have been sent.");
    Answers::by.clear();
    EXPECT_TRUE(output.deliver(page_of_one()).error.ok());
    EXPECT_THAT(Answers::asked, SizeIs(std::string(repeat) == "at-least-once" ? 2 : 1));
  }
}

TEST(EmailOutput, WithoutTheServiceItSaysSo) {
  kit::FakeHost host;
  host.without(GLEANER_MAIL);
  auto output = kit::make<Email>(host, settings());
  EXPECT_EQ(output.deliver(page_of_one()).error.status, GLEANER_UNSUPPORTED);
}

TEST(EmailOptionsTest, AreRefusedWithASentenceThatNamesThem) {
  const std::vector<std::tuple<kit::Settings, std::string, std::string>> wrong{
      {settings({{"from", "me@example.org\r\nBcc: x@example.org"}}), "/from", "holds a line break"},
      {settings({{"to", kit::list("a@example.org", "b@example.org\nRCPT TO:<x@y.z>")}}), "/to",
       "holds a line break"},
      {settings({{"to", kit::list("a@example.org, b@example.org")}}), "/to", "is not a mail address"},
      {settings({{"to", kit::list("ädä@example.org")}}), "/to", "beyond ASCII"},
      {settings({{"from", "nobody"}}), "/from", "is not a mail address"},
      {settings({{"subject", "x\r\nBcc: a@example.org"}}), "/subject", "holds a line break"},
      {settings({{"server", "mail.example.org"}}), "/server", "is not the address of a mail server"},
      {settings({{"server", "smtp://user:pw@mail.example.org"}}), "/server", "without a user in it"},
      {settings({{"tls", "none"}}), "/tls", "on this machine"},
      {settings({{"list_id", "x>\r\ny"}}), "/list_id", "is not an identifier"},
      {without("to"), "/to", "`to` is missing"},
      {without("server"), "/server", "`server` is missing"},
      {without("password"), "/password", "go together"},
      {without("user"), "/user", "go together"}};
  for (const auto& [given, option, words] : wrong) {
    const auto error = refusal(given);
    EXPECT_EQ(error.status(), GLEANER_INVALID);
    EXPECT_EQ(error.option(), option) << words;
    EXPECT_THAT(error.what(), HasSubstr(words));
  }
  EXPECT_EQ(refusal(settings({{"server", "smtp://localhost:25"}, {"tls", "none"}})).status(), GLEANER_OK);
}

/// The service of the testkit replaced by the host's own client, over real sockets.
struct RealMail {
  static inline host::mail::Client* client = nullptr;
  static std::int32_t send(const gleaner_host*, const gleaner_call* call,
                           const gleaner_mail_message* message) {
    host::mail::Letter letter;
    letter.server = host::mail::read_server(view(message->server)).value();
    letter.user = view(message->user);
    letter.password = "hunter2-hunter2";
    letter.from = view(message->from);
    letter.recipients = {std::string(view(message->recipients[0]))};
    letter.content = view(message->content);
    letter.timeout = std::chrono::seconds(20);
    const auto outcome = client->send(letter, {});
    if (outcome.fate == host::mail::Fate::taken) return GLEANER_OK;
    return call->fail(call, host::mail::status_of(outcome), {}, text(host::mail::sentence(outcome, letter)));
  }
  static constexpr gleaner_mail table{sizeof(gleaner_mail), &send};
};

TEST(EmailDelivery, ReachesEachRecipientOnceOverARealServer) {
  if (!test::SmtpServer::is_installed()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
  const auto folder =
      std::filesystem::temp_directory_path() / ("gleaner-email-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    test::SmtpServer server(folder);
    ASSERT_TRUE(server.start({{"tls", "starttls"},
                              {"user", "me@example.org"},
                              {"password", "hunter2-hunter2"},
                              {"refuse", {{"b@example.org", "550 5.1.1 No such user"}}}}));
    host::mail::Client client({.ca_file = server.authority()});
    RealMail::client = &client;
    kit::FakeHost host;
    host.replace(GLEANER_MAIL, &RealMail::table);
    auto output = kit::make<Email>(host, settings({{"server", server.address()}}));
    auto page = page_of_one();
    page.papers[0].paper.abstract = "First.\r\n.\r\nSecond.";
    for (int i = 0; i < 30; ++i)
      page.papers.push_back(page.papers[0]);
    const auto first = output.deliver(page);
    EXPECT_THAT(first.error.message, HasSubstr("2 of 3 recipients have the mail"));
    EXPECT_THAT(first.error.message, HasSubstr("refuses mail to b@example.org (550 5.1.1 No such user)."));
    (void)output.deliver(page);
    ASSERT_THAT(server.taken(), SizeIs(2));
    EXPECT_THAT(server.taken()[0].to, ElementsAre("a@example.org"));
    EXPECT_THAT(server.taken()[1].to, ElementsAre("c@example.org"));
    EXPECT_EQ(server.noted("refused b@example.org"), 2);
    const auto facts = test::facts_of(server.taken()[0].content);
    EXPECT_EQ(facts.at("headers").at("to").as_string(), "a@example.org");
    EXPECT_THAT(server.taken()[0].content, testing::Not(HasSubstr("c@example.org")));
    EXPECT_THAT(std::string(facts.at("parts").at(0).at("text").as_string()), HasSubstr("31. A title"));
    RealMail::client = nullptr;
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gleaner::email
