#include "host/config/nesting.hpp"

namespace gleaner::host {
namespace {

/// Offset just after the string that begins at `at`; the text's end when it is not closed.
std::size_t after_string(std::string_view text, std::size_t at) {
  const char mark = text[at];
  const bool many_lines = text.substr(at).starts_with(mark == '"' ? "\"\"\"" : "'''");
  const std::size_t marks = many_lines ? 3 : 1;
  for (std::size_t i = at + marks; i < text.size(); ++i) {
    if (text[i] == '\\' && mark == '"') {
      ++i;
      continue;
    }
    if (text[i] == '\n' && !many_lines) return i;
    if (text[i] != mark) continue;
    if (!many_lines) return i + 1;
    if (text.substr(i).starts_with(mark == '"' ? "\"\"\"" : "'''")) return i + marks;
  }
  return text.size();
}

}  // namespace

std::optional<std::size_t> first_deeper(std::string_view toml, std::size_t most) {
  std::size_t parts = 1;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      at = after_string(toml, at);
      continue;
    }
    if (c == '#') {
      const std::size_t end = toml.find('\n', at);
      at = end == std::string_view::npos ? toml.size() : end;
      continue;
    }
    const bool ends_key = c == '\n' || c == '=' || c == ',' || c == '[' || c == '{' || c == ']' || c == '}';
    if (ends_key) parts = 1;
    if (c == '.' && ++parts > most) return at;
    ++at;
  }
  return std::nullopt;
}

}  // namespace gleaner::host
