// What goes into the HTTP client and what comes out of it. Value types; no thread rule of their own.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gleaner::host::http {

using Milliseconds = std::chrono::milliseconds;
using Headers = std::vector<std::pair<std::string, std::string>>;

/// Gives a text back with every known secret blacked out. Called from the client's own thread and from
/// threads that submit.
using Cleaner = std::function<std::string(std::string_view)>;

enum class Level { debug, info, warning };

/// Receives lines without secrets: no header values, no query values, no bodies. Called from the client's own
/// thread and from threads that submit, so it must be safe to call from several; the view lives for the call.
using LogSink = std::function<void(Level, std::string_view)>;

inline constexpr std::uint64_t default_max_bytes = 32ULL << 20;  ///< for answers of an API
inline constexpr std::uint64_t feed_max_bytes = 64ULL << 20;  ///< for feeds: a day of all of arXiv is 40 MB

/// What the body must look like for a 2xx answer to count. A page of HTML instead is "down for maintenance".
enum class Expect { anything, xml, json };

/// Whether the same request may be sent twice.
enum class Repeat {
  by_method,  ///< GET, HEAD, OPTIONS, PUT and DELETE may (RFC 9110 section 9.2.2); others only when it surely
              ///< had no effect
  safe,       ///< always; a POST to a language model is one
  never       ///< one attempt, whatever happens
};

struct Request {
  std::string method{};  ///< empty: GET, or POST when there is a body
  std::string url{};     ///< http or https; '+' in a path stays as it is
  Headers headers{};     ///< as given; User-Agent is the channel's, Accept is */* unless given
  std::string body{};
  Milliseconds timeout{60'000};                 ///< one attempt, from its start to the last byte; 0: none
  Milliseconds idle{30'000};                    ///< the longest silence once an answer has begun; 0: none
  std::uint64_t max_bytes = default_max_bytes;  ///< largest body, decompressed
  Expect expect = Expect::anything;
  Repeat repeat = Repeat::by_method;
};

/// How a request ended. Only `ok` is a 2xx answer with a body as expected.
enum class Outcome : std::uint8_t {
  ok,
  unchanged,           ///< 304
  bad_request,         ///< 400 and other 4xx, or a request that cannot be sent
  denied,              ///< 401, 403, or a server that the component does not declare
  quota,               ///< 402, or an answer that says the account is used up
  not_found,           ///< 404, 410
  conflict,            ///< 409
  too_long,            ///< 413, 414, 422: what was sent must be split or mended
  throttled,           ///< 429, a status or a text that the component declared
  server_error,        ///< 5xx
  wrong_body,          ///< 2xx, but not what was expected
  too_large,           ///< more than max_bytes
  unreachable,         ///< no connection
  timed_out,           ///< `timeout` or `idle` passed
  broken_off,          ///< the connection ended in the middle
  tls,                 ///< no trusted connection
  forbidden_redirect,  ///< to a weaker or another scheme, too many, or nowhere
  cancelled
};

struct Response {
  Outcome outcome = Outcome::ok;
  int http_status = 0;          ///< of the last answer; 0: there was none
  Headers headers{};            ///< of the last answer, names in lower case
  std::string body{};           ///< decompressed; as far as it came, also of an error status
  std::string effective_url{};  ///< after redirects; may hold secrets the caller put there
  unsigned attempts = 0;        ///< requests sent for it; redirects do not count
  Milliseconds elapsed{0};      ///< since the first attempt began, waits between attempts included
  Milliseconds retry_after{0};  ///< what the server asked to wait; 0: nothing
  std::string error{};          ///< not ok: one sentence for a person, without secrets
  bool from_cache = false;      ///< the body was here before: kept by an earlier run, or on a cassette
};

/// What a component declares about the service it talks to. The limits hold for the group by name, whatever
/// the URL.
struct Politeness {
  std::string group{};       ///< "arxiv"; empty: no limits are shared
  Milliseconds interval{0};  ///< least time between the starts of two requests of the group; 0: none
  unsigned connections = 0;  ///< requests in flight at most, over all processes of this user; 0: no limit.
                             ///< 1 also means one connection: it is closed before anybody opens the next
  std::vector<int> throttle_statuses{};  ///< mean "asked too often" besides 429; arXiv's 406
  std::vector<std::string>
      wrong_bodies{};  ///< a 2xx body that starts so means "asked too often" (ASCII case ignored)
  std::vector<std::string>
      final_markers{};  ///< an error whose body holds one is never retried: "insufficient_quota"
};

/// When and how often a failed attempt is repeated. The wait before retry n (from 0) is a random part of
/// min(cap, base * 2^n), or the server's hint when that is longer.
struct RetryPolicy {
  unsigned attempts = 4;               ///< in all; at least 1
  Milliseconds base{500};              ///< of the first wait
  Milliseconds cap{30'000};            ///< of one wait, unless the server asks for more
  Milliseconds wall{600'000};          ///< no attempt begins later than this after the first one did
  Milliseconds longest_hint{120'000};  ///< a server that asks for more is not waited for
};

enum class Ticket : std::uint64_t {};

struct Completion {
  Ticket ticket{};
  Response response;
};

/// Asked at least every 50 ms while waiting; true means stop.
using CancelFlag = std::function<bool()>;

}  // namespace gleaner::host::http
