// SPDX-License-Identifier: Apache-2.0
// A scripted web: who answers what, after how long. Time is the fake clock's, so a server that takes a minute
// costs a test nothing, and the order of answers is exactly that of their latencies. Safe from any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gleaner/ext/http.h>
#include <gleaner/testkit/borrow.hpp>
#include <gleaner/testkit/clock.hpp>

namespace gleaner::testkit {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request as the component sent it.
struct SentRequest {
  std::string url{}, method{}, body{}, expect{};
  Headers headers{};
  std::uint64_t max_bytes = 0;
  std::uint32_t timeout_ms = 0;
  std::uint32_t flags = 0;
  std::uint64_t ticket = 0;
  std::size_t number = 0;       ///< 0 for the host's first request, 1 for the next …
  std::int64_t sent_at_ms = 0;  ///< monotonic
  bool cancelled = false;       ///< given up by the component
  bool answered = false;        ///< its callback was called
};

/// An answer. Its status follows from http_status and `expect`, unless `status` says otherwise.
struct Reply {
  int http_status = 200;
  std::string body{};
  Headers headers{};          ///< names in lower case
  std::int64_t after_ms = 0;  ///< latency; the shortest comes first, ties in the order of submission
  std::int32_t status = -1;   ///< GLEANER_…, or -1: as a host would say
  std::string error{};        ///< empty: a plain sentence
  std::uint32_t attempts = 1;
  bool from_cache = false;

  /// 200 with that body.
  [[nodiscard]] static Reply ok(std::string body) {
    Reply out;
    out.body = std::move(body);
    return out;
  }
  [[nodiscard]] static Reply http(int status, std::string body = {}) {
    Reply out;
    out.http_status = status;
    out.body = std::move(body);
    return out;
  }
  /// No connection.
  [[nodiscard]] static Reply unreachable(std::string sentence = "The server could not be reached.") {
    Reply out;
    out.http_status = 0;
    out.status = GLEANER_UNREACHABLE;
    out.error = std::move(sentence);
    return out;
  }
  /// Never answers: the request's time-out decides (60 s where it names none).
  [[nodiscard]] static Reply never() {
    Reply out;
    out.after_ms = std::numeric_limits<std::int32_t>::max();
    return out;
  }
  [[nodiscard]] Reply after(std::int64_t ms) const {
    Reply out = *this;
    out.after_ms = ms;
    return out;
  }
};

namespace detail {

/// The servers a component may ask, as a host reckons it: those it declares, and those of the addresses among
/// its settings.
class Servers {
 public:
  /// "example.org", "*.example.org", "*", each with ":8080" behind it or without.
  void allow(std::string_view declared) {
    const Place place(declared);
    if (!place.name.empty()) places_.push_back(place);
  }
  /// A text that is no http or https address is passed over.
  void allow_address(std::string_view text) {
    if (text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://") allow(text);
  }
  /// Every address that stands as a string in a JSON text.
  void allow_addresses_in(std::string_view json) {
    for (auto at = json.find("\"http"); at != std::string_view::npos; at = json.find("\"http", at + 1))
      allow_address(json.substr(at + 1, json.find('"', at + 1) - at - 1));
  }
  [[nodiscard]] bool may_ask(std::string_view url) const {
    Place wanted(url);
    if (wanted.port.empty()) wanted.port = url.substr(0, 8) == "https://" ? "443" : "80";
    return std::any_of(places_.begin(), places_.end(), [&](const Place& place) {
      if (!place.port.empty() && place.port != wanted.port) return false;
      if (place.name.substr(0, 2) != "*.") return place.name == "*" || place.name == wanted.name;
      const std::string below = place.name.substr(1);
      return wanted.name.size() > below.size() &&
             wanted.name.compare(wanted.name.size() - below.size(), below.size(), below) == 0;
    });
  }
  /// "example.org" of "https://example.org/feed".
  [[nodiscard]] static std::string name_of(std::string_view url) { return Place(url).name; }

 private:
  struct Place {
    explicit Place(std::string_view text) {
      if (const auto scheme = text.find("://"); scheme != text.npos) text.remove_prefix(scheme + 3);
      text = text.substr(0, text.find_first_of("/?#"));
      if (const auto user = text.rfind('@'); user != text.npos) text.remove_prefix(user + 1);
      const auto colon = text.rfind(':');
      const bool has_port = colon != text.npos && text.find(']', colon) == text.npos;
      if (has_port) port = text.substr(colon + 1);
      name = text.substr(0, has_port ? colon : text.size());
      for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    std::string name, port;
  };
  std::vector<Place> places_;
};

}  // namespace detail

class FakeHttp {
 public:
  explicit FakeHttp(FakeClock& clock) : clock_(clock) {}

