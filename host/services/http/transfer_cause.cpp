#include "host/services/http/transfer_cause.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

/// "SSL: no alternative certificate subject name matches target host name '…'", or "… does not match target
/// host name".
bool is_name_mismatch(std::string_view detail) {
  return detail.find("target host") != std::string_view::npos;
}

bool has_proxy_variable() {
  constexpr std::array names{"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  return std::ranges::any_of(names, [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  });
}

/// libcurl 7.88 cannot be asked whether a proxy was used, but says whom it could not connect to: "Failed to
/// connect to HOST port N after …".
bool was_to_proxy(std::string_view detail, const std::string& url) {
  constexpr std::string_view start = "Failed to connect to ";
  return has_proxy_variable() && detail.starts_with(start) &&
         !detail.substr(start.size()).starts_with(dialled(url) + " ");
}

Cause cause_of_timeout(CURL* easy) {
  // Above zero once the request could be sent, also over a connection that was there before.
  if (info(easy, CURLINFO_PRETRANSFER_TIME_T) > 0) return Cause::timeout;
  if (info(easy, CURLINFO_NAMELOOKUP_TIME_T) == 0) return Cause::lookup;
  return Cause::connect_timeout;
}

Cause cause_of_distrust(CURL* easy, std::string_view detail) {
  // The name is libcurl's own test, for which it has no code.
  if (is_name_mismatch(detail)) return Cause::tls_other_name;
  // X509_V_ERR_… of OpenSSL.
  constexpr long not_yet_valid = 9;
  constexpr long has_expired = 10;
  const auto result = info_long(easy, CURLINFO_SSL_VERIFYRESULT);
  if (result == has_expired) return Cause::tls_expired;
  return result == not_yet_valid ? Cause::tls_not_yet : Cause::tls_untrusted;
}

Cause cause_of_refusal(CURL* easy, const std::string& url, std::string_view detail) {
  if (was_to_proxy(detail, url)) return Cause::proxy_down;
  const auto error = info_long(easy, CURLINFO_OS_ERRNO);
  return error == ENETUNREACH || error == EHOSTUNREACH || error == EADDRNOTAVAIL ? Cause::no_route
                                                                                 : Cause::refused;
}

}  // namespace

curl_off_t info(CURL* easy, CURLINFO which) {
  curl_off_t value = 0;
  curl()->easy_getinfo(easy, which, &value);
  return value;
}

long info_long(CURL* easy, CURLINFO which) {
  long value = 0;
  curl()->easy_getinfo(easy, which, &value);
  return value;
}

Cause cause_of(CURLcode code, CURL* easy, const std::string& url, std::string_view detail) {
  if (info_long(easy, CURLINFO_HTTP_CONNECTCODE) >= 400) return Cause::proxy_refused;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Cause::lookup;
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Cause::proxy_lookup;
    case CURLE_PROXY:
      return Cause::proxy_refused;
    case CURLE_COULDNT_CONNECT:
      return cause_of_refusal(easy, url, detail);
    case CURLE_OPERATION_TIMEDOUT:
      return cause_of_timeout(easy);
    case CURLE_PEER_FAILED_VERIFICATION:
      return cause_of_distrust(easy, detail);
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Cause::tls_untrusted;
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
      return Cause::ca_file;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
      return Cause::tls_handshake;
    case CURLE_PARTIAL_FILE:
      return Cause::truncated;
    case CURLE_GOT_NOTHING:
      return Cause::no_answer;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return Cause::not_http;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // not from this side's callback: its decoders report some broken streams so
      return Cause::undecodable;
    case CURLE_OUT_OF_MEMORY:
      return Cause::out_of_memory;
    case CURLE_URL_MALFORMAT:
      return Cause::bad_url;
    default:  // SEND_ERROR, RECV_ERROR, HTTP2, HTTP2_STREAM and their like
      return Cause::broken_off;
  }
}

}  // namespace gleaner::host::http
