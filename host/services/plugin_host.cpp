#include "host/services/plugin_host.hpp"

#include <utility>

#include <gleaner/cpp/text.hpp>

#include "host/services/service_tables.hpp"

namespace gleaner::host {
namespace {

const void* find_service(const gleaner_host* /*host*/, gleaner_str id) {
  return service_table(view(id));
}

std::int32_t status_of(http::Outcome outcome) {
  using http::Outcome;
  switch (outcome) {
    case Outcome::ok:
    case Outcome::unchanged:
      return GLEANER_OK;
    case Outcome::bad_request:
    case Outcome::conflict:
    case Outcome::too_long:
      return GLEANER_FAILED;
    case Outcome::denied:
      return GLEANER_DENIED;
    case Outcome::quota:
      return GLEANER_EXHAUSTED;
    case Outcome::not_found:
      return GLEANER_NOT_FOUND;
    case Outcome::throttled:
    case Outcome::server_error:
    case Outcome::unreachable:
    case Outcome::tls:
    case Outcome::forbidden_redirect:
    case Outcome::broken_off:
      return GLEANER_UNREACHABLE;
    case Outcome::wrong_body:
    case Outcome::too_large:
      return GLEANER_MALFORMED;
    case Outcome::timed_out:
      return GLEANER_TIMED_OUT;
    case Outcome::cancelled:
      return GLEANER_CANCELLED;
  }
  return GLEANER_FAILED;
}

void answer(std::uint64_t ticket, const http::Response& response, gleaner_http_done done, void* user) {
  std::vector<gleaner_pair> headers;
  headers.reserve(response.headers.size());
  for (const auto& [key, value] : response.headers)
    headers.push_back({text(key), text(value)});
  gleaner_http_response raw{};
  raw.size = sizeof raw;
  raw.error = text(response.error);
  raw.url = text(response.effective_url);
  raw.headers = headers.data();
  raw.header_count = headers.size();
  raw.body = text(response.body);
  raw.elapsed_ms = static_cast<std::uint64_t>(response.elapsed.count());
  raw.status = status_of(response.outcome);
  raw.http_status = response.http_status;
  raw.attempts = response.attempts;
  raw.from_cache = response.from_cache ? 1 : 0;
  done(user, ticket, &raw);
}

}  // namespace

std::string_view host_version() {
  return GLEANER_VERSION;
}

PluginHost::PluginHost(const Services& services, InstanceSettings settings)
    : services_(services),
      settings_(std::move(settings)),
      kept_(most_warnings, settings_.warns_in_order ? Tally::Keep::first : Tally::Keep::smallest) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.service = &find_service;
  raw_.version = text(host_version());
  raw_.abi_minor = GLEANER_ABI_MINOR;
}

PluginHost::~PluginHost() {
  if (!secret_problem_.empty()) services_.log.warning(settings_.name + ": " + secret_problem_);
  if (const auto more = logged_.more_words(); !more.empty())
    services_.log.warning(settings_.name + ": " + more);
}

std::vector<std::string> PluginHost::warnings() const {
  const std::lock_guard lock(mutex_);
  auto out = kept_.lines();
  if (!secret_problem_.empty()) out.push_back(secret_problem_);
  return out;
}

void PluginHost::warn(const std::string& line) {
  {
    const std::lock_guard lock(mutex_);
    if (!creating_) kept_.add(line);
    if (!logged_.add(line) || silent_) return;
  }
  services_.log.warning(settings_.name + ": " + line);
}

void PluginHost::begin_creation(bool silent) {
  const std::lock_guard lock(mutex_);
  creating_ = true;
  silent_ = silent;
}

void PluginHost::end_creation() {
  const std::lock_guard lock(mutex_);
  creating_ = silent_ = false;
}

void PluginHost::note_secret_problem(std::string sentence) {
  const std::lock_guard lock(mutex_);
  secret_problem_ = std::move(sentence);
}

std::string PluginHost::take_secret_problem() {
  const std::lock_guard lock(mutex_);
  return std::exchange(secret_problem_, {});
}

PluginHost::Line& PluginHost::line() {
  const std::lock_guard lock(mutex_);
  Line& mine =
      lines_[std::this_thread::get_id()];  // map nodes stay where they are; only this thread uses this one
  if (!mine.channel) mine.channel = services_.http.open(settings_.channel);
  return mine;
}

std::uint64_t PluginHost::submit(http::Request request, gleaner_http_done done, void* user) {
  Line& mine = line();
  const auto ticket = static_cast<std::uint64_t>(mine.channel->submit(std::move(request)));
  mine.waiting.emplace(ticket, Waiting{done, user});
  return ticket;
}

std::int32_t PluginHost::wait_any(const gleaner_call* call, std::chrono::milliseconds timeout) {
  Line& mine = line();
  if (mine.waiting.empty()) return GLEANER_NOT_FOUND;
  const auto cancelled = [call] { return call->cancelled(call) != 0; };
  const auto completions = mine.channel->wait_any(timeout, cancelled);
  if (cancelled()) return GLEANER_CANCELLED;
  if (completions.empty()) return GLEANER_TIMED_OUT;
  for (const auto& [ticket, response] : completions) {
    const auto at = mine.waiting.find(static_cast<std::uint64_t>(ticket));
    if (at == mine.waiting.end()) continue;
    const Waiting waiting = at->second;
    mine.waiting.erase(at);
    answer(static_cast<std::uint64_t>(ticket), response, waiting.done, waiting.user);
  }
  return GLEANER_OK;
}

void PluginHost::cancel(std::uint64_t ticket) {
  Line& mine = line();
  if (mine.waiting.erase(ticket) > 0) mine.channel->cancel(http::Ticket{ticket});
}

mail::Client& PluginHost::mail() {
  const std::lock_guard lock(mutex_);
  if (!mail_) mail_ = std::make_unique<mail::Client>(mail::Trust::from_environment());
  return *mail_;
}

}  // namespace gleaner::host
