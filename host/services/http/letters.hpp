// Letters of protocol text: header names, schemes, charsets. ASCII only, whatever the locale. Pure, any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::host::http {

[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string copy(text);
  for (char& c : copy)
    if ('A' <= c && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return copy;
}

[[nodiscard]] inline std::string upper(std::string_view text) {
  std::string copy(text);
  for (char& c : copy)
    if ('a' <= c && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  return copy;
}

}  // namespace gleaner::host::http