  /// Every URL that starts with `prefix` gets this answer. The longest matching prefix decides; of equal ones
  /// the last.
  void on(std::string prefix, Reply reply) {
    on(std::move(prefix), [reply = std::move(reply)](const SentRequest&) { return reply; });
  }
  /// The same, asked at each request when it is submitted, on the component's thread. It may use the host.
  void on(std::string prefix, std::function<Reply(const SentRequest&)> answer) {
    const std::lock_guard lock(mutex_);
    routes_.emplace_back(std::move(prefix), std::move(answer));
  }
  /// Everything sent so far, in order of submission.
  [[nodiscard]] std::vector<SentRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  /// The most requests that were in flight at once.
  [[nodiscard]] std::size_t most_in_flight() const {
    const std::lock_guard lock(mutex_);
    return most_in_flight_;
  }

  // The service behind gleaner.http/1; `owner` is the host handle of an instance.

  /// `refusal`: what the host answers by itself; the server is not asked.
  std::uint64_t submit(const void* owner, SentRequest request, gleaner_http_done done, void* user,
                       std::optional<Reply> refusal = std::nullopt) {
    request.sent_at_ms = clock_.steady_ms();
    std::function<Reply(const SentRequest&)> answer;
    {
      const std::lock_guard lock(mutex_);
      request.ticket = ++last_ticket_;
      request.number = sent_.size();
      sent_.push_back(request);
      answer = route(request.url);
    }
    Reply reply = refusal  ? std::move(*refusal)
                  : answer ? answer(request)
                           : Reply::unreachable("No answer is scripted for " + request.url + ".");
    const std::lock_guard lock(mutex_);
    jobs_[request.ticket] = Job{owner,          std::this_thread::get_id(),         done, user,
                                request.number, finished(request, std::move(reply))};
    most_in_flight_ = std::max(most_in_flight_, jobs_.size());
    return request.ticket;
  }

  std::int32_t wait_any(const void* owner, const gleaner_call* call, std::uint32_t timeout_ms) {
    if (call->cancelled(call) != 0) return GLEANER_CANCELLED;
    std::vector<std::pair<std::int64_t, std::uint64_t>> due;  // when, ticket
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [ticket, job] : jobs_)
        if (job.owner == owner && job.thread == std::this_thread::get_id())
          due.emplace_back(sent_[job.number].sent_at_ms + job.reply.after_ms, ticket);
    }
    if (due.empty()) return GLEANER_NOT_FOUND;
    std::sort(due.begin(), due.end());
    if (due.front().first > clock_.steady_ms() + static_cast<std::int64_t>(timeout_ms)) {
      clock_.advance(timeout_ms);
      return GLEANER_TIMED_OUT;
    }
    clock_.advance_to(due.front().first);
    const auto now = clock_.steady_ms();
    for (const auto& [when, ticket] : due)
      if (when <= now) finish(ticket);
    return GLEANER_OK;
  }

  void cancel(const void* owner, std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    const auto at = jobs_.find(ticket);
    if (at == jobs_.end() || at->second.owner != owner) return;
    sent_[at->second.number].cancelled = true;
    jobs_.erase(at);
  }
  /// Forgets what an instance has in flight on the calling thread and says how much that was.
  std::size_t abandon(const void* owner) {
    const std::lock_guard lock(mutex_);
    return std::erase_if(jobs_, [&](const auto& entry) {
      return entry.second.owner == owner && entry.second.thread == std::this_thread::get_id();
    });
  }

 private:
  struct Job {
    const void* owner = nullptr;
    std::thread::id thread{};
    gleaner_http_done done = nullptr;
    void* user = nullptr;
    std::size_t number = 0;
    Reply reply{};
  };

