// The address of a mail server. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "host/services/mail/types.hpp"

namespace gleaner::host::mail {

/// "smtp://HOST[:PORT]" (587 without a port) or "smtps://HOST[:PORT]" (465); HOST is a name, an IPv4 address
/// or an IPv6 address in brackets. Nothing may follow it, and no user may stand in front of it. Nothing for
/// any other text.
[[nodiscard]] std::optional<Server> read_server(std::string_view text);

}  // namespace gleaner::host::mail
