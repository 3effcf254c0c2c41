#include "host/services/http/request_key.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "host/services/http/letters.hpp"

namespace gleaner::host::http {
namespace {

constexpr std::string_view blacked_out = "***";

// Another form of the text that is hashed must have another namespace, or old answers would be found under
// it.
constexpr boost::uuids::uuid key_namespace{
    {0x5d, 0x0b, 0x6e, 0x2a, 0x9c, 0x41, 0x4f, 0x1e, 0x8a, 0x37, 0xc4, 0x1d, 0x62, 0xb9, 0x0f, 0x73}};

/// By the whole name: "token" and "resumptionToken" turn pages.
bool is_secret_parameter(std::string_view name) {
  constexpr std::array<std::string_view, 12> names{
      "api_key",    "apikey",        "api-key", "x-api-key", "access_token", "auth_token",
      "access_key", "client_secret", "secret",  "password",  "passwd",       "pwd"};
  return std::ranges::find(names, lower(name)) != names.end();
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (!low) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return out;
}

std::string clean_parameter(std::string_view pair, const Cleaner& clean) {
  const auto equals = pair.find('=');
  if (equals == std::string_view::npos) return cleaned(pair, clean);
  const auto name = pair.substr(0, equals);
  const auto value = pair.substr(equals + 1);
  // A key with '+' or '/' in it is not known in the form in which it travels.
  const auto decoded = percent_decoded(value);
  if (is_secret_parameter(name) || cleaned(decoded, clean) != decoded)
    return std::string(name).append("=").append(blacked_out);
  return std::string(pair);
}

std::string clean_query(std::string_view query, const Cleaner& clean) {
  std::string out;
  while (true) {
    const auto end = query.find('&');
    out += clean_parameter(query.substr(0, end), clean);
    if (end == std::string_view::npos) return out;
    out += '&';
    query.remove_prefix(end + 1);
  }
}

std::string without_user(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return std::string(url);
  const auto authority = url.substr(start + 3, url.find_first_of("/?#", start + 3) - (start + 3));
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, start + 3)).append(blacked_out).append(url.substr(start + 3 + at));
}

}  // namespace

std::string cleaned(std::string_view text, const Cleaner& clean) {
  return clean ? clean(text) : std::string(text);
}

bool is_secret_header(std::string_view name) {
  constexpr std::array<std::string_view, 9> parts{"auth",     "cookie",     "key",       "token",  "secret",
                                                  "password", "credential", "signature", "session"};
  const auto small = lower(name);
  return std::ranges::any_of(parts,
                             [&small](std::string_view part) { return small.find(part) != small.npos; });
}

std::string clean_url(std::string_view url, const Cleaner& clean) {
  auto shown = without_user(url);
  const auto question = shown.find('?');
  if (question != std::string::npos) {
    const auto fragment = std::min(shown.find('#', question), shown.size());
    shown = shown.substr(0, question + 1) +
            clean_query(std::string_view(shown).substr(question + 1, fragment - question - 1), clean) +
            shown.substr(fragment);
  }
  return cleaned(shown, clean);
}

std::string request_key(const Request& request, const Cleaner& clean) {
  std::vector<std::string> lines;
  lines.reserve(request.headers.size());
  for (const auto& [name, value] : request.headers) {
    const auto small = lower(name);
    if (small == "user-agent") continue;  // the channel's takes its place
    lines.push_back(small + ": " +
                    (is_secret_header(small) ? std::string(blacked_out) : cleaned(value, clean)));
  }
  std::ranges::sort(lines);
  // No line holds a line break: such a request is refused before it gets a key.
  std::string text = request.method + "\n" + clean_url(request.url, clean) + "\n";
  for (const auto& line : lines)
    text += line + "\n";
  text += "\n" + cleaned(request.body, clean);
  return boost::uuids::to_string(boost::uuids::name_generator_sha1(key_namespace)(text));
}

}  // namespace gleaner::host::http
