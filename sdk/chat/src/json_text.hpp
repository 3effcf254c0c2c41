// One text of JSON, read with indulgence. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gleaner::chat {

struct TextRead {
  std::string words;         ///< unescaped; lone surrogates are U+FFFD
  std::size_t length = 0;    ///< bytes read, quotes included
  std::size_t line_end = 0;  ///< where the first raw line end is; npos: there is none
  bool closed = false;       ///< false: the input ended first
};

/// Reads a text that begins with a quotation mark. Raw control characters and escapes JSON does not know stay
/// as they are.
[[nodiscard]] TextRead read_text(std::string_view input);

}  // namespace gleaner::chat
