#include "host/services/http/message.hpp"

#include <fmt/format.h>

#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

std::string tries(const Trouble& t) {
  return t.attempts > 1 ? fmt::format(" in {} attempts", t.attempts) : "";
}

std::string wish(const Trouble& t) {
  return t.hint.count() > 0 ? fmt::format("it asks to wait {}", readable(t.hint)) : "try again later";
}

std::string expected(const Trouble& t) {
  return t.expect == Expect::json ? "JSON" : "XML";
}

/// Why there was no connection, or an empty text when there was one.
std::string why_unreachable(const Trouble& t) {
  switch (t.cause) {
    case Cause::lookup:
      return "the name could not be looked up (is this machine online?)";
    case Cause::refused:
      return "the connection was refused (is the server running?)";
    case Cause::no_route:
      return "there is no way to it (is this machine online?)";
    case Cause::connect_timeout:
      return fmt::format("no connection within {} (is this machine online?)", readable(t.connect));
    case Cause::proxy_lookup:
      return "the name of the proxy could not be looked up (check the variables http_proxy and https_proxy)";
    case Cause::proxy_refused:
      return "the proxy refused to connect (check the variables http_proxy and https_proxy)";
    case Cause::tls_untrusted:
      return "its certificate could not be verified (SSL_CERT_FILE may name an authority of your own)";
    case Cause::proxy_down:
      return "nothing answers at the address of the proxy (check the variables http_proxy and https_proxy)";
    case Cause::tls_expired:
      return "its certificate has expired (is the clock of this machine right?)";
    case Cause::tls_not_yet:
      return "its certificate is not valid yet (is the clock of this machine right?)";
    case Cause::tls_other_name:
      return "its certificate is for another name";
    case Cause::tls_handshake:
      return "no secure connection could be made (does it speak https?)";
    case Cause::ca_file:
      return "the certificates named by SSL_CERT_FILE or SSL_CERT_DIR could not be read";
    default:
      return "";
  }
}

std::string describe_status(const Trouble& t, const std::string& host) {
  switch (t.outcome) {
    case Outcome::denied:
      if (t.status == 401)
        return fmt::format("{} did not accept the credentials (HTTP 401); check the key.", host);
      return fmt::format("{} refused access (HTTP {}).", host, t.status);
    case Outcome::quota:
      return fmt::format("{} says that the account is used up (HTTP {}); check its balance and limits.", host,
                         t.status);
    case Outcome::not_found:
      return fmt::format("{} has nothing at {} (HTTP {}).", host, redact(t.url), t.status);
    case Outcome::conflict:
      return fmt::format("{} reports a conflict{} (HTTP {}).", host, tries(t), t.status);
    case Outcome::too_long:
      return fmt::format("{} found the request too large or unfit (HTTP {}).", host, t.status);
    case Outcome::throttled:
      return fmt::format("{} limits how often it may be asked{} (HTTP {}); {}.", host, tries(t), t.status,
                         wish(t));
    case Outcome::server_error:
      return fmt::format("{} had an error of its own{} (HTTP {}); {}.", host, tries(t), t.status, wish(t));
    case Outcome::timed_out:
      return fmt::format("{} waited too long for the request{} (HTTP {}).", host, tries(t), t.status);
    case Outcome::unchanged:
      return fmt::format("{} has nothing new (HTTP {}).", host, t.status);
    default:
      return fmt::format("{} did not accept the request (HTTP {}).", host, t.status);
  }
}

