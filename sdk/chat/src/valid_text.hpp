// Text of unknown origin made fit for JSON and digests. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::chat {

/// The text with every byte that is not UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string valid_text(std::string_view text);

/// The first bytes of a text in UTF-8, `limit` at most, cut between characters. Borrows from `text`.
[[nodiscard]] std::string_view first_bytes(std::string_view text, std::size_t limit);

/// The most an annotation of the host may have, in bytes.
inline constexpr std::size_t longest_comment = 4096;

/// A model's words as a comment: trimmed, valid, control characters but line ends and tabs as spaces, cut at
/// longest_comment between characters.
[[nodiscard]] std::string as_comment(std::string_view words);

/// Without spaces, tabs and line ends at both ends. Borrows from `text`.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Whether two names are the same but for the case of their ASCII letters.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// In lower case, as far as it is ASCII.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Appends a code point as UTF-8; U+FFFD for surrogates and what is beyond Unicode.
void append_utf8(std::string& out, char32_t point);

}  // namespace gleaner::chat
