// SPDX-License-Identifier: Apache-2.0
// gleaner.mail/1 for C++: an answer instead of a failed call, so that one refused recipient need not end the
// delivery to the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <gleaner/plugin.hpp>

namespace gleaner::email {

struct Envelope {
  std::string server;
  std::string user;
  Secret password;
  std::string from;
  std::string to;
  bool require_tls = true;
};

struct MailAnswer {
  std::int32_t status = GLEANER_OK;
  std::string error;  ///< a sentence when status is not GLEANER_OK

  [[nodiscard]] bool ok() const { return status == GLEANER_OK; }
  /// The host says GLEANER_FAILED where the message was handed over and no answer came, and another status
  /// where the server surely did not take it.
  [[nodiscard]] bool is_unknown() const { return status == GLEANER_FAILED; }
};

/// Waits for the server's answer. Throws Error{GLEANER_UNSUPPORTED} where the host has no mail. Any thread.
[[nodiscard]] MailAnswer send_mail(const Host& host, const Call& call, const Envelope& envelope,
                                   std::string_view content);

}  // namespace gleaner::email
