// Small tools for text in messages: UTF-8, quoting, numbers. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gleaner::host {

/// One code point read from `text` at `at`. An invalid byte is a code point of its own: value U+FFFD, length
/// 1, valid false.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
  bool valid = true;
};

/// Strict UTF-8 (RFC 3629: no overlong forms, no surrogates). `at` must be below text.size().
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);

/// Offset of the first byte that is not UTF-8, or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid(std::string_view text);

[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// The line of that number (from 1) without its end, a view into `text`; nothing when there are fewer. A byte
/// order mark is no part of the first line.
[[nodiscard]] std::optional<std::string_view> line_of(std::string_view text, int number);

/// What of a line stands before the column (from 1, in code points).
[[nodiscard]] std::string_view before_column(std::string_view line, int column);

/// True for characters that could change what a terminal shows: C0 and C1 controls, DEL, bidirectional
/// overrides.
[[nodiscard]] bool is_control(char32_t code_point);
[[nodiscard]] bool has_control(std::string_view text);

/// `"text"` for a message: controls shown as \u001B, long texts cut with an ellipsis.
[[nodiscard]] std::string quote(std::string_view text);

/// `"a", "b", "c"`; at most `most` of them, then how many more there are.
[[nodiscard]] std::string quote_all(std::span<const std::string> words, std::size_t most = 12);

/// The pieces one after the other.
[[nodiscard]] std::string concat(std::initializer_list<std::string_view> pieces);

/// "a string", "an integer".
[[nodiscard]] std::string with_article(std::string_view word);

/// The fewest digits that read back as the same number, as a plain decimal: 3, 0.5, 0.000025. Only from 1e21
/// on and below 1e-21 is there an exponent.
[[nodiscard]] std::string number_text(double number);

/// A TOML basic string holding `text`.
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace gleaner::host
