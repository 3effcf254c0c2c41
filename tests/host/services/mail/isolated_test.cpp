// Mail of a component with isolate = "process": what the host's side does with what the worker asks.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/mail.h>

#include "host/pipeline/isolation/desk.hpp"

namespace gleaner::host::isolation {
namespace {

/// The host as the desk sees it, with mail alone.
struct MailHost {
  std::vector<std::string> sent;
  std::int32_t status = GLEANER_OK;
  std::string said_to_the_host;

  static std::int32_t send(const gleaner_host* host, const gleaner_call* call,
                           const gleaner_mail_message* message) {
    auto& self = *static_cast<MailHost*>(host->context);
    std::string line;
    for (const auto field :
         {message->server, message->user, message->password, message->from, message->content})
      line += std::string(view(field)) + "|";
    for (std::uint64_t i = 0; i < message->recipient_count; ++i)
      line += std::string(view(message->recipients[i])) + ",";
    self.sent.push_back(line + std::to_string(message->require_tls) + std::to_string(message->timeout_ms));
    return self.status == GLEANER_OK
               ? GLEANER_OK
               : call->fail(call, self.status, {}, text(std::string_view("Refused, for a reason.")));
  }
  static const void* service(const gleaner_host*, gleaner_str id) {
    static constexpr gleaner_mail table{sizeof(gleaner_mail), &send};
    return view(id) == GLEANER_MAIL ? &table : nullptr;
  }
  MailHost() {
    raw.size = sizeof raw;
    raw.context = this;
    raw.service = &service;
    call.size = sizeof call;
    call.context = this;
    call.cancelled = [](const gleaner_call*) -> std::int32_t { return 0; };
    call.fail = [](const gleaner_call* of, std::int32_t failed, gleaner_str, gleaner_str words) {
      static_cast<MailHost*>(of->context)->said_to_the_host = std::string(view(words));
      return failed;
    };
  }
  MailHost(const MailHost&) = delete;
  MailHost& operator=(const MailHost&) = delete;
  gleaner_host raw{};
  gleaner_call call{};
};

std::string request(const std::string& password) {
  Writer to;
  to.number(static_cast<std::uint32_t>(Request::mail_send));
  for (const auto* words : {"smtp://mail.example.org:587", "me"})
    to.text(std::string_view(words));
  to.text(std::string_view(password));
  to.text(std::string_view("a@example.org"));
  to.text(std::string_view("Subject: x\r\n"));
  const gleaner_str recipients[] = {text(std::string_view("b@x.org")), text(std::string_view("c@x.org"))};
  write_texts(to, recipients, 2);
  to.number(std::uint32_t{1});
  to.number(std::uint32_t{500});
  return to.out();
}

struct Said {
  std::int32_t status;
  std::string words;
};
Said serve(Desk& desk, const std::string& asked) {
  EXPECT_TRUE(Desk::waits(asked));
  bool good = false;
  const auto answer = desk.serve(asked, good);
  if (!good || !answer) return {-1, "not understood"};
  Unpacker from(*answer);
  const auto status = from.number<std::int32_t>();
  return {status, from.finished() ? std::string() : std::string(from.text())};
}

TEST(IsolatedMail, TravelsWholeAndItsFailureGoesToThePlugin) {
  MailHost host;
  Desk desk(&host.raw);
  EXPECT_EQ(desk.services(), service_mail);
  desk.allow_secret("handle-1");
  desk.visit({&host.call, nullptr, {}});
  EXPECT_EQ(serve(desk, request("handle-1")).status, GLEANER_OK);
  EXPECT_THAT(host.sent,
              testing::ElementsAre("smtp://mail.example.org:587|me|handle-1|a@example.org|Subject: "
                                   "x\r\n|b@x.org,c@x.org,1500"));
  host.status = GLEANER_NOT_FOUND;
  const auto refused = serve(desk, request("handle-1"));
  EXPECT_EQ(refused.status, GLEANER_NOT_FOUND);
  EXPECT_EQ(refused.words, "Refused, for a reason.");
  EXPECT_EQ(host.said_to_the_host, "");
}

TEST(IsolatedMail, OpensNoSecretOfAnotherComponent) {
  MailHost host;
  Desk desk(&host.raw);
  desk.allow_secret("handle-1");
  desk.visit({&host.call, nullptr, {}});
  EXPECT_EQ(serve(desk, request("handle-2")).status, GLEANER_DENIED);
  EXPECT_THAT(host.sent, testing::IsEmpty());
}

TEST(IsolatedMail, WhatCannotBeReadIsNoMail) {
  MailHost host;
  Desk desk(&host.raw);
  desk.allow_secret("handle-1");
  desk.visit({&host.call, nullptr, {}});
  const auto whole = request("handle-1");
  for (std::size_t size = 4; size < whole.size(); ++size) {
    bool good = true;
    (void)desk.serve(whole.substr(0, size), good);
    EXPECT_FALSE(good) << size;
  }
  EXPECT_THAT(host.sent, testing::IsEmpty());
}

}  // namespace
}  // namespace gleaner::host::isolation
