// A real mail server on loopback for tests: Debian's python3-aiosmtpd in a process of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <sys/types.h>

#include "tests/support/tls_server.hpp"

namespace gleaner::test {

/// A message as the server took it.
struct Taken {
  std::string content;
  std::string from;
  std::vector<std::string> to;
  std::string hello;
  bool tls = false;
  bool login = false;
};

/// Needs a folder of its own. Killed at the end.
class SmtpServer {
 public:
  explicit SmtpServer(std::filesystem::path folder);
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  /// Where there is no aiosmtpd, false: skip the test.
  [[nodiscard]] static bool is_installed();
  /// `settings` of smtp_server.py; the certificate is made and added where "tls" is among them.
  [[nodiscard]] bool start(boost::json::object settings, Certificate certificate = Certificate::good);
  void stop();

  /// "smtp://127.0.0.1:PORT", or smtps.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::string port() const { return port_; }
  [[nodiscard]] std::string authority() const { return certificate_.authority(); }
  [[nodiscard]] std::vector<Taken> taken() const;
  /// How many lines of its log are this.
  [[nodiscard]] int noted(const std::string& line) const;
  [[nodiscard]] bool wait_for(const std::string& line) const;
  [[nodiscard]] std::filesystem::path folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  TlsServer certificate_;
  bool at_once_ = false;
  pid_t pid_ = -1;
  std::string port_;
};

/// What Python's email module finds in a message, by its JSON: see message_facts.py.
[[nodiscard]] boost::json::object facts_of(const std::string& message);

}  // namespace gleaner::test
