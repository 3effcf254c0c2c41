// Characters of Markdown and of ids, which are ASCII whatever the locale. Pure, any thread.
#pragma once

namespace gleaner::markdown {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace gleaner::markdown
