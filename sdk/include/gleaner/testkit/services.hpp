// SPDX-License-Identifier: Apache-2.0
// The C tables behind a FakeHost. For testkit's own use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <gleaner/cpp/services.hpp>
#include <gleaner/testkit/host.hpp>

namespace gleaner::testkit::detail {

/// One instance's view of the host. Immovable: its address is in `raw.context`.
struct Handle {
  Handle(FakeHost& fake_host, std::string instance_name, std::uint32_t capability_bits);
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  gleaner_host raw{};
  FakeHost& fake;
  std::string instance;
  std::uint32_t capabilities;
  Servers servers;  ///< guarded by the fake's mutex
};

struct Services {
  static Handle& handle(const gleaner_host* host) { return *static_cast<Handle*>(host->context); }
  static FakeHost& fake(const gleaner_host* host) { return handle(host).fake; }
  static std::int32_t fail(const gleaner_call* call, std::int32_t status, const std::string& sentence) {
    return call->fail(call, status, {}, text(sentence));
  }
  static void not_in_dry_run(const gleaner_host* host, const gleaner_call* call, const std::string& what) {
    if (call->dry_run != 0) fake(host).violation(handle(host).instance + " " + what + " in a dry run.");
  }

  // gleaner.log/1
  static void log(const gleaner_host* host, std::uint32_t level, gleaner_str message) {
    FakeHost& to = fake(host);
    std::string line(view(message));
    to.check_text(line, "A log line of " + handle(host).instance);
    if (line.find('\n') != std::string::npos) to.violation("A log line holds a line end: \"" + line + "\".");
    to.edit([&] {
      for (const auto& secret : to.revealed_)
        for (auto at = line.find(secret); !secret.empty() && at != std::string::npos;
             at = line.find(secret, at + 3)) {
          line.replace(at, secret.size(), "***");
          to.violations_.emplace_back("A log line holds a secret.");
        }
      if (level < GLEANER_LOG_DEBUG || level > GLEANER_LOG_WARNING) level = GLEANER_LOG_INFO;
      to.log_.push_back({level, line});
    });
  }

  // gleaner.clock/1
  static std::int64_t now_ms(const gleaner_host* host) { return fake(host).clock_.now_ms(); }
  static std::int64_t steady_ms(const gleaner_host* host) { return fake(host).clock_.steady_ms(); }
  static std::int32_t date_in(const gleaner_host*, std::int64_t wall_ms, gleaner_str zone, char* out) {
    const auto date = FakeClock::date_in(wall_ms, view(zone));
    if (!date || date->size() != 10) return GLEANER_INVALID;
    date->copy(out, 10);
    return GLEANER_OK;
  }

  // gleaner.store/1
  static std::int32_t put(const gleaner_host* host, gleaner_str key, gleaner_str value, std::uint64_t ttl) {
    if (key.size > GLEANER_STORE_KEY_MAX || value.size > GLEANER_STORE_VALUE_MAX) return GLEANER_INVALID;
    fake(host).put(handle(host).instance, std::string(view(key)), std::string(view(value)), ttl);
    return GLEANER_OK;
  }
#if GLEANER_TARGET_MINOR >= 2
  static std::int32_t put_many(const gleaner_host* host, const gleaner_pair* rows, std::uint64_t count,
                               std::uint64_t ttl) {
    for (std::uint64_t i = 0; i < count; ++i)
      if (rows[i].key.size > GLEANER_STORE_KEY_MAX || rows[i].value.size > GLEANER_STORE_VALUE_MAX)
        return GLEANER_INVALID;
    for (std::uint64_t i = 0; i < count; ++i)
      (void)put(host, rows[i].key, rows[i].value, ttl);
    return GLEANER_OK;
  }
#endif
  static std::int32_t get(const gleaner_host* host, gleaner_str key, void (*receive)(void*, gleaner_str),
                          void* user) {
    const auto value = fake(host).get(handle(host).instance, std::string(view(key)));
    if (!value) return GLEANER_NOT_FOUND;
    receive(user, text(*value));
    return GLEANER_OK;
  }
  static std::int32_t erase(const gleaner_host* host, gleaner_str key) {
    FakeHost& to = fake(host);
    to.edit([&] { to.store_.erase({handle(host).instance, std::string(view(key))}); });
    return GLEANER_OK;
  }

