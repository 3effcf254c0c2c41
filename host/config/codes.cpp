#include "host/config/codes.hpp"

#include <charconv>

#include "host/config/diagnostic.hpp"
#include "host/config/text.hpp"

namespace gleaner::host {
namespace {

std::string indented(std::string_view text) {
  std::string out = "    ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

}  // namespace

std::optional<std::string> explain(int code) {
  for (const CodeInfo& info : all_codes()) {
    if (static_cast<int>(info.code) != code) continue;
    const bool is_note = info.code == Code::talkative_component;
    const std::string_view weight = is_note ? " (note): " : is_warning(info.code) ? " (warning): " : ": ";
    return concat({code_text(code), weight, info.title, "\n\n", info.meaning, "\n\nFor example:\n\n",
                   indented(info.wrong), "\n\nTo mend it:\n\n", indented(info.mend), "\n"});
  }
  return std::nullopt;
}

std::optional<int> parse_code(std::string_view text) {
  if (text.starts_with('G') || text.starts_with('g')) text.remove_prefix(1);
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc{} || end != text.data() + text.size() || code < 0) return std::nullopt;
  return code;
}

}  // namespace gleaner::host
