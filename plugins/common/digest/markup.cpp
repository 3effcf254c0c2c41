#include "plugins/common/digest/markup.hpp"

#include <charconv>
#include <cmath>

#include "plugins/common/digest/links.hpp"

namespace gleaner::digest {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\0':  // HTML has no such character
        out += "\xEF\xBF\xBD";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string anchor_of(std::string_view paper_id) {
  std::string out = "p-";
  for (const char c : paper_id) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_';
    out += plain ? c : '-';
  }
  return out;
}

std::string link(std::string_view address, std::string_view text) {
  const std::string safe = safe_url(address);
  if (safe.empty()) return escaped(text);
  return "<a href=\"" + escaped(safe) + "\" rel=\"noopener noreferrer\">" + escaped(text) + "</a>";
}

std::string number(double value) {
  char digits[32];
  const bool has_cents =
      std::abs(value) < 1e12;  // beyond, and for what is no number, there are none to round
  const double rounded = has_cents ? std::round(value * 100) / 100 : value;
  return {digits, std::to_chars(digits, digits + sizeof digits, rounded).ptr};
}

std::string grouped(long long value) {
  std::string out = std::to_string(value);
  const std::size_t first = out.starts_with('-') ? 1 : 0;
  for (std::size_t at = out.size(); at > first + 3; at -= 3)
    out.insert(at - 3, ",");
  return out;
}

}  // namespace gleaner::digest
