// The one table of what an answer or a failure means, and the arithmetic of trying again. Pure functions, any
// thread.
#pragma once

#include <string_view>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Why an attempt did not give what was asked for, as exactly as the sentence for the reader needs it.
enum class Cause : std::uint8_t {
  none,
  status,  ///< the HTTP status says it
  lookup,
  refused,
  no_route,
  connect_timeout,
  proxy_lookup,
  proxy_refused,
  proxy_down,
  tls_untrusted,
  tls_expired,
  tls_not_yet,
  tls_other_name,
  tls_handshake,
  ca_file,
  timeout,
  idle,
  broken_off,
  truncated,
  no_answer,
  not_http,
  undecodable,
  too_large,
  headers_too_large,
  out_of_memory,
  html_body,
  other_body,
  empty_body,
  throttle_body,
  redirect_scheme,
  redirect_weaker,
  redirect_many,
  redirect_nowhere,
  redirect_drops,       ///< a POST that would arrive as a GET, without what it says
  redirect_undeclared,  ///< to a server that the component does not declare
  bad_url,
  bad_header,
  undeclared,  ///< a server that the component does not declare
  cancelled,
};

/// Under which condition the same request is sent again.
enum class Retry : std::uint8_t {
  never,
  harmless,   ///< the server surely did nothing yet: any method
  if_safe,    ///< it may have acted: only what may be sent twice
  safe_post,  ///< only a POST that was declared safe: a conflict between two of the same
};

struct Judgement {
  Outcome outcome = Outcome::ok;
  Retry retry = Retry::never;
  unsigned retries = ~0U;  ///< this cause is retried at most so often, whatever the policy allows

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

[[nodiscard]] Judgement judge_status(int status, const Politeness& politeness);
[[nodiscard]] Judgement judge_cause(Cause cause);

/// `method` in upper case.
[[nodiscard]] bool may_retry(Retry retry, std::string_view method, Repeat repeat);

/// Full jitter: `chance` in [0, 1) of min(cap, base * 2^retry). Never negative, never above the cap.
[[nodiscard]] Milliseconds backoff(const RetryPolicy& policy, unsigned retry, double chance);

}  // namespace gleaner::host::http
