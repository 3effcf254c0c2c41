// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/url.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <gleaner/cpp/text.hpp>

#include "plugins/common/ascii.hpp"

namespace gleaner::common {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Where the path of a web address begins, or its size.
std::size_t path_start(std::string_view url) {
  const std::size_t server = url.find("://");
  const std::size_t from = server == kNone ? 0 : server + 3;
  return std::min(url.find_first_of("/?#", from), url.size());
}

// RFC 3986, section 5.2.4, for a path that begins with a slash.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t at = 1;
  bool ends_open = false;
  while (at <= path.size()) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    const bool is_last = end == path.size();
    const bool is_dots = part == "." || part == "..";
    if (part == ".." && !parts.empty()) parts.pop_back();
    if (!is_dots) parts.push_back(part);
    ends_open = is_last && is_dots;
    at = end + 1;
  }
  std::string out;
  for (const std::string_view part : parts)
    out.append("/").append(part);
  if (ends_open || out.empty()) out += '/';
  return out;
}

bool has_scheme(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  return colon != kNone && colon > 0 && reference.find_first_of("/?#") > colon && is_letter(reference[0]);
}

}  // namespace

bool is_web_address(std::string_view url) {
  std::string_view rest = url;
  if (!drop_prefix(rest, "https://") && !drop_prefix(rest, "http://")) return false;
  if (rest.empty() || rest[0] == '/' || rest[0] == '?' || rest[0] == '#') return false;
  for (const char c : rest)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return false;
  return true;
}

void check_address(std::string_view url, const std::string& option) {
  if (is_web_address(url)) return;
  throw invalid_option(option,
                       "\"" + std::string(url) +
                           "\" is no address of a server; it has to begin with https:// or http:// and "
                           "hold no spaces.");
}

std::string with_path(std::string_view base, std::string_view path) {
  while (base.ends_with('/'))
    base.remove_suffix(1);
  const bool has_own = path_start(base) < base.size();
  return std::string(base) + std::string(has_own ? std::string_view{} : path);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHexDigits[byte >> 4];
    out += kHexDigits[byte & 0xF];
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string resolved(std::string_view base, std::string_view reference) {
  reference = trimmed(reference);
  if (reference.empty()) return std::string(base.substr(0, base.find('#')));
  if (has_scheme(reference)) return std::string(reference);
  const std::size_t scheme = base.find("://");
  if (scheme == kNone) return std::string(reference);
  if (reference.starts_with("//")) return std::string(base.substr(0, scheme + 1)) + std::string(reference);
  const std::size_t start = path_start(base);
  const std::string server(base.substr(0, start));
  std::string_view path = base.substr(start);
  path = path.substr(0, path.find('#'));
  if (reference.starts_with('#')) return server + std::string(path) + std::string(reference);
  path = path.substr(0, path.find('?'));
  if (reference.starts_with('?')) return server + std::string(path) + std::string(reference);
  const std::size_t query = std::min(reference.find_first_of("?#"), reference.size());
  std::string whole(reference.starts_with('/') ? std::string_view{} : path.substr(0, path.rfind('/') + 1));
  if (whole.empty() && !reference.starts_with('/')) whole = "/";
  whole += reference.substr(0, query);
  return server + without_dots(whole) + std::string(reference.substr(query));
}

}  // namespace gleaner::common
