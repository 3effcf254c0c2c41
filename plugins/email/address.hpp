// SPDX-License-Identifier: Apache-2.0
// Mail addresses and the mail server's address as a pipeline file gives them. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::email {

/// "Ada Lovelace <ada@example.org>", or the bare address.
struct Mailbox {
  std::string name;     ///< UTF-8, one line; may be empty
  std::string address;  ///< "ada@example.org", ASCII; its domain in lower case

  [[nodiscard]] std::string domain() const { return address.substr(address.find('@') + 1); }
};

/// Throws Error naming `option` for anything else: no address, several, a line break or another control
/// character, letters beyond ASCII in the address.
[[nodiscard]] Mailbox read_mailbox(std::string_view text, const std::string& option);

/// The addresses of the option `to`, each once.
[[nodiscard]] std::vector<std::string> read_recipients(const std::vector<std::string>& to);

/// Throws Error naming the option `server` for anything but smtp://HOST[:PORT] and smtps://HOST[:PORT].
/// Returns whether it is this machine.
bool check_server(std::string_view text);

}  // namespace gleaner::email
