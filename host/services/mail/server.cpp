#include "host/services/mail/server.hpp"

#include <algorithm>
#include <charconv>

#include "host/services/http/letters.hpp"

namespace gleaner::host::mail {
namespace {

// RFC 6409, section 3.1; RFC 8314, section 3.3.
constexpr std::uint16_t submission_port = 587;
constexpr std::uint16_t submissions_port = 465;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

bool is_ip6(std::string_view text) {
  return !text.empty() && text.find(':') != std::string_view::npos && std::ranges::all_of(text, [](char c) {
    return ('a' <= c && c <= 'f') || ('0' <= c && c <= '9') || c == ':' || c == '.';
  });
}

std::optional<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

}  // namespace

std::string Server::label() const {
  const bool is_ip6 = name.find(':') != std::string::npos;
  return (is_ip6 ? "[" + name + "]" : name) + ":" + std::to_string(port);
}

bool Server::is_loopback() const {
  if (name == "localhost" || name == "::1") return true;
  // A name may begin with "127." as well.
  return name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string::npos;
}

std::optional<Server> read_server(std::string_view text) {
  const std::string lowered = http::lower(text);
  std::string_view rest = lowered;
  Server out;
  out.tls_at_once = take(rest, "smtps://");
  if (!out.tls_at_once && !take(rest, "smtp://")) return std::nullopt;
  out.port = out.tls_at_once ? submissions_port : submission_port;
  if (rest.ends_with('/')) rest.remove_suffix(1);
  std::string_view port;
  if (take(rest, "[")) {
    const auto end = rest.find(']');
    if (end == std::string_view::npos || !is_ip6(rest.substr(0, end))) return std::nullopt;
    out.name = rest.substr(0, end);
    port = rest.substr(end + 1);
  } else {
    const auto end = std::min(rest.find(':'), rest.size());
    if (!is_name(rest.substr(0, end))) return std::nullopt;
    out.name = rest.substr(0, end);
    port = rest.substr(end);
  }
  if (port.empty()) return out;
  const auto number = port.starts_with(':') ? read_port(port.substr(1)) : std::nullopt;
  if (!number) return std::nullopt;
  out.port = *number;
  return out;
}

}  // namespace gleaner::host::mail
