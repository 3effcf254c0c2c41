// SPDX-License-Identifier: Apache-2.0
// The host's services for C++ plugins. Host is a small value; copies speak for the same instance. Any thread.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/account.h>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/http.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

namespace gleaner {

/// A request, owned.
struct Request {
  std::string url{};
  std::string method{};  ///< empty: GET, or POST with a body
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::string expect{};          ///< "", "xml" or "json", see gleaner_http_request.expect
  std::uint64_t max_bytes = 0;   ///< 0: the host's default
  std::uint32_t timeout_ms = 0;  ///< 0: the host's default
  std::uint32_t flags = 0;       ///< GLEANER_HTTP_…
};

/// An answer, owned.
struct Response {
  std::int32_t status = GLEANER_FAILED;  ///< GLEANER_OK for 2xx with a body as expected
  int http_status = 0;                   ///< 0 when no response came
  std::string error;                     ///< a sentence when status is not GLEANER_OK
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::uint32_t attempts = 0;
  bool from_cache = false;

  [[nodiscard]] bool ok() const { return status == GLEANER_OK; }
  /// The first header of that lower-case name, or empty.
  [[nodiscard]] std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

/// Many requests in flight from one thread: submit them, then wait_any() until it says none is left. Made for
/// one call on one thread; its destructor gives up what is still in flight.
class Http {
 public:
  Http(const gleaner_host& host, const gleaner_http& service, const Call& call)
      : host_(&host), service_(&service), call_(call) {}
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;
  ~Http() {
    for (const auto& [ticket, pending] : pending_)
      service_->cancel(host_, ticket);
  }

  /// Queues a request; `done` runs inside a later wait_any, on this thread. It may submit more. Returns a
  /// ticket for cancel.
  std::uint64_t submit(const Request& request, std::function<void(const Response&)> done);
  /// Waits for at least one answer. False: nothing is in flight any more. Throws Error{GLEANER_CANCELLED}
  /// when interrupted, and what a callback threw (the first, when several did).
  bool wait_any() { return wait_any(std::numeric_limits<std::uint32_t>::max()); }
  /// The same for `timeout_ms` at most; true also when that time passed without an answer.
  bool wait_any(std::uint32_t timeout_ms);
  void wait_all() {
    while (wait_any()) {
    }
  }
  void cancel(std::uint64_t ticket) {
    service_->cancel(host_, ticket);
    pending_.erase(ticket);
  }
  [[nodiscard]] std::size_t in_flight() const { return pending_.size(); }
  /// One request, waited for. The response may carry an error; it does not throw for one.
  [[nodiscard]] Response send(const Request& request);

 private:
  struct Pending {
    Http* self;
    std::function<void(const Response&)> done;
  };
  static Response copy(const gleaner_http_response& raw);
  static void finished(void* user, std::uint64_t ticket, const gleaner_http_response* raw) noexcept;

  const gleaner_host* host_;
  const gleaner_http* service_;
  Call call_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Pending>> pending_;
  std::exception_ptr thrown_;  // what a callback threw: carried over the C frames between
};

/// Every service, for one instance. A service this host lacks: log, account and the like do nothing; http,
/// file and secret throw Error{GLEANER_UNSUPPORTED}.
class Host {
 public:
  Host() = default;
  explicit Host(const gleaner_host& raw) : raw_(&raw) {}

  void debug(std::string_view line) const { log(GLEANER_LOG_DEBUG, line); }
  void info(std::string_view line) const { log(GLEANER_LOG_INFO, line); }
  /// Shown to the reader as well, among the digest's warnings.
  void warn(std::string_view line) const { log(GLEANER_LOG_WARNING, line); }

  /// Counts n entries: see gleaner/ext/account.h for the categories.
  void count(std::string_view category, std::string_view key, std::uint64_t n) const {
    if (const auto* s = find<gleaner_account>(GLEANER_ACCOUNT)) s->count(raw_, text(category), text(key), n);
  }
  void usage(const gleaner_usage& usage) const {
    if (const auto* s = find<gleaner_account>(GLEANER_ACCOUNT)) s->usage(raw_, &usage);
  }
  void prompt(std::string_view words) const {
    if (const auto* s = find<gleaner_account>(GLEANER_ACCOUNT)) s->prompt(raw_, text(words));
  }
  /// Whether [budget] allows another request of about this size.
  [[nodiscard]] bool may_spend(std::uint64_t tokens, double dollars) const {
    const auto* s = find<gleaner_account>(GLEANER_ACCOUNT);
    return s == nullptr || s->may_spend(raw_, tokens, dollars) != 0;
  }

