#include "host/services/http/reach.hpp"

#include <algorithm>
#include <utility>

#include "host/services/http/letters.hpp"
#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

bool is_port(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Takes ":8080" off the end; an IPv6 address has colons of its own, inside brackets.
std::string take_port(std::string_view& name) {
  const auto colon = name.rfind(':');
  if (colon == std::string_view::npos || !is_port(name.substr(colon + 1))) return "";
  std::string port(name.substr(colon + 1));
  name = name.substr(0, colon);
  return port;
}

bool is_address(std::string_view text) {
  const auto start = lower(text.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://") || start.starts_with("smtp://") ||
         start.starts_with("smtps://");
}

}  // namespace

void Reach::allow(std::string_view declared) {
  if (const auto scheme = declared.find("://"); scheme != std::string_view::npos)
    declared.remove_prefix(scheme + 3);
  declared = declared.substr(0, declared.find_first_of("/?#"));
  Entry entry;
  entry.port = take_port(declared);
  if (declared.ends_with('.')) declared.remove_suffix(1);
  entry.name = lower(declared);
  if (entry.name.empty()) return;
  if (entry.name == "*") entry.names = Entry::Names::any;
  if (entry.name.starts_with("*.")) {
    entry.names = Entry::Names::below;
    entry.name.erase(0, 1);
  }
  const std::lock_guard lock(mutex_);
  entries_.push_back(std::move(entry));
}

void Reach::allow_address(std::string_view text) {
  if (!is_address(text)) return;
  const std::lock_guard lock(mutex_);
  addresses_.emplace_back(text);
}

void Reach::read_addresses() const {
  for (const std::string& address : std::exchange(addresses_, {})) {
    if (auto server = server_of(address))
      entries_.push_back({Entry::Names::itself, std::move(server->name),
                          server->port_written ? std::move(server->port) : std::string()});
  }
}

bool Reach::allows(const std::string& url) const {
  const auto server = server_of(url);
  if (!server) return false;
  const std::lock_guard lock(mutex_);
  read_addresses();
  return std::ranges::any_of(entries_, [&server](const Entry& entry) {
    if (!entry.port.empty() && entry.port != server->port) return false;
    switch (entry.names) {
      case Entry::Names::any:
        return true;
      case Entry::Names::below:
        return server->name.size() > entry.name.size() && server->name.ends_with(entry.name);
      case Entry::Names::itself:
        return server->name == entry.name;
    }
    return false;
  });
}

}  // namespace gleaner::host::http
