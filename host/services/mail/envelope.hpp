// What may stand on an envelope: nothing that SMTP could take for anything else. Pure; any thread.
#pragma once

#include <string_view>

namespace gleaner::host::mail {

/// A bare address of RFC 5321 without quotes: "local@domain", ASCII, 254 bytes at most. No space, no bracket,
/// no control character, so that it cannot begin another command.
[[nodiscard]] bool is_address(std::string_view text);

/// Whether every line ends in CR LF and neither stands alone, no byte is zero, and no line is longer than 998
/// bytes (RFC 5322, section 2.1.1).
[[nodiscard]] bool is_content(std::string_view text);

}  // namespace gleaner::host::mail
