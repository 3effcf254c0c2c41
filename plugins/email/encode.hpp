// SPDX-License-Identifier: Apache-2.0
// Text as mail carries it: ASCII, short lines, CR LF. Pure; any thread. Texts are UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gleaner::email {

[[nodiscard]] std::string base64(std::string_view bytes);

/// RFC 2045, section 6.7: lines of 76 characters at most, each ending in CR LF, the last one too. A '\n' of
/// `text` is a line break; it holds no '\r'.
[[nodiscard]] std::string quoted_printable(std::string_view text);

/// A header field of free text ("Subject: …"), CR LF at its end: folded below 77 characters, in encoded words
/// of RFC 2047 (75 at most) where it is not plain ASCII. Control characters of `text` become spaces.
[[nodiscard]] std::string text_field(std::string_view name, std::string_view text);

/// "From: Ada Lovelace <ada@example.org>", the name as it needs to be: quoted or encoded.
[[nodiscard]] std::string mailbox_field(std::string_view field, std::string_view name,
                                        std::string_view address);

/// A header field of one token that cannot be folded; on a line of its own where the name leaves no room.
[[nodiscard]] std::string token_field(std::string_view name, std::string_view token);

/// RFC 5322, section 3.3, in UTC: "Tue, 20 May 2025 09:00:00 +0000".
[[nodiscard]] std::string mail_date(std::int64_t seconds_since_1970);

/// Letters, digits, '.', '_' and '-' of `text`, anything else as '-'; a longer or changed one with its hash
/// behind it, so that two texts stay two. Fit for the left of an '@' and never empty.
[[nodiscard]] std::string identifier(std::string_view text);

/// FNV-1a, 64 bits, in hexadecimal digits.
[[nodiscard]] std::string hash_text(std::string_view text);

}  // namespace gleaner::email
