#include "host/services/http/retry.hpp"

#include <algorithm>
#include <array>

namespace gleaner::host::http {
namespace {

struct StatusRow {
  int first;
  int last;
  Outcome outcome;
  Retry retry;
};

// Statuses by RFC 9110 and 6585; 520-529 are those of content delivery networks, 529 "overloaded" of language
// model servers. The first row that holds a status wins; what is in no row is judged by its hundred.
constexpr std::array status_rows{
    StatusRow{200, 299, Outcome::ok, Retry::never},
    StatusRow{304, 304, Outcome::unchanged, Retry::never},
    StatusRow{401, 401, Outcome::denied, Retry::never},
    StatusRow{402, 402, Outcome::quota, Retry::never},
    StatusRow{403, 403, Outcome::denied, Retry::never},
    StatusRow{404, 404, Outcome::not_found, Retry::never},
    StatusRow{408, 408, Outcome::timed_out, Retry::harmless},
    StatusRow{409, 409, Outcome::conflict, Retry::safe_post},
    StatusRow{410, 410, Outcome::not_found, Retry::never},
    StatusRow{413, 414, Outcome::too_long, Retry::never},
    StatusRow{422, 422, Outcome::too_long, Retry::never},
    StatusRow{425, 425, Outcome::server_error, Retry::harmless},
    StatusRow{429, 429, Outcome::throttled, Retry::harmless},
    StatusRow{500, 500, Outcome::server_error, Retry::if_safe},
    StatusRow{502, 502, Outcome::server_error, Retry::if_safe},
    StatusRow{503, 503, Outcome::server_error, Retry::harmless},
    StatusRow{504, 504, Outcome::server_error, Retry::if_safe},
    StatusRow{520, 528, Outcome::server_error, Retry::if_safe},
    StatusRow{529, 529, Outcome::server_error, Retry::harmless},
    StatusRow{500, 599, Outcome::server_error, Retry::never},
    StatusRow{300, 399, Outcome::forbidden_redirect, Retry::never},
};

struct CauseRow {
  Cause cause;
  Judgement judgement;
};

constexpr std::array cause_rows{
    CauseRow{Cause::lookup, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::refused, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::no_route, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::connect_timeout, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::proxy_lookup, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::proxy_refused, {Outcome::unreachable, Retry::never}},
    CauseRow{Cause::proxy_down, {Outcome::unreachable, Retry::harmless}},
    CauseRow{Cause::tls_untrusted, {Outcome::tls, Retry::never}},
    CauseRow{Cause::tls_expired, {Outcome::tls, Retry::never}},
    CauseRow{Cause::tls_not_yet, {Outcome::tls, Retry::never}},
    CauseRow{Cause::tls_other_name, {Outcome::tls, Retry::never}},
    CauseRow{Cause::tls_handshake, {Outcome::tls, Retry::never}},
    CauseRow{Cause::ca_file, {Outcome::tls, Retry::never}},
    CauseRow{Cause::timeout, {Outcome::timed_out, Retry::if_safe}},
    CauseRow{Cause::idle, {Outcome::timed_out, Retry::if_safe}},
    CauseRow{Cause::broken_off, {Outcome::broken_off, Retry::if_safe}},
    CauseRow{Cause::truncated, {Outcome::broken_off, Retry::if_safe}},
    CauseRow{Cause::no_answer, {Outcome::broken_off, Retry::if_safe}},
    CauseRow{Cause::not_http, {Outcome::wrong_body, Retry::never}},
    CauseRow{Cause::undecodable, {Outcome::wrong_body, Retry::if_safe}},
    CauseRow{Cause::too_large, {Outcome::too_large, Retry::never}},
    CauseRow{Cause::headers_too_large, {Outcome::too_large, Retry::never}},
    CauseRow{Cause::out_of_memory, {Outcome::too_large, Retry::never}},
    // A maintenance page seldom goes away within a run: twice, then the source is down.
    CauseRow{Cause::html_body, {Outcome::wrong_body, Retry::if_safe, 2}},
    CauseRow{Cause::other_body, {Outcome::wrong_body, Retry::if_safe, 2}},
    CauseRow{Cause::empty_body, {Outcome::wrong_body, Retry::if_safe}},
    CauseRow{Cause::throttle_body, {Outcome::throttled, Retry::harmless}},
    CauseRow{Cause::redirect_scheme, {Outcome::forbidden_redirect, Retry::never}},
    CauseRow{Cause::redirect_weaker, {Outcome::forbidden_redirect, Retry::never}},
    CauseRow{Cause::redirect_many, {Outcome::forbidden_redirect, Retry::never}},
    CauseRow{Cause::redirect_nowhere, {Outcome::forbidden_redirect, Retry::never}},
    CauseRow{Cause::redirect_drops, {Outcome::forbidden_redirect, Retry::never}},
    CauseRow{Cause::redirect_undeclared, {Outcome::denied, Retry::never}},
    CauseRow{Cause::bad_url, {Outcome::bad_request, Retry::never}},
    CauseRow{Cause::bad_header, {Outcome::bad_request, Retry::never}},
    CauseRow{Cause::undeclared, {Outcome::denied, Retry::never}},
    CauseRow{Cause::cancelled, {Outcome::cancelled, Retry::never}},
};

bool is_idempotent(std::string_view method) {
  constexpr std::array<std::string_view, 5> idempotent{"GET", "HEAD", "OPTIONS", "PUT", "DELETE"};
  return std::ranges::find(idempotent, method) != idempotent.end();
}

}  // namespace

Judgement judge_status(int status, const Politeness& politeness) {
  if (std::ranges::find(politeness.throttle_statuses, status) != politeness.throttle_statuses.end()) {
    return {Outcome::throttled, Retry::harmless};
  }
  const auto* row = std::ranges::find_if(
      status_rows, [status](const StatusRow& r) { return r.first <= status && status <= r.last; });
  if (row == status_rows.end()) return {Outcome::bad_request, Retry::never};
  return {row->outcome, row->retry};
}

Judgement judge_cause(Cause cause) {
  const auto* row = std::ranges::find(cause_rows, cause, &CauseRow::cause);
  return row == cause_rows.end() ? Judgement{} : row->judgement;
}

bool may_retry(Retry retry, std::string_view method, Repeat repeat) {
  if (repeat == Repeat::never) return false;
  const bool declared = repeat == Repeat::safe;
  switch (retry) {
    case Retry::never:
      return false;
    case Retry::harmless:
      return true;
    case Retry::if_safe:
      return declared || is_idempotent(method);
    case Retry::safe_post:
      return declared && method == "POST";
  }
  return false;
}

Milliseconds backoff(const RetryPolicy& policy, unsigned retry, double chance) {
  // 2^20 milliseconds are 17 minutes already; the bound keeps the shift in range.
  const auto factor = static_cast<Milliseconds::rep>(1) << std::min(retry, 20U);
  const auto base = std::clamp<Milliseconds::rep>(policy.base.count(), 0, 1'000'000'000);
  const auto highest = std::min(policy.cap.count(), base * factor);
  const auto part =
      static_cast<double>(std::max<Milliseconds::rep>(highest, 0)) * std::clamp(chance, 0.0, 1.0);
  return Milliseconds(static_cast<Milliseconds::rep>(part));
}

}  // namespace gleaner::host::http
