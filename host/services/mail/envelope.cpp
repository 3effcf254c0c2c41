#include "host/services/mail/envelope.hpp"

#include <algorithm>

namespace gleaner::host::mail {
namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321, section 4.5.3.1.3, without the brackets
constexpr std::size_t longest_local = 64;
constexpr std::size_t longest_line = 998;

bool is_letter_or_digit(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
}

/// RFC 5322, section 3.2.3.
bool is_dot_atom(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos && std::ranges::all_of(text, [&](char c) {
           return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
         });
}

bool is_domain(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.front() != '-' &&
         text.find("..") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

}  // namespace

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && text.size() <= longest_address && at <= longest_local &&
         is_dot_atom(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

bool is_content(std::string_view text) {
  if (!text.ends_with("\r\n")) return false;
  while (!text.empty()) {
    const auto end = text.find_first_of(std::string_view("\r\n\0", 3));
    if (end > longest_line || text.substr(end, 2) != "\r\n") return false;
    text.remove_prefix(end + 2);
  }
  return true;
}

}  // namespace gleaner::host::mail