  [[nodiscard]] Http http(const Call& call) const {
    return Http(*raw_, need<gleaner_http>(GLEANER_HTTP), call);
  }

  /// Keeps a text under a key, for ttl_seconds (0: for good).
  void put(std::string_view key, std::string_view value, std::uint64_t ttl_seconds = 0) const {
    if (need<gleaner_store>(GLEANER_STORE).put(raw_, text(key), text(value), ttl_seconds) != GLEANER_OK)
      throw Error("The store did not take \"" + std::string(key) + "\".");
  }
  /// Keeps several texts: all of them, with one wait for the disk where the host can do that.
  void put_all(const std::vector<std::pair<std::string, std::string>>& rows,
               std::uint64_t ttl_seconds = 0) const;
  /// The text under a key, or nothing when there is none or its time is over.
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const {
    std::optional<std::string> out;
    const auto receive = [](void* to, gleaner_str value) {
      static_cast<std::optional<std::string>*>(to)->emplace(view(value));
    };
    need<gleaner_store>(GLEANER_STORE).get(raw_, text(key), receive, &out);
    return out;
  }
  void erase(std::string_view key) const { need<gleaner_store>(GLEANER_STORE).erase(raw_, text(key)); }

  /// The text of a secret option. Do not keep it. Throws Error when it is not set.
  [[nodiscard]] std::string reveal(const Secret& secret) const {
    std::string out;
    const auto receive = [](void* to, gleaner_str value) {
      static_cast<std::string*>(to)->assign(view(value));
    };
    if (need<gleaner_secret>(GLEANER_SECRET).reveal(raw_, text(secret.handle), receive, &out) != GLEANER_OK)
      throw Error("A secret this component needs is not set.", GLEANER_DENIED);
    return out;
  }

  /// Wall time in milliseconds since 1970.
  [[nodiscard]] std::int64_t now_ms() const { return need<gleaner_clock>(GLEANER_CLOCK).now_ms(raw_); }
  [[nodiscard]] std::int64_t steady_ms() const { return need<gleaner_clock>(GLEANER_CLOCK).steady_ms(raw_); }
  /// The calendar day of a wall time in an IANA time zone, "YYYY-MM-DD".
  [[nodiscard]] std::string date_in(std::int64_t wall_ms, std::string_view zone) const {
    std::string out(10, '0');
    if (need<gleaner_clock>(GLEANER_CLOCK).date_in(raw_, wall_ms, text(zone), out.data()) != GLEANER_OK)
      throw Error("The time zone \"" + std::string(zone) + "\" is not known.", GLEANER_INVALID);
    return out;
  }

  /// Writes a whole file: all of it or nothing of it appears. "-" is standard output.
  void write_file(const Call& call, const Path& path, std::string_view bytes) const;

  /// The table of any service, or NULL.
  template <class Service>
  [[nodiscard]] const Service* find(std::string_view id) const {
    return raw_ == nullptr ? nullptr : static_cast<const Service*>(raw_->service(raw_, text(id)));
  }
  [[nodiscard]] const gleaner_host& raw() const { return *raw_; }

 private:
  void log(std::uint32_t level, std::string_view line) const {
    if (const auto* s = find<gleaner_log>(GLEANER_LOG)) s->write(raw_, level, text(line));
  }
  template <class Service>
  const Service& need(std::string_view id) const {
    if (const auto* s = find<Service>(id)) return *s;
    throw Error("This host has no service " + std::string(id) + ".", GLEANER_UNSUPPORTED);
  }
  const gleaner_host* raw_ = nullptr;
};

/// A file being written through gleaner.file/1. Given up by the destructor unless commit() was called. In a
/// dry run nothing is written. One thread.
class FileWriter {
 public:
  FileWriter(const Host& host, const Call& call, const Path& path)
      : host_(host), service_(host.find<gleaner_file>(GLEANER_FILE)), dry_(call.dry_run()) {
    if (dry_) return;
    if (service_ == nullptr) throw Error("This host has no service gleaner.file/1.", GLEANER_UNSUPPORTED);
    check(service_->open(&host_.raw(), &call.raw(), text(path.text), &handle_));
    open_ = true;
  }
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter() {
    if (open_) service_->abandon(&host_.raw(), handle_);
  }
  void write(const Call& call, std::string_view bytes) {
    if (dry_) return;
    check(service_->write(&host_.raw(), &call.raw(), handle_, text(bytes)));
  }
  /// The file takes its place.
  void commit(const Call& call) {
    open_ = false;
    if (dry_) return;
    check(service_->commit(&host_.raw(), &call.raw(), handle_));
  }

