#include "host/services/service_tables.hpp"

#include <chrono>
#include <cmath>
#include <cstring>
#include <exception>
#include <new>

#include <gleaner/abi.h>
#include <gleaner/cpp/text.hpp>
#include <gleaner/ext/account.h>
#include <gleaner/ext/clock.h>
#include <gleaner/ext/file.h>
#include <gleaner/ext/http.h>
#include <gleaner/ext/log.h>
#include <gleaner/ext/secret.h>
#include <gleaner/ext/store.h>

#include "host/services/http/reach.hpp"
#include "host/services/mail/service.hpp"
#include "host/services/plugin_host.hpp"

namespace gleaner::host {
namespace {

// Nothing may be thrown into a plugin. What can throw here is want of memory; the plugin then gets a plain
// failure.
template <class F>
std::int32_t guarded(F&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return GLEANER_FAILED;
  }
}

std::int32_t fail(const gleaner_call* call, std::int32_t status, std::string_view sentence) {
  return call->fail(call, status, {}, text(sentence));
}

// ---- log ----

void log_write(const gleaner_host* host, std::uint32_t level, gleaner_str message) {
  guarded([&] {
    auto& self = PluginHost::of(host);
    const std::string line(view(message));
    if (level == GLEANER_LOG_WARNING)
      self.warn(line);
    else
      self.services().log.write(level == GLEANER_LOG_DEBUG ? LogLevel::debug : LogLevel::info,
                                self.settings().name + ": " + line);
    return GLEANER_OK;
  });
}

// ---- store ----

// The store's file may fail (a full disk). Its functions get no call to fail, so the sentence becomes a
// warning of the component.
template <class F>
std::int32_t with_store(const gleaner_host* host, F&& body) noexcept {
  return guarded([&] {
    auto& self = PluginHost::of(host);
    try {
      return body(self.services().store, self.settings().space);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& problem) {
      self.warn(problem.what());
      return std::int32_t{GLEANER_FAILED};
    }
  });
}

std::int32_t store_put(const gleaner_host* host, gleaner_str key, gleaner_str value,
                       std::uint64_t ttl_seconds) {
  return with_store(host, [&](ComponentStore& store, std::string_view space) -> std::int32_t {
    return store.put(space, view(key), view(value), ttl_seconds) ? GLEANER_OK : GLEANER_INVALID;
  });
}

std::int32_t store_put_many(const gleaner_host* host, const gleaner_pair* rows, std::uint64_t count,
                            std::uint64_t ttl_seconds) {
  return with_store(host, [&](ComponentStore& store, std::string_view space) -> std::int32_t {
    std::vector<ComponentStore::Row> all;
    all.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i)
      all.push_back({view(rows[i].key), view(rows[i].value)});
    return store.put_many(space, all, ttl_seconds) ? GLEANER_OK : GLEANER_INVALID;
  });
}

std::int32_t store_get(const gleaner_host* host, gleaner_str key, void (*receive)(void*, gleaner_str),
                       void* user) {
  return with_store(host, [&](ComponentStore& store, std::string_view space) -> std::int32_t {
    const auto value = store.get(space, view(key));
    if (!value) return GLEANER_NOT_FOUND;
    receive(user, text(*value));
    return GLEANER_OK;
  });
}

std::int32_t store_erase(const gleaner_host* host, gleaner_str key) {
  return with_store(host, [&](ComponentStore& store, std::string_view space) -> std::int32_t {
    store.erase(space, view(key));
    return GLEANER_OK;
  });
}

// ---- account ----

void account_count(const gleaner_host* host, gleaner_str category, gleaner_str key, std::uint64_t n) {
  guarded([&] {
    auto& self = PluginHost::of(host);
    self.services().account.count(self.settings().space, view(category), view(key), n);
    return GLEANER_OK;
  });
}

std::optional<double> known(double dollars) {
  return std::isnan(dollars) ? std::nullopt : std::optional<double>(dollars);
}

void account_usage(const gleaner_host* host, const gleaner_usage* usage) {
  guarded([&] {
    UsageRow row;
    row.model = std::string(view(usage->model));
    row.requests = usage->requests;
    row.prompt_tokens = usage->prompt_tokens;
    row.cached_tokens = usage->cached_tokens;
    row.completion_tokens = usage->completion_tokens;
    row.prompt_cost = known(usage->prompt_cost);
    row.completion_cost = known(usage->completion_cost);
    PluginHost::of(host).services().account.add_usage(row);
    return GLEANER_OK;
  });
}

void account_prompt(const gleaner_host* host, gleaner_str words) {
  guarded([&] {
    auto& self = PluginHost::of(host);
    self.services().account.set_prompt(self.settings().space, view(words));
    return GLEANER_OK;
  });
}

std::int32_t account_may_spend(const gleaner_host* host, std::uint64_t tokens, double dollars) {
  bool may = false;
  guarded([&] {
    auto& self = PluginHost::of(host);
    const auto answer = self.services().account.may_spend(self.settings().space, tokens, dollars);
    may = answer == Account::Answer::yes;
    if (answer == Account::Answer::unpriced)
      self.warn("The price of " + self.settings().name +
                "'s model is not known, so [budget] usd cannot be kept: write price = { input = …, output = "
                "… } in its table.");
    return GLEANER_OK;
  });
  return may ? 1 : 0;
}

// ---- secret ----

std::int32_t secret_reveal(const gleaner_host* host, gleaner_str handle, void (*receive)(void*, gleaner_str),
                           void* user) {
  return guarded([&] {
    auto& self = PluginHost::of(host);
    const auto revealed = self.services().secrets.reveal(view(handle), self.settings().space);
    if (!revealed.text) {
      self.note_secret_problem(revealed.problem);
      return GLEANER_NOT_FOUND;
    }
    // A webhook's address is a secret that the owner wrote: it may be asked as other addresses of theirs.
    if (const auto& reach = self.settings().channel.reach) reach->allow_address(*revealed.text);
    receive(user, text(*revealed.text));
    return GLEANER_OK;
  });
}