  [[nodiscard]] std::function<Reply(const SentRequest&)> route(const std::string& url) const {
    const std::pair<std::string, std::function<Reply(const SentRequest&)>>* best = nullptr;
    for (const auto& candidate : routes_)
      if (url.rfind(candidate.first, 0) == 0 &&
          (best == nullptr || candidate.first.size() >= best->first.size()))
        best = &candidate;
    return best == nullptr ? nullptr : best->second;
  }

  static std::int32_t status_of(const SentRequest& request, const Reply& reply) {
    const int code = reply.http_status;
    if (code == 401 || code == 403) return GLEANER_DENIED;
    if (code == 404 || code == 410) return GLEANER_NOT_FOUND;
    if (code == 402 || code == 429) return GLEANER_EXHAUSTED;
    if (code < 200 || code > 299) return GLEANER_FAILED;
    const auto first = reply.body.find_first_not_of(" \t\r\n");
    const char begin = first == std::string::npos ? '\0' : reply.body[first];
    if (request.expect == "json" && begin != '{' && begin != '[') return GLEANER_MALFORMED;
    if (request.expect == "xml" && (begin != '<' || is_html(reply.body.substr(first))))
      return GLEANER_MALFORMED;
    return GLEANER_OK;
  }
  static bool is_html(std::string_view body) {
    std::string start(body.substr(0, 14));
    for (char& c : start)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return start.rfind("<html", 0) == 0 || start == "<!doctype html";
  }
  /// The reply as the client would hand it on: limits applied, status and sentence filled in.
  static Reply finished(const SentRequest& request, Reply reply) {
    const std::int64_t patience = request.timeout_ms == 0 ? 60'000 : request.timeout_ms;
    if (reply.after_ms >= patience) {
      Reply late;
      late.http_status = 0;
      late.after_ms = patience;
      late.status = GLEANER_TIMED_OUT;
      late.error = "No answer came from " + request.url + " within " + std::to_string(patience) + " ms.";
      return late;
    }
    const std::uint64_t most = request.max_bytes == 0 ? 32ull << 20u : request.max_bytes;
    if (reply.body.size() > most) {
      reply.body.resize(static_cast<std::size_t>(most));
      reply.status = GLEANER_FAILED;
      reply.error = "The answer of " + request.url + " is larger than " + std::to_string(most) + " bytes.";
    }
    if (reply.status == -1) reply.status = status_of(request, reply);
    if (reply.status != GLEANER_OK && reply.error.empty())
      reply.error = request.url + " answered with status " + std::to_string(reply.http_status) + ".";
    return reply;
  }

  /// Calls `done`, unless an earlier callback has cancelled the request meanwhile.
  void finish(std::uint64_t ticket) {
    Job job;
    SentRequest request;
    {
      const std::lock_guard lock(mutex_);
      const auto at = jobs_.find(ticket);
      if (at == jobs_.end()) return;
      job = std::move(at->second);
      jobs_.erase(at);
      sent_[job.number].answered = true;
      request = sent_[job.number];
    }
    std::vector<gleaner_pair> headers;
    for (const auto& [key, value] : job.reply.headers)
      headers.push_back({text(key), text(value)});
    gleaner_http_response raw{};
    raw.size = sizeof raw;
    raw.error = text(job.reply.error);
    raw.url = text(request.url);
    raw.headers = headers.data();
    raw.header_count = headers.size();
    raw.body = text(job.reply.body);
    raw.elapsed_ms = static_cast<std::uint64_t>(job.reply.after_ms);
    raw.status = job.reply.status;
    raw.http_status = job.reply.http_status;
    raw.attempts = job.reply.attempts;
    raw.from_cache = job.reply.from_cache ? 1 : 0;
    job.done(job.user, ticket, &raw);
  }

  FakeClock& clock_;
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, std::function<Reply(const SentRequest&)>>> routes_;
  std::vector<SentRequest> sent_;
  std::map<std::uint64_t, Job> jobs_;
  std::uint64_t last_ticket_ = 0;
  std::size_t most_in_flight_ = 0;
};

}  // namespace gleaner::testkit
