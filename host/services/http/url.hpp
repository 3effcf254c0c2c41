// Addresses: what is allowed, where a redirect may lead, and how they are shown. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/services/http/retry.hpp"

namespace gleaner::host::http {

/// True for a well-formed http or https address with a host.
[[nodiscard]] bool is_fetchable(const std::string& url);

/// "rss.arxiv.org", or "127.0.0.1:8080" where the address names a port. "the server" when it cannot be read.
[[nodiscard]] std::string host_of(const std::string& url);

/// "rss.arxiv.org port 443", as libcurl says whom it connects to.
[[nodiscard]] std::string dialled(const std::string& url);

/// Whom an address means.
struct Server {
  std::string name;  ///< lower case, without a final dot; an IPv6 address in its brackets
  std::string port;  ///< digits; the scheme's own where none is written
  bool port_written = false;
};
/// Nothing where the address cannot be read or names no host.
[[nodiscard]] std::optional<Server> server_of(const std::string& url);

/// "https", in lower case; empty when it cannot be read.
[[nodiscard]] std::string scheme_of(const std::string& url);

/// For messages: without user and password, query values and fragment, and without the parts of a path that
/// look like keys (longer than 20 characters or holding ':'), since webhooks carry theirs in the path.
[[nodiscard]] std::string redact(const std::string& url);

/// `location` as an absolute address, seen from `base` (RFC 3986 section 5); empty when there is none.
[[nodiscard]] std::string resolve(const std::string& base, const std::string& location);

/// Whether a redirect may be followed: Cause::none, redirect_nowhere, redirect_scheme (not http or https) or
/// redirect_weaker (https to http).
[[nodiscard]] Cause judge_redirect(const std::string& from, const std::string& to);

/// Same scheme, host and port.
[[nodiscard]] bool same_origin(const std::string& a, const std::string& b);

}  // namespace gleaner::host::http
