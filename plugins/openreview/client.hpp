// SPDX-License-Identifier: Apache-2.0
// Asks OpenReview, with or without an account.
#pragma once

#include <string>
#include <string_view>

#include <gleaner/cpp/services.hpp>

#include "plugins/openreview/notes.hpp"

namespace gleaner::openreview {

/// Whom to ask, and as whom.
struct Account {
  std::string server;    ///< without a final slash
  std::string username;  ///< empty: without an account
  Secret password;
};

/// Made for one call; logs in with its first question and keeps the token as long as it lives. `host`, `call`
/// and `account` must outlive it. One thread. Every error is a gleaner::Error of one sentence that holds no
/// secret.
class Client {
 public:
  Client(const Host& host, const Call& call, const Account& account)
      : host_(host), call_(call), account_(account) {}

  /// The answer to /notes?`query`.
  [[nodiscard]] Page notes(const std::string& query);

 private:
  void log_in();
  [[nodiscard]] Error login_refusal(const Response& answer) const;
  [[nodiscard]] Error refusal(const Response& answer) const;

  const Host& host_;
  const Call& call_;
  const Account& account_;
  std::string token_;
};

/// What an error's body says: {"name":"…","message":"…"}. Both empty when nothing can be read from it.
struct Said {
  std::string name, message;
};
[[nodiscard]] Said said_in(std::string_view error_body);

}  // namespace gleaner::openreview