  // gleaner.account/1
  static void count(const gleaner_host* host, gleaner_str category, gleaner_str key, std::uint64_t n) {
    FakeHost& to = fake(host);
    const std::string name(view(category));
    if (name != GLEANER_COUNT_ANNOUNCED && name != GLEANER_COUNT_SKIPPED && name != GLEANER_COUNT_FETCHED &&
        name != GLEANER_COUNT_APPROXIMATE && name != GLEANER_COUNT_MISSING && name != GLEANER_COUNT_QUIET)
      to.violation("The category \"" + name + "\" of a count is unknown.");
    to.check_text(view(key), "The key of a count");
    to.edit([&] { to.counts_[{name, std::string(view(key))}] += n; });
  }
  static void usage(const gleaner_host* host, const gleaner_usage* raw) {
    FakeHost& to = fake(host);
    const auto said = sized_copy<gleaner_usage>(raw);
    if (said.cached_tokens > said.prompt_tokens)
      to.violation("More cached tokens than prompt tokens were reported.");
    if (said.prompt_cost < 0 || said.completion_cost < 0) to.violation("A negative cost was reported.");
    to.edit([&] {
      const std::string model(view(said.model));
      auto row =
          std::find_if(to.usage_.begin(), to.usage_.end(), [&](const auto& r) { return r.model == model; });
      if (row == to.usage_.end()) {
        UsageRow first;
        first.model = model;
        row = to.usage_.insert(to.usage_.end(), first);
      }
      row->requests += said.requests;
      row->prompt_tokens += said.prompt_tokens;
      row->cached_tokens += said.cached_tokens;
      row->completion_tokens += said.completion_tokens;
      row->prompt_cost += said.prompt_cost;
      row->completion_cost += said.completion_cost;
    });
  }
  static void prompt(const gleaner_host* host, gleaner_str words) {
    FakeHost& to = fake(host);
    to.check_text(view(words), "The prompt");
    to.edit([&] { to.prompt_ = std::string(view(words)); });
  }
  static std::int32_t may_spend(const gleaner_host* host, std::uint64_t tokens, double dollars) {
    FakeHost& to = fake(host);
    ++to.budget_questions_;
    const std::lock_guard lock(to.mutex_);
    std::uint64_t spent_tokens = 0;
    double spent = 0;
    for (const auto& row : to.usage_) {
      spent_tokens += row.prompt_tokens + row.completion_tokens;
      if (!std::isnan(row.prompt_cost + row.completion_cost)) spent += row.prompt_cost + row.completion_cost;
    }
    const bool enough = to.tokens_ == FakeHost::never || spent_tokens + tokens <= to.tokens_;
    // A price that is not known (NaN) is refused only where dollars are counted, as a real host does it.
    const bool counts_dollars = !std::isinf(to.dollars_);
    return enough && (!counts_dollars || spent + dollars <= to.dollars_) ? 1 : 0;
  }

  // gleaner.secret/1
  static std::int32_t reveal(const gleaner_host* host, gleaner_str handle_text,
                             void (*receive)(void*, gleaner_str), void* user) {
    constexpr std::string_view literal = "testkit-literal:", named = "testkit-secret:";
    FakeHost& to = fake(host);
    const std::string_view opaque = view(handle_text);
    std::string words;
    if (opaque.substr(0, literal.size()) == literal) {
      words = opaque.substr(literal.size());
    } else if (opaque.substr(0, named.size()) == named) {
      const std::lock_guard lock(to.mutex_);
      const auto at = to.secrets_.find(std::string(opaque.substr(named.size())));
      if (at == to.secrets_.end()) return GLEANER_NOT_FOUND;
      words = at->second;
    } else {
      to.violation("\"" + std::string(opaque) + "\" is not the handle of a secret option.");
      return GLEANER_NOT_FOUND;
    }
    to.edit([&] {
      to.revealed_.insert(words);
      handle(host).servers.allow_address(words);
    });
    receive(user, text(words));
    return GLEANER_OK;
  }

