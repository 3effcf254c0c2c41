// SPDX-License-Identifier: Apache-2.0
// Bytes of an unknown encoding as UTF-8. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::common {

struct Utf8Text {
  std::string text;  ///< valid UTF-8 without a byte order mark
  std::string note;  ///< a sentence when the bytes were not what they said, else empty
};

/// A byte order mark decides, then UTF-16's zero bytes; what is valid UTF-8 is UTF-8 whatever it calls itself
/// (but for 7-bit encodings); then the `charset` of the HTTP header, then the XML declaration. Bytes that
/// claim to be UTF-8 and are not are read as windows-1252, which is what leaks into feeds, and noted; so are
/// stray bytes in any encoding, as U+FFFD. `origin` is the address or file, for messages. Throws
/// gleaner::Error (MALFORMED) for an encoding nobody knows.
[[nodiscard]] Utf8Text to_utf8(std::string bytes, std::string_view charset, std::string_view origin);

/// "charset" of a Content-Type header, in lower case; empty where it has none.
[[nodiscard]] std::string charset_of(std::string_view content_type);

/// The text with every byte that is not UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Appends the UTF-8 of a code point; U+FFFD for what is none.
void append_utf8(std::string& out, char32_t code);

}  // namespace gleaner::common
