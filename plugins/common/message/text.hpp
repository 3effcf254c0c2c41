// SPDX-License-Identifier: Apache-2.0
// Texts nobody vouches for, made fit for a message: without hidden characters, and never longer than allowed.
// Plain TeX ("$x^2$") is text and stays as it is: no chat typesets it. Pure functions, any thread; bytes that
// are not UTF-8 become U+FFFD. Escaping for a service comes after these, and its own length with it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::message {

/// What a service counts when it speaks of characters.
enum class Unit {
  bytes,        ///< of UTF-8
  code_points,  ///< Python, Rust
  utf16,        ///< JavaScript, Telegram: two for what is above U+FFFF
};

[[nodiscard]] std::size_t length(std::string_view text, Unit unit);

/// On one line: every run of breaks, tabs and spaces is one space, none at the ends. Control characters,
/// marks that turn the direction of what follows (U+202E and friends) and characters without a width are left
/// out.
[[nodiscard]] std::string one_line(std::string_view text);

/// The same, keeping line breaks: at most one empty line between two lines.
[[nodiscard]] std::string in_lines(std::string_view text);

/// The text where it fits in `most`, else its beginning and "…", together not above `most`. Cut before a
/// whole character as readers see it (never before a combining mark or within an emoji of several), and at
/// the end of a word where one ends in the last fifth. `most` too small for "…" gives "".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most, Unit unit = Unit::code_points);

/// A word of more than `longest` code points gets a space after every `longest`: ten thousand letters without
/// one push everything else out of a window. Web addresses of a sensible length are shorter than the default.
[[nodiscard]] std::string with_breaks(std::string_view text, std::size_t longest = 200);

/// Appends the UTF-8 of a code point; U+FFFD for what is none.
void append_code_point(std::string& out, char32_t code);

/// Calls `use(code, piece)` for every code point; `piece` is its part of `text`. A byte that is not UTF-8 is
/// U+FFFD with that byte as its piece.
template <class Use>
void each_code_point(std::string_view text, Use use);

/// The code point at `at` and how many bytes it has, at least 1. `at` is within `text`.
struct CodePoint {
  char32_t code = 0;
  std::size_t size = 1;
};
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);

template <class Use>
void each_code_point(std::string_view text, Use use) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    use(point.code, text.substr(at, point.size));
    at += point.size;
  }
}

}  // namespace gleaner::message
