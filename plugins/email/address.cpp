// SPDX-License-Identifier: Apache-2.0
#include "plugins/email/address.hpp"

#include <algorithm>

#include <gleaner/plugin.hpp>

#include "plugins/common/ascii.hpp"
#include "plugins/common/message/text.hpp"

namespace gleaner::email {
namespace {

using common::is_digit;
using common::is_letter;

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, section 4.5.3.1.3
constexpr std::size_t kLongestLocal = 64;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7e; });
}

bool is_dotted(std::string_view text, std::string_view others) {
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), [&](char c) {
           return is_letter(c) || is_digit(c) || c == '.' || others.find(c) != std::string_view::npos;
         });
}

/// RFC 5322, section 3.2.3, without quotes; RFC 1034, section 3.5.
bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at <= kLongestLocal && text.size() <= kLongestAddress &&
         is_dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(text.substr(at + 1), "-") &&
         text[at + 1] != '-';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

/// The name in front of "<": with or without quotes.
std::string name_of(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string out;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace

Mailbox read_mailbox(std::string_view text, const std::string& option) {
  if (has_control(text))
    throw invalid_option(option,
                         "An address in `" + option +
                             "` holds a line break or another control character: write one address, as "
                             "\"Ada <ada@example.org>\".");
  const std::string shown = "\"" + message::shortened(message::one_line(text), 80) + "\"";
  Mailbox out;
  const auto open = text.rfind('<');
  std::string_view address = trimmed(text);
  if (open != std::string_view::npos && address.ends_with('>')) {
    out.name = message::shortened(message::one_line(name_of(text.substr(0, open))), 100);
    address.remove_prefix(static_cast<std::size_t>(text.data() + open + 1 - address.data()));
    address.remove_suffix(1);
  }
  if (!is_ascii(address))
    throw invalid_option(option, shown + " in `" + option +
                                     "` has letters beyond ASCII in its address; write its domain as "
                                     "\"xn--…\". In a name before the address they are fine.");
  if (!is_address(address))
    throw invalid_option(option,
                         shown + " in `" + option +
                             "` is not a mail address: write ada@example.org or \"Ada <ada@example.org>\".");
  const auto at = address.find('@');
  out.address = std::string(address.substr(0, at));
  for (const char c : address.substr(at))
    out.address += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::vector<std::string> read_recipients(const std::vector<std::string>& to) {
  std::vector<std::string> out;
  for (const auto& each : to) {
    auto address = read_mailbox(each, "to").address;
    if (std::find(out.begin(), out.end(), address) == out.end()) out.push_back(std::move(address));
  }
  return out;
}

bool check_server(std::string_view text) {
  const auto wrong = [] {
    return invalid_option("server",
                          "`server` is not the address of a mail server: write smtp://mail.example.org:587 "
                          "(STARTTLS) or smtps://mail.example.org:465 (TLS), without a user in it.");
  };
  std::string lower;
  for (const char c : text)
    lower += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::string_view rest = lower;
  if (rest.starts_with("smtp://"))
    rest.remove_prefix(7);
  else if (rest.starts_with("smtps://"))
    rest.remove_prefix(8);
  else
    throw wrong();
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const bool bracket = rest.starts_with('[');
  const auto end = bracket ? rest.find(']') : std::min(rest.find(':'), rest.size());
  if (end == std::string_view::npos) throw wrong();
  const auto host = rest.substr(bracket ? 1 : 0, end - (bracket ? 1 : 0));
  const auto port = rest.substr(end + (bracket ? 1 : 0));
  const auto fits = [bracket](char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || (bracket && c == ':');
  };
  if (host.empty() || !std::all_of(host.begin(), host.end(), fits)) throw wrong();
  if (!port.empty() && (port.size() < 2 || port.size() > 6 || port[0] != ':' ||
                        !std::all_of(port.begin() + 1, port.end(), [](char c) { return is_digit(c); })))
    throw wrong();
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace gleaner::email