// ---- clock ----

std::int64_t clock_now(const gleaner_host* host) {
  return PluginHost::of(host).services().clock.now_ms();
}
std::int64_t clock_steady(const gleaner_host* host) {
  return PluginHost::of(host).services().clock.steady_ms();
}
std::int32_t clock_date_in(const gleaner_host* host, std::int64_t wall_ms, gleaner_str zone, char* out) {
  return guarded([&] {
    const auto day = PluginHost::of(host).services().clock.date_in(wall_ms, view(zone));
    if (!day) return GLEANER_INVALID;
    std::memcpy(out, day->data(), 10);
    return GLEANER_OK;
  });
}

// ---- file ----

std::int32_t file_open(const gleaner_host* host, const gleaner_call* call, gleaner_str path,
                       std::uint64_t* handle) {
  return guarded([&] {
    if (call->dry_run != 0) return fail(call, GLEANER_UNSUPPORTED, "A dry run writes no files.");
    std::string problem;
    *handle = PluginHost::of(host).services().files.open(std::string(view(path)), problem);
    return *handle != 0 ? GLEANER_OK : fail(call, GLEANER_FAILED, problem);
  });
}

std::int32_t file_write(const gleaner_host* host, const gleaner_call* call, std::uint64_t handle,
                        gleaner_str bytes) {
  return guarded([&] {
    std::string problem;
    return PluginHost::of(host).services().files.write(handle, view(bytes), problem)
               ? GLEANER_OK
               : fail(call, GLEANER_FAILED, problem);
  });
}

std::int32_t file_commit(const gleaner_host* host, const gleaner_call* call, std::uint64_t handle) {
  return guarded([&] {
    std::string problem;
    return PluginHost::of(host).services().files.commit(handle, problem)
               ? GLEANER_OK
               : fail(call, GLEANER_FAILED, problem);
  });
}

void file_abandon(const gleaner_host* host, std::uint64_t handle) {
  guarded([&] {
    PluginHost::of(host).services().files.abandon(handle);
    return GLEANER_OK;
  });
}

// ---- http ----

constexpr std::chrono::milliseconds default_timeout{60'000};  // gleaner/ext/http.h

http::Expect expectation(std::string_view word) {
  if (word == "xml") return http::Expect::xml;
  if (word == "json") return http::Expect::json;
  return http::Expect::anything;
}

std::int32_t http_submit(const gleaner_host* host, const gleaner_call* call, const gleaner_http_request* raw,
                         gleaner_http_done done, void* user, std::uint64_t* ticket) {
  return guarded([&] {
    auto& self = PluginHost::of(host);
    if (call->cancelled(call) != 0) return fail(call, GLEANER_CANCELLED, "The run was interrupted.");
    http::Request request;
    request.method = std::string(view(raw->method));
    request.url = std::string(view(raw->url));
    for (std::uint64_t i = 0; i < raw->header_count; ++i)
      request.headers.emplace_back(view(raw->headers[i].key), view(raw->headers[i].value));
    request.body = std::string(view(raw->body));
    request.timeout = self.settings().timeout.value_or(
        raw->timeout_ms > 0 ? std::chrono::milliseconds(raw->timeout_ms) : default_timeout);
    if (raw->max_bytes > 0) request.max_bytes = raw->max_bytes;
    request.expect = expectation(view(raw->expect));
    if ((raw->flags & GLEANER_HTTP_ONCE) != 0) request.repeat = http::Repeat::never;
    if ((raw->flags & GLEANER_HTTP_IDEMPOTENT) != 0) request.repeat = http::Repeat::safe;
    *ticket = self.submit(std::move(request), done, user);
    return GLEANER_OK;
  });
}

std::int32_t http_wait_any(const gleaner_host* host, const gleaner_call* call, std::uint32_t timeout_ms) {
  return guarded([&] { return PluginHost::of(host).wait_any(call, std::chrono::milliseconds(timeout_ms)); });
}

void http_cancel(const gleaner_host* host, std::uint64_t ticket) {
  guarded([&] {
    PluginHost::of(host).cancel(ticket);
    return GLEANER_OK;
  });
}

constexpr gleaner_log log_table{sizeof(gleaner_log), &log_write};
constexpr gleaner_store store_table{sizeof(gleaner_store), &store_put, &store_get, &store_erase,
                                    &store_put_many};
constexpr gleaner_account account_table{sizeof(gleaner_account), &account_count, &account_usage,
                                        &account_prompt, &account_may_spend};
constexpr gleaner_secret secret_table{sizeof(gleaner_secret), &secret_reveal};
constexpr gleaner_clock clock_table{sizeof(gleaner_clock), &clock_now, &clock_steady, &clock_date_in};
constexpr gleaner_file file_table{sizeof(gleaner_file), &file_open, &file_write, &file_commit, &file_abandon};
constexpr gleaner_http http_table{sizeof(gleaner_http), &http_submit, &http_wait_any, &http_cancel};

}  // namespace

const void* service_table(std::string_view id) {
  if (id == GLEANER_LOG) return &log_table;
  if (id == GLEANER_HTTP) return &http_table;
  if (id == GLEANER_STORE) return &store_table;
  if (id == GLEANER_ACCOUNT) return &account_table;
  if (id == GLEANER_SECRET) return &secret_table;
  if (id == GLEANER_CLOCK) return &clock_table;
  if (id == GLEANER_FILE) return &file_table;
  if (id == GLEANER_MAIL) return &mail::service();
  return nullptr;
}

}  // namespace gleaner::host
