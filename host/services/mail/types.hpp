// What the mail client is asked and what it answers. Plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host::mail {

using Milliseconds = std::chrono::milliseconds;
using CancelFlag = std::function<bool()>;

/// Where mail is handed in.
struct Server {
  bool tls_at_once = false;  ///< "smtps": TLS from the first byte
  std::string name{};        ///< lower case; an IPv6 address without its brackets
  std::uint16_t port = 0;

  /// "mail.example.org:587".
  [[nodiscard]] std::string label() const;
  /// This machine: localhost, 127.0.0.0/8 or ::1.
  [[nodiscard]] bool is_loopback() const;
};

/// Whether a line may stay in the clear.
enum class Tls { required, none };

/// One message for one envelope. Everything was checked: see server.hpp and envelope.hpp.
struct Letter {
  Server server{};
  std::string user{};      ///< empty: no login
  std::string password{};  ///< the text itself
  std::string from{};
  std::vector<std::string> recipients{};
  std::string_view content{};  ///< borrowed
  Tls tls = Tls::required;
  Milliseconds timeout{60'000};  ///< all of it: name, connection, login, message, answer
};

/// How far the server let us come.
enum class Phase { connect, greeting, hello, tls, login, sender, recipient, content, end };

enum class Fate {
  taken,
  cancelled,      ///< surely not taken
  timed_out,      ///< surely not taken
  lookup,         ///< surely not taken, as all that follow but the last
  unreachable,    ///< no connection
  no_tls,         ///< TLS was wanted and is not offered
  tls_untrusted,  ///< the certificate is none to trust
  tls_failed,
  login,     ///< the server refuses the login
  no_login,  ///< it knows no way to log in that we know
  refused,   ///< an answer above 399
  broken_off,
  not_mail,  ///< what answers does not speak SMTP
  unusable,  ///< libcurl is missing or lacks SMTP
  unknown,   ///< the message was handed over, and no answer came: it may have been taken
};

struct Outcome {
  Fate fate = Fate::unknown;
  Phase phase = Phase::connect;
  int code = 0;          ///< of the server's last answer; 0: none
  std::string answer{};  ///< its words, one line of printable text, without the password
  std::string detail{};  ///< libcurl's words
};

}  // namespace gleaner::host::mail
