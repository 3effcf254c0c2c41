// What a server says about when to come back. Pure functions, any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// The value of the first header with this name (in lower case), or nothing. The view lives as long as
/// `headers`.
[[nodiscard]] std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

/// "12ms", "1.2s", "6m0s", "1h2m3.5s": durations as Go prints them, which the rate-limit headers of language
/// model servers use. A number without a unit, a negative one and anything else is nothing.
[[nodiscard]] std::optional<Milliseconds> parse_go_duration(std::string_view text);

/// The longest wait the headers of an error answer ask for: retry-after-ms (a number), Retry-After (seconds,
/// or an HTTP date compared with `now`), x-ratelimit-reset-requests and -tokens (where the matching
/// -remaining- header is absent or not above zero), and any "…ratelimit…-reset" with a date of RFC 3339 under
/// the same condition. Nothing when none can be read; a date in the past is zero.
[[nodiscard]] std::optional<Milliseconds> wait_hint(const Headers& headers,
                                                    std::chrono::system_clock::time_point now);

/// What the body of an error answer asks for: `"retryDelay": "37s"` of Google's RetryInfo, or the words "try
/// again in 1.2s". Its first 16 KiB are looked at.
[[nodiscard]] std::optional<Milliseconds> wait_hint(std::string_view body);

/// False only when the server says `x-should-retry: false`.
[[nodiscard]] bool server_allows_retry(const Headers& headers);

}  // namespace gleaner::host::http
