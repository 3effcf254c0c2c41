#include "host/pipeline/isolation/worker_services.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/account.h>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/mail.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

#include "host/pipeline/isolation/papers.hpp"

namespace gleaner::host::isolation {
namespace {

// Nothing may be thrown into a plugin; in a worker memory does run out, that is what it is for.
template <class F>
std::int32_t guarded(F&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return GLEANER_FAILED;
  }
}

template <class F>
void tell(const gleaner_host* host, Request request, F&& write) noexcept {
  guarded([&] {
    Writer arguments;
    write(arguments);
    WorkerHost::of(host).link().tell(request, arguments);
    return GLEANER_OK;
  });
}

/// The status at the start of the answer; what follows it goes to `rest`.
template <class Write, class Rest>
std::int32_t ask(const gleaner_host* host, Request request, Write&& write, Rest&& rest) noexcept {
  return guarded([&]() -> std::int32_t {
    Writer arguments;
    write(arguments);
    const auto answer = WorkerHost::of(host).link().ask(request, arguments);
    if (!answer) return GLEANER_INVALID;  // larger than anything the host takes
    Unpacker from(*answer);
    const auto status = from.number<std::int32_t>();
    rest(status, from);
    return status;
  });
}

template <class Write>
std::int32_t ask(const gleaner_host* host, Request request, Write&& write) noexcept {
  return ask(host, request, write, [](std::int32_t, Unpacker&) {});
}

// ---- log, account ----

void log_write(const gleaner_host* host, std::uint32_t level, gleaner_str message) {
  tell(host, Request::log, [&](Writer& to) {
    to.number(level);
    to.text(message);
  });
}

void account_count(const gleaner_host* host, gleaner_str category, gleaner_str key, std::uint64_t n) {
  tell(host, Request::count, [&](Writer& to) {
    to.text(category);
    to.text(key);
    to.number(n);
  });
}

void account_usage(const gleaner_host* host, const gleaner_usage* usage) {
  tell(host, Request::usage, [&](Writer& to) {
    to.text(usage->model);
    for (const auto number :
         {usage->requests, usage->prompt_tokens, usage->cached_tokens, usage->completion_tokens})
      to.number(number);
    to.number(usage->prompt_cost);
    to.number(usage->completion_cost);
  });
}

void account_prompt(const gleaner_host* host, gleaner_str text) {
  tell(host, Request::prompt, [&](Writer& to) { to.text(text); });
}

std::int32_t account_may_spend(const gleaner_host* host, std::uint64_t tokens, double dollars) {
  const auto answer = ask(host, Request::may_spend, [&](Writer& to) {
    to.number(tokens);
    to.number(dollars);
  });
  return answer == 1 ? 1 : 0;
}

// ---- store ----

std::int32_t store_put(const gleaner_host* host, gleaner_str key, gleaner_str value, std::uint64_t ttl) {
  return ask(host, Request::store_put, [&](Writer& to) {
    to.text(key);
    to.text(value);
    to.number(ttl);
  });
}

std::int32_t store_put_many(const gleaner_host* host, const gleaner_pair* rows, std::uint64_t count,
                            std::uint64_t ttl) {
  return ask(host, Request::store_put_many, [&](Writer& to) {
    write_pairs(to, rows, count);
    to.number(ttl);
  });
}

std::int32_t store_get(const gleaner_host* host, gleaner_str key, void (*receive)(void*, gleaner_str),
                       void* user) {
  return ask(
      host, Request::store_get, [&](Writer& to) { to.text(key); },
      [&](std::int32_t status, Unpacker& from) {
        if (status == GLEANER_OK) receive(user, from.str());
      });
}

std::int32_t store_erase(const gleaner_host* host, gleaner_str key) {
  return ask(host, Request::store_erase, [&](Writer& to) { to.text(key); });
}

// ---- secret ----

std::int32_t secret_reveal(const gleaner_host* host, gleaner_str handle, void (*receive)(void*, gleaner_str),
                           void* user) {
  return guarded([&]() -> std::int32_t {
    Writer arguments;
    arguments.text(handle);
    auto answer = WorkerHost::of(host).link().ask(Request::secret_reveal, arguments);
    if (!answer) return GLEANER_NOT_FOUND;
    Unpacker from(*answer);
    const auto status = from.number<std::int32_t>();
    if (status == GLEANER_OK) receive(user, from.str());
    ::explicit_bzero(answer->data(), answer->size());
    return status;
  });
}

// ---- clock ----

std::int64_t clock_of(const gleaner_host* host, Request request) {
  std::int64_t out = 0;
  ask(
      host, request, [](Writer&) {},
      [&](std::int32_t, Unpacker& from) { out = from.number<std::int64_t>(); });
  return out;
}

std::int32_t clock_date_in(const gleaner_host* host, std::int64_t wall_ms, gleaner_str zone, char* out) {
  return ask(
      host, Request::date_in,
      [&](Writer& to) {
        to.number(wall_ms);
        to.text(zone);
      },
      [&](std::int32_t status, Unpacker& from) {
        const auto day = from.text();
        if (status == GLEANER_OK && day.size() == 10) std::memcpy(out, day.data(), 10);
      });
}

// ---- file ----

constexpr std::size_t written_at_once = std::size_t{4} << 20;

std::int32_t file_open(const gleaner_host* host, const gleaner_call* /*call*/, gleaner_str path,
                       std::uint64_t* handle) {
  return ask(
      host, Request::file_open, [&](Writer& to) { to.text(path); },
      [&](std::int32_t, Unpacker& from) { *handle = from.number<std::uint64_t>(); });
}

std::int32_t file_write(const gleaner_host* host, const gleaner_call* /*call*/, std::uint64_t handle,
                        gleaner_str bytes) {
  auto rest = view(bytes);
  std::int32_t status = GLEANER_OK;
  do {
    const auto part = rest.substr(0, written_at_once);
    rest.remove_prefix(part.size());
    status = ask(host, Request::file_write, [&](Writer& to) {
      to.number(handle);
      to.text(part);
    });
  } while (status == GLEANER_OK && !rest.empty());
  return status;
}

std::int32_t file_commit(const gleaner_host* host, const gleaner_call* /*call*/, std::uint64_t handle) {
  return ask(host, Request::file_commit, [&](Writer& to) { to.number(handle); });
}

void file_abandon(const gleaner_host* host, std::uint64_t handle) {
  tell(host, Request::file_abandon, [&](Writer& to) { to.number(handle); });
}

// ---- http ----

std::int32_t http_submit(const gleaner_host* host, const gleaner_call* /*call*/,
                         const gleaner_http_request* request, gleaner_http_done done, void* user,
                         std::uint64_t* ticket) {
  return guarded([&] { return WorkerHost::of(host).http().submit(*request, done, user, *ticket); });
}

std::int32_t http_wait_any(const gleaner_host* host, const gleaner_call* /*call*/, std::uint32_t timeout_ms) {
  return guarded([&] { return WorkerHost::of(host).http().wait_any(timeout_ms); });
}

void http_cancel(const gleaner_host* host, std::uint64_t ticket) {
  guarded([&] {
    WorkerHost::of(host).http().cancel(ticket);
    return GLEANER_OK;
  });
}

// ---- mail ----

std::int32_t mail_send(const gleaner_host* host, const gleaner_call* call,
                       const gleaner_mail_message* message) {
  std::string words;
  const auto status = ask(
      host, Request::mail_send,
      [&](Writer& to) {
        for (const auto field :
             {message->server, message->user, message->password, message->from, message->content})
          to.text(field);
        write_texts(to, message->recipients, message->recipient_count);
        to.number(message->require_tls);
        to.number(message->timeout_ms);
      },
      [&](std::int32_t, Unpacker& from) { words = from.text(); });
  return status == GLEANER_OK ? status : call->fail(call, status, {}, text(words));
}

constexpr gleaner_log log_table{sizeof(gleaner_log), &log_write};
constexpr gleaner_store store_table{sizeof(gleaner_store), &store_put, &store_get, &store_erase,
                                    &store_put_many};
constexpr gleaner_account account_table{sizeof(gleaner_account), &account_count, &account_usage,
                                        &account_prompt, &account_may_spend};
constexpr gleaner_secret secret_table{sizeof(gleaner_secret), &secret_reveal};
constexpr gleaner_clock clock_table{
    sizeof(gleaner_clock), [](const gleaner_host* host) { return clock_of(host, Request::now_ms); },
    [](const gleaner_host* host) { return clock_of(host, Request::steady_ms); }, &clock_date_in};
constexpr gleaner_file file_table{sizeof(gleaner_file), &file_open, &file_write, &file_commit, &file_abandon};
constexpr gleaner_mail mail_table{sizeof(gleaner_mail), &mail_send};
constexpr gleaner_http http_table{sizeof(gleaner_http), &http_submit, &http_wait_any, &http_cancel};

const void* find_service(const gleaner_host* host, gleaner_str id) {
  const std::pair<std::string_view, std::pair<std::uint32_t, const void*>> known[] = {
      {GLEANER_LOG, {service_log, &log_table}},
      {GLEANER_STORE, {service_store, &store_table}},
      {GLEANER_ACCOUNT, {service_account, &account_table}},
      {GLEANER_SECRET, {service_secret, &secret_table}},
      {GLEANER_CLOCK, {service_clock, &clock_table}},
      {GLEANER_FILE, {service_file, &file_table}},
      {GLEANER_MAIL, {service_mail, &mail_table}},
      {GLEANER_HTTP, {service_http, &http_table}}};
  for (const auto& [name, service] : known)
    if (name == view(id)) return WorkerHost::of(host).has(service.first) ? service.second : nullptr;
  return nullptr;
}

}  // namespace

WorkerHost::WorkerHost(WorkerLink& link, std::uint32_t services, std::string version, std::uint32_t minor)
    : link_(link), http_(link), services_(services), version_(std::move(version)) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.service = &find_service;
  raw_.version = text(version_);
  raw_.abi_minor = minor;
}

}  // namespace gleaner::host::isolation