  // gleaner.file/1
  static std::int32_t open(const gleaner_host* host, const gleaner_call* call, gleaner_str path,
                           std::uint64_t* out) {
    FakeHost& to = fake(host);
    const std::string where(view(path));
    not_in_dry_run(host, call, "writes a file");
    if (where != "-" && (where.empty() || where[0] != '/'))
      to.violation("The path of a file is neither absolute nor \"-\": \"" + where + "\".");
    std::string refusal;
    to.edit([&] {
      if (const auto at = to.refused_.find(where); at != to.refused_.end())
        refusal = at->second;
      else
        to.open_files_[*out = ++to.last_file_] = {where, {}, handle(host).instance};
    });
    return refusal.empty() ? GLEANER_OK : fail(call, GLEANER_DENIED, refusal);
  }
  static std::int32_t write(const gleaner_host* host, const gleaner_call* call, std::uint64_t id,
                            gleaner_str bytes) {
    FakeHost& to = fake(host);
    bool known = false;
    to.edit([&] {
      const auto at = to.open_files_.find(id);
      known = at != to.open_files_.end();
      if (known) at->second.bytes += view(bytes);
    });
    return known ? GLEANER_OK
                 : fail(call, GLEANER_INVALID, "The file was committed, abandoned or never opened.");
  }
  static std::int32_t commit(const gleaner_host* host, const gleaner_call* call, std::uint64_t id) {
    FakeHost& to = fake(host);
    bool known = false;
    to.edit([&] {
      const auto at = to.open_files_.find(id);
      known = at != to.open_files_.end();
      if (!known) return;
      auto& place = to.files_[at->second.path];
      place = at->second.path == "-" ? place + at->second.bytes : at->second.bytes;
      to.written_[at->second.path] = place;
      to.open_files_.erase(at);
    });
    return known ? GLEANER_OK
                 : fail(call, GLEANER_INVALID, "The file was committed, abandoned or never opened.");
  }
  static void abandon(const gleaner_host* host, std::uint64_t id) {
    FakeHost& to = fake(host);
    to.edit([&] { to.open_files_.erase(id); });
  }

  // gleaner.mail/1
  static std::int32_t send(const gleaner_host* host, const gleaner_call* call,
                           const gleaner_mail_message* raw) {
    FakeHost& to = fake(host);
    const auto message = sized_copy<gleaner_mail_message>(raw);
    not_in_dry_run(host, call, "sends mail");
    if (message.recipient_count == 0) to.violation("A mail has no recipient.");
    const std::string content(view(message.content));
    for (std::size_t i = 0; i < content.size(); ++i)
      if (content[i] == '\n' && (i == 0 || content[i - 1] != '\r')) {
        to.violation("A mail has a line that does not end in CR LF.");
        break;
      }
    if (const auto why = to.read(to.mail_refusal_); !why.empty()) return fail(call, GLEANER_UNREACHABLE, why);
    Mail mail{owned(message.server),
              owned(message.user),
              owned(message.password),
              owned(message.from),
              content,
              owned(message.recipients, message.recipient_count),
              message.require_tls != 0};
    to.edit([&] { to.mails_.push_back(std::move(mail)); });
    return GLEANER_OK;
  }

