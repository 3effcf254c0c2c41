// What went wrong with a message, as a status and as a sentence. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "host/services/mail/types.hpp"

namespace gleaner::host::mail {

/// A gleaner_status. What each says of the message:
///   OK           the server has taken it
///   FAILED       it was handed over and no answer came: nobody knows
///   NOT_FOUND    refused for good, for its recipient (RCPT)
///   MALFORMED    refused for good, for what it holds or whom it is from (MAIL, DATA)
///   UNREACHABLE  not taken; a later try may go better: no connection, TLS that is none to trust, a 4xx
///   answer DENIED       not taken: the login TIMED_OUT, CANCELLED, UNSUPPORTED, INVALID   not taken
[[nodiscard]] std::int32_t status_of(const Outcome& outcome);

/// What happened, where, and what to do.
[[nodiscard]] std::string sentence(const Outcome& outcome, const Letter& letter);

}  // namespace gleaner::host::mail