std::string describe_answer(const Trouble& t, const std::string& host) {
  switch (t.cause) {
    case Cause::timeout:
      return fmt::format("{} did not finish its answer within {}{}.", host, readable(t.timeout), tries(t));
    case Cause::idle:
      return fmt::format("{} stopped in the middle of its answer and sent nothing for {}{}.", host,
                         readable(t.idle), tries(t));
    case Cause::broken_off:
      return fmt::format("{} broke the connection off{}.", host, tries(t));
    case Cause::truncated:
      return fmt::format("{} ended its answer early{}: a part is missing.", host, tries(t));
    case Cause::no_answer:
      return fmt::format("{} closed the connection without an answer{}.", host, tries(t));
    case Cause::not_http:
      return fmt::format("{} sent something that is not HTTP.", host);
    case Cause::undecodable:
      return fmt::format("{} sent an answer that could not be decompressed{}.", host, tries(t));
    case Cause::too_large:
      return fmt::format("The answer of {} is larger than the limit of {}.", host,
                         readable_bytes(t.max_bytes));
    case Cause::headers_too_large:
      return fmt::format("The answer of {} has too many headers.", host);
    case Cause::out_of_memory:
      return fmt::format("There was not enough memory for the answer of {}.", host);
    case Cause::html_body:
      return fmt::format(
          "{} sent an HTML page where {} was expected{} (maintenance, or a check for robots?).", host,
          expected(t), tries(t));
    case Cause::other_body:
      return fmt::format("{} sent something else where {} was expected{}.", host, expected(t), tries(t));
    case Cause::empty_body:
      return fmt::format("{} sent an empty answer{}.", host, tries(t));
    case Cause::throttle_body:
      return fmt::format("{} limits how often it may be asked{} (it says so in a page of status {}); {}.",
                         host, tries(t), t.status, wish(t));
    default:
      return "";
  }
}

std::string describe_request(const Trouble& t, const std::string& host) {
  switch (t.cause) {
    case Cause::redirect_scheme:
      return fmt::format("{} redirects to a {} address, which is not followed: only http and https are.",
                         host, scheme_of(t.redirect_to));
    case Cause::redirect_weaker:
      return fmt::format("{} redirects from https to http, which is not followed.", host);
    case Cause::redirect_many:
      return fmt::format("{} redirects too often; more than 5 times is not followed.", host);
    case Cause::redirect_nowhere:
      return fmt::format("{} redirects without saying where (HTTP {}).", host, t.status);
    case Cause::redirect_drops:
      return fmt::format(
          "{} redirects to another address, where what is sent would not arrive (HTTP {}); give the new one.",
          host, t.status);
    case Cause::redirect_undeclared:
      return fmt::format(
          "{} redirects {} to {}, which it does not declare; gleaner describe {} lists the servers it may "
          "ask.",
          host, t.component, redact(t.redirect_to), t.use);
    case Cause::undeclared:
      return fmt::format(
          "{} asked for {}, which it does not declare; gleaner describe {} lists the servers it may ask.",
          t.component, redact(t.url), t.use);
    case Cause::bad_url:
      return fmt::format("The address {} cannot be fetched: only complete http and https addresses can.",
                         redact(t.url));
    case Cause::bad_header:
      return fmt::format(
          "The request to {} was not sent: its header \"{}\" holds characters that are not allowed.", host,
          t.header_name);
    case Cause::cancelled:
      return fmt::format("The request to {} was cancelled.", host);
    default:
      return "";
  }
}

}  // namespace

std::string describe(const Trouble& t) {
  const auto host = host_of(t.url);
  if (t.cause == Cause::none) return "";
  if (t.cause == Cause::status) return describe_status(t, host);
  if (const auto why = why_unreachable(t); !why.empty()) {
    return fmt::format("Could not reach {}{}: {}.", host, tries(t), why);
  }
  if (auto text = describe_answer(t, host); !text.empty()) return text;
  return describe_request(t, host);
}

std::string readable(Milliseconds duration) {
  const auto ms = duration.count();
  if (ms < 1000) return fmt::format("{} ms", ms);
  if (ms >= 120'000 && ms % 60'000 == 0) return fmt::format("{} min", ms / 60'000);
  if (ms % 1000 == 0 || ms >= 100'000) return fmt::format("{} s", ms / 1000);
  return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000);
}

std::string readable_bytes(std::uint64_t bytes) {
  if (bytes >= (1U << 20) && bytes % (1U << 20) == 0) return fmt::format("{} MiB", bytes >> 20);
  if (bytes >= 1024 && bytes % 1024 == 0) return fmt::format("{} KiB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

}  // namespace gleaner::host::http