 private:
  static void check(std::int32_t status) {
    if (status != GLEANER_OK) throw Sink::Stopped{status};  // the service has called fail()
  }
  Host host_;
  const gleaner_file* service_;
  std::uint64_t handle_ = 0;
  bool dry_;
  bool open_ = false;
};

inline void Host::write_file(const Call& call, const Path& path, std::string_view bytes) const {
  FileWriter file(*this, call, path);
  file.write(call, bytes);
  file.commit(call);
}

inline void Host::put_all(const std::vector<std::pair<std::string, std::string>>& rows,
                          std::uint64_t ttl_seconds) const {
#if GLEANER_TARGET_MINOR >= 2
  const auto& store = need<gleaner_store>(GLEANER_STORE);
  if (store.size >= sizeof(gleaner_store)) {
    std::vector<gleaner_pair> raw;
    raw.reserve(rows.size());
    for (const auto& [key, value] : rows)
      raw.push_back({text(key), text(value)});
    if (store.put_many(raw_, raw.data(), raw.size(), ttl_seconds) != GLEANER_OK)
      throw Error("The store did not take " + std::to_string(rows.size()) + " rows.");
    return;
  }
#endif
  for (const auto& [key, value] : rows)
    put(key, value, ttl_seconds);
}

inline std::uint64_t Http::submit(const Request& request, std::function<void(const Response&)> done) {
  std::vector<gleaner_pair> headers;
  headers.reserve(request.headers.size());
  for (const auto& [key, value] : request.headers)
    headers.push_back({text(key), text(value)});
  gleaner_http_request raw{};
  raw.size = sizeof raw;
  raw.method = text(request.method);
  raw.url = text(request.url);
  raw.headers = headers.data();
  raw.header_count = headers.size();
  raw.body = text(request.body);
  raw.expect = text(request.expect);
  raw.max_bytes = request.max_bytes;
  raw.timeout_ms = request.timeout_ms;
  raw.flags = request.flags;
  auto pending = std::make_unique<Pending>(Pending{this, std::move(done)});
  std::uint64_t ticket = 0;
  const auto status = service_->submit(host_, &call_.raw(), &raw, &Http::finished, pending.get(), &ticket);
  if (status != GLEANER_OK) throw Sink::Stopped{status};
  pending_.emplace(ticket, std::move(pending));
  return ticket;
}

inline bool Http::wait_any(std::uint32_t timeout_ms) {
  // Another Http of this thread may have run our callback while it waited, and that may have thrown.
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  if (pending_.empty()) return false;
  const auto status = service_->wait_any(host_, &call_.raw(), timeout_ms);
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  if (status == GLEANER_CANCELLED) throw Error("The run was interrupted.", GLEANER_CANCELLED);
  const bool time_passed =
      status == GLEANER_TIMED_OUT && timeout_ms != std::numeric_limits<std::uint32_t>::max();
  if (status != GLEANER_OK && status != GLEANER_NOT_FOUND && !time_passed)
    throw Error("No answer came while waiting for a server.", status);
  return status != GLEANER_NOT_FOUND;
}

inline Response Http::send(const Request& request) {
  // Shared, because the callback may outlive this function when wait_any throws.
  const auto answer = std::make_shared<std::optional<Response>>();
  const auto ticket = submit(request, [answer](const Response& response) { *answer = response; });
  while (!*answer && wait_any()) {
  }
  if (*answer) return std::move(**answer);
  cancel(ticket);
  Response none;
  none.error = "No answer came.";
  return none;
}

inline Response Http::copy(const gleaner_http_response& raw) {
  Response out;
  out.status = raw.status;
  out.http_status = raw.http_status;
  out.error = std::string(view(raw.error));
  out.url = std::string(view(raw.url));
  for (std::uint64_t i = 0; i < raw.header_count; ++i)
    out.headers.emplace_back(view(raw.headers[i].key), view(raw.headers[i].value));
  out.body = std::string(view(raw.body));
  out.attempts = raw.attempts;
  out.from_cache = raw.from_cache != 0;
  return out;
}

inline void Http::finished(void* user, std::uint64_t ticket, const gleaner_http_response* raw) noexcept {
  Http& self = *static_cast<Pending*>(user)->self;
  try {
    const auto at = self.pending_.find(ticket);
    if (at == self.pending_.end()) return;
    const auto pending = std::move(at->second);
    self.pending_.erase(at);
    pending->done(copy(*raw));
  } catch (...) {
    if (!self.thrown_) self.thrown_ = std::current_exception();
  }
}

}  // namespace gleaner
