// gleaner.mail/1 over a real mail server, through the C table alone: what the tests of it share.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/mail.h>

#include "host/services/http/reach.hpp"
#include "host/services/plugin_host.hpp"
#include "tests/host/services/mail/smtp_server.hpp"

namespace gleaner::host {

namespace json = boost::json;
using test::Certificate;
using test::SmtpServer;
using test::Taken;

inline constexpr const char* password = "correct horse/battery+staple";

inline const std::string plain_message =
    "Subject: hello\r\nFrom: a@example.org\r\n\r\nA line.\r\n.\r\n..two\r\n.three\r\n\r\n.\r\n";

struct Answer {
  std::int32_t status = GLEANER_OK;
  std::string sentence;
};

class MailService : public testing::Test {
 protected:
  void SetUp() override {
    if (!SmtpServer::is_installed()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
    folder = std::filesystem::temp_directory_path() /
             ("gleaner-mail-" + std::to_string(::getpid()) + "-" +
              testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    server = std::make_unique<SmtpServer>(folder);
    ::setenv("GLEANER_TEST_MAIL", password, 1);
    ::unsetenv("SSL_CERT_FILE");
  }
  void TearDown() override {
    host.reset();
    server.reset();
    std::filesystem::remove_all(folder);
    ::unsetenv("SSL_CERT_FILE");
  }

  void start(json::object settings, Certificate certificate = Certificate::good) {
    ASSERT_TRUE(server->start(std::move(settings), certificate));
    address = server->address();
  }
  void start_with_login(json::object settings = {}) {
    settings["tls"] = "starttls";
    settings["user"] = "me@example.org";
    settings["password"] = password;
    start(std::move(settings));
    ::setenv("SSL_CERT_FILE", server->authority().c_str(), 1);
    user = "me@example.org";
  }

  PluginHost& made() {
    if (host) return *host;
    InstanceSettings settings;
    settings.name = "post";
    settings.space = "output/post";
    settings.channel.reach = std::make_shared<http::Reach>("email");
    settings.channel.reach->allow_address(reachable.empty() ? address : reachable);
    host = std::make_unique<PluginHost>(services, std::move(settings));
    return *host;
  }

  Answer send() {
    auto& self = made();
    const auto handle = secrets.handle(SecretText({{secret_name, true}}), "output/post");
    std::vector<gleaner_str> to;
    for (const auto& each : recipients)
      to.push_back(text(each));
    gleaner_mail_message message{};
    message.size = sizeof message;
    message.server = text(address);
    message.user = text(user);
    message.password = text(handle);
    message.from = text(from);
    message.recipients = to.data();
    message.recipient_count = to.size();
    message.content = text(content);
    message.require_tls = tls ? 1 : 0;
    message.timeout_ms = timeout_ms;
    Answer out;
    Context context{this, &out};
    gleaner_call call{};
    call.size = sizeof call;
    call.context = &context;
    call.dry_run = dry_run ? 1 : 0;
    call.fail = [](const gleaner_call* of, std::int32_t status, gleaner_str, gleaner_str words) {
      static_cast<Context*>(of->context)->answer->sentence = std::string(view(words));
      return status;
    };
    call.cancelled = [](const gleaner_call* of) -> std::int32_t {
      return static_cast<Context*>(of->context)->self->cancelled ? 1 : 0;
    };
    const auto* table =
        static_cast<const gleaner_mail*>(self.raw()->service(self.raw(), text(std::string(GLEANER_MAIL))));
    out.status = table->send(self.raw(), &call, &message);
    return out;
  }
  struct Context {
    MailService* self;
    Answer* answer;
  };

  std::filesystem::path folder;
  std::unique_ptr<SmtpServer> server;
  std::string address, user, from = "a@example.org", content = plain_message, reachable;
  std::string secret_name = "GLEANER_TEST_MAIL";
  std::vector<std::string> recipients{"b@example.org"};
  bool tls = true, dry_run = false;
  std::uint32_t timeout_ms = 20'000;
  std::atomic<bool> cancelled{false};

  std::string lines;
  Clock clock{"2025-05-07T03:30:00Z"};
  Redactor redactor;
  Log log{LogLevel::debug, redactor,
          [this](LogLevel, std::string_view line) { lines += std::string(line) + "\n"; }};
  Secrets secrets{{}, redactor};
  MemoryStore store{clock};
  Account account{{}, clock};
  Files files;
  http::Client client{{}};
  Services services{clock, log, secrets, store, account, files, client};
  std::unique_ptr<PluginHost> host;
};

}  // namespace gleaner::host