  // gleaner.http/1
  /// What a host answers instead of asking a server that the component does not declare.
  static std::optional<Reply> refuse_undeclared(const gleaner_host* host, const std::string& url) {
    FakeHost& to = fake(host);
    bool may = false;
    to.edit([&] { may = handle(host).servers.may_ask(url); });
    if (may) return std::nullopt;
    to.violation(handle(host).instance + " asked for " + url +
                 ", which it does not declare; add .needs_host(\"" + Servers::name_of(url) +
                 "\", …) to its `about`.");
    Reply out =
        Reply::unreachable(handle(host).instance + " asked for " + url + ", which it does not declare.");
    out.status = GLEANER_DENIED;
    return out;
  }
  static std::int32_t submit(const gleaner_host* host, const gleaner_call* call,
                             const gleaner_http_request* raw, gleaner_http_done done, void* user,
                             std::uint64_t* ticket) {
    const auto from = sized_copy<gleaner_http_request>(raw);
    SentRequest sent;
    sent.url = owned(from.url);
    sent.method = owned(from.method);
    sent.body = owned(from.body);
    sent.expect = owned(from.expect);
    for (std::uint64_t i = 0; i < from.header_count; ++i)
      sent.headers.emplace_back(owned(from.headers[i].key), owned(from.headers[i].value));
    sent.max_bytes = from.max_bytes;
    sent.timeout_ms = from.timeout_ms;
    sent.flags = from.flags;
    if (sent.method.empty()) sent.method = sent.body.empty() ? "GET" : "POST";
    if (sent.url.rfind("http://", 0) != 0 && sent.url.rfind("https://", 0) != 0)
      return fail(call, GLEANER_INVALID, "\"" + sent.url + "\" is not an http or https URL.");
    if ((handle(host).capabilities & GLEANER_PAID) != 0) not_in_dry_run(host, call, "sends a paid request");
    auto refusal = refuse_undeclared(host, sent.url);
    *ticket = fake(host).http_.submit(host->context, std::move(sent), done, user, std::move(refusal));
    return GLEANER_OK;
  }
  static std::int32_t wait_any(const gleaner_host* host, const gleaner_call* call, std::uint32_t timeout_ms) {
    return fake(host).http_.wait_any(host->context, call, timeout_ms);
  }
  static void cancel(const gleaner_host* host, std::uint64_t ticket) {
    fake(host).http_.cancel(host->context, ticket);
  }

  static const void* service(const gleaner_host* host, gleaner_str id) {
    static constexpr gleaner_log log_table{sizeof log_table, &log};
    static constexpr gleaner_clock clock_table{sizeof clock_table, &now_ms, &steady_ms, &date_in};
    static constexpr gleaner_store store_table {
      sizeof store_table, &put, &get, &erase
#if GLEANER_TARGET_MINOR >= 2
          ,
          &put_many
#endif
    };
    static constexpr gleaner_account account_table{sizeof account_table, &count, &usage, &prompt, &may_spend};
    static constexpr gleaner_secret secret_table{sizeof secret_table, &reveal};
    static constexpr gleaner_file file_table{sizeof file_table, &open, &write, &commit, &abandon};
    static constexpr gleaner_mail mail_table{sizeof mail_table, &send};
    static constexpr gleaner_http http_table{sizeof http_table, &submit, &wait_any, &cancel};
    static constexpr std::pair<std::string_view, const void*> tables[] = {
        {GLEANER_LOG, &log_table},         {GLEANER_CLOCK, &clock_table},   {GLEANER_STORE, &store_table},
        {GLEANER_ACCOUNT, &account_table}, {GLEANER_SECRET, &secret_table}, {GLEANER_FILE, &file_table},
        {GLEANER_MAIL, &mail_table},       {GLEANER_HTTP, &http_table}};
    FakeHost& from = fake(host);
    const std::lock_guard lock(from.mutex_);
    if (from.absent_.count(std::string(view(id))) != 0) return nullptr;
    if (const auto own = from.replaced_.find(std::string(view(id))); own != from.replaced_.end())
      return own->second;
    for (const auto& [name, table] : tables)
      if (name == view(id)) return table;
    return nullptr;
  }
};

inline Handle::Handle(FakeHost& fake_host, std::string instance_name, std::uint32_t capability_bits)
    : fake(fake_host), instance(std::move(instance_name)), capabilities(capability_bits) {
  raw.size = sizeof raw;
  raw.context = this;
  raw.service = &Services::service;
  raw.version = GLEANER_STR("testkit");
  raw.abi_minor = GLEANER_ABI_MINOR;
}

}  // namespace gleaner::testkit::detail
