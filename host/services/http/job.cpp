#include "host/services/http/job.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "host/services/http/body.hpp"
#include "host/services/http/hints.hpp"
#include "host/services/http/letters.hpp"
#include "host/services/http/reach.hpp"
#include "host/services/http/url.hpp"

namespace gleaner::host::http {
namespace {

constexpr unsigned most_redirects = 5;

/// RFC 9110 section 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_header_value(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

bool is_redirect(int status) {
  constexpr std::array redirects{301, 302, 303, 307, 308};
  return std::ranges::find(redirects, status) != redirects.end();
}

/// RFC 9110 section 15.4: 303 asks for a GET, and 301 and 302 turn a POST into one, as every browser does.
/// What was to be sent would be lost, and the page there would look like an answer to it.
bool drops_the_body(int status, std::string_view method) {
  if (method == "GET" || method == "HEAD") return false;
  return status == 303 || ((status == 301 || status == 302) && method == "POST");
}

/// Keys travel under many names (Authorization, api-key, x-api-key), so only what is known to be none goes
/// elsewhere.
void keep_public_headers(Headers& headers) {
  std::erase_if(headers, [](const auto& header) {
    const auto name = lower(header.first);
    return name != "accept" && name != "accept-language" && name != "content-type";
  });
}

}  // namespace

Job::Job(Ticket ticket, Request request, std::shared_ptr<const ChannelSettings> settings,
         std::shared_ptr<Mailbox> mailbox, Keeping keeping)
    : ticket_(ticket),
      request_(std::move(request)),
      settings_(std::move(settings)),
      mailbox_(std::move(mailbox)),
      keeping_(std::move(keeping)) {
  start_over();
}

void Job::fill_in_method(Request& request) {
  request.method = upper(request.method);
  if (request.method.empty()) request.method = request.body.empty() ? "GET" : "POST";
}

Cause Job::check(const Request& request, const Reach* reach, std::string& header_name) {
  if (!is_fetchable(request.url)) return Cause::bad_url;
  if (!request.method.empty() && !is_token(request.method)) {
    header_name = "method";
    return Cause::bad_header;
  }
  for (const auto& [name, value] : request.headers) {
    if (is_token(name) && is_header_value(value)) continue;
    header_name = is_token(name) ? name : "";  // what is no name may be a key in the wrong place
    return Cause::bad_header;
  }
  return reach == nullptr || reach->allows(request.url) ? Cause::none : Cause::undeclared;
}

void Job::start_over() {
  outgoing_ = {request_.method, request_.url, request_.headers, request_.body};
  redirects_ = 0;
  spent_ = Milliseconds(0);
}

Transfer& Job::begin(Limits::Permit permit, const Trust& trust) {
  transfer_start_ = Clock::now();
  if (!first_start_) {
    first_start_ = transfer_start_;
    keeping_.recall(request_);
  }
  if (redirects_ == 0) ++attempts_;
  group_must_rest_ = false;
  permit_ = std::move(permit);
  Bounds bounds{settings_->connect, request_.timeout, request_.idle, request_.max_bytes};
  if (bounds.timeout.count() > 0) bounds.timeout = std::max(Milliseconds(1), bounds.timeout - spent_);
  const auto questions = keeping_.questions(outgoing_.url);
  asked_ = !questions.empty();
  const Manner manner{settings_->user_agent, politeness().connections == 1, [this] { permit_.sent(); }};
  transfer_ = std::make_unique<Transfer>(outgoing_, questions, bounds, trust, manner, this);
  return *transfer_;
}

NextStep Job::end(Incoming incoming, double chance, const LogSink& log) {
  transfer_.reset();
  permit_.release();
  spent_ += std::chrono::duration_cast<Milliseconds>(Clock::now() - transfer_start_);
  const bool confirmed = incoming.cause == Cause::none && incoming.status == 304 && asked_;
  if (confirmed) keeping_.confirm(incoming);
  response_.from_cache = confirmed;
  if (incoming.cause == Cause::none && is_redirect(incoming.status)) {
    incoming.cause = follow(incoming);
    if (incoming.cause == Cause::none) return NextStep::wait;
  }
  return settle(std::move(incoming), chance, log);
}

Cause Job::follow(const Incoming& incoming) {
  if (redirects_ == most_redirects) return Cause::redirect_many;
  const auto location = find_header(incoming.headers, "location");
  redirect_to_ = resolve(outgoing_.url, std::string(location.value_or("")));
  if (const auto cause = judge_redirect(outgoing_.url, redirect_to_); cause != Cause::none) return cause;
  if (settings_->reach && !settings_->reach->allows(redirect_to_)) return Cause::redirect_undeclared;
  if (drops_the_body(incoming.status, outgoing_.method)) return Cause::redirect_drops;
  ++redirects_;
  if (!same_origin(outgoing_.url, redirect_to_)) keep_public_headers(outgoing_.headers);
  outgoing_.url = redirect_to_;
  due_ = Clock::now();
  return Cause::none;
}

Cause Job::cause_of(const Incoming& incoming) const {
  // The page of an error is cut, not condemned, for its length.
  if (incoming.cause == Cause::too_large && incoming.status >= 400) return Cause::status;
  if (incoming.cause != Cause::none) return incoming.cause;
  if (incoming.status == 407) return Cause::proxy_refused;  // only a proxy says so
  if (incoming.status < 200 || incoming.status > 299) return Cause::status;
  const bool has_body = incoming.status != 204 && outgoing_.method != "HEAD";
  return has_body ? judge_body(incoming.body, request_.expect, politeness()) : Cause::none;
}

NextStep Job::settle(Incoming incoming, double chance, const LogSink& log) {
  const auto cause = cause_of(incoming);
  const bool by_status = cause == Cause::none || cause == Cause::status;
  auto judgement = by_status ? judge_status(incoming.status, politeness()) : judge_cause(cause);
  if (cause == Cause::status && says_final(incoming.body, politeness()))
    judgement = {Outcome::quota, Retry::never};

  response_.http_status = incoming.status;
  const bool may_hint = cause == Cause::status || cause == Cause::throttle_body;
  hint_ =
      may_hint
          ? std::max(wait_hint(incoming.headers, std::chrono::system_clock::now()).value_or(Milliseconds(0)),
                     wait_hint(incoming.body).value_or(Milliseconds(0)))
          : Milliseconds(0);
  if (const auto wait = retry_wait(judgement, incoming, chance)) {
    if (log) {
      log(Level::info, fmt::format("{}: {} Trying again in {} (attempt {} of {}).", settings_->component,
                                   sentence(cause, judgement.outcome), readable(*wait), attempts_ + 1,
                                   settings_->retry.attempts));
    }
    const bool asked_too_often = judgement.outcome == Outcome::throttled || incoming.status == 503;
    group_must_rest_ = asked_too_often && politeness().interval.count() > 0;
    due_ = Clock::now() + *wait;
    start_over();
    return NextStep::wait;
  }
  response_.outcome = judgement.outcome;
  response_.error = sentence(cause, judgement.outcome);
  response_.headers = std::move(incoming.headers);
  response_.body = std::move(incoming.body);
  return NextStep::deliver;
}

std::optional<Milliseconds> Job::retry_wait(const Judgement& judgement, const Incoming& incoming,
                                            double chance) {
  const auto& policy = settings_->retry;
  if (!may_retry(judgement.retry, request_.method, request_.repeat)) return std::nullopt;
  if (attempts_ >= policy.attempts || !server_allows_retry(incoming.headers)) return std::nullopt;
  if (hint_ > policy.longest_hint) return std::nullopt;
  if (judgement.retries != ~0U && cause_retries_++ >= judgement.retries) return std::nullopt;
  const auto wait = std::max(hint_, backoff(policy, attempts_ - 1, chance));
  if (Clock::now() + wait > *first_start_ + policy.wall) return std::nullopt;
  return wait;
}

std::string Job::sentence(Cause cause, Outcome outcome) const {
  Trouble trouble;
  trouble.cause = cause;
  trouble.status = response_.http_status;
  trouble.url = outgoing_.url;
  trouble.redirect_to = redirect_to_;
  trouble.component = settings_->component;
  if (settings_->reach) trouble.use = settings_->reach->use();
  trouble.attempts = attempts_;
  trouble.outcome = outcome;
  trouble.expect = request_.expect;
  trouble.timeout = request_.timeout;
  trouble.idle = request_.idle;
  trouble.connect = settings_->connect;
  trouble.hint = hint_;
  trouble.max_bytes = request_.max_bytes;
  return describe(trouble);
}

void Job::deliver(const LogSink& log) {
  response_.attempts = attempts_;
  response_.effective_url = outgoing_.url;
  response_.retry_after = hint_;
  if (first_start_)
    response_.elapsed = std::chrono::duration_cast<Milliseconds>(Clock::now() - *first_start_);
  if (log) {
    log(Level::debug, fmt::format("{}: {} {}: {}, {} bytes in {}", settings_->component, request_.method,
                                  redact(outgoing_.url), response_.http_status, response_.body.size(),
                                  readable(response_.elapsed)));
  }
  keeping_.keep(request_, response_);
  mailbox_->put({ticket_, std::move(response_)});
}

void Job::deliver_as(Cause cause, const LogSink& log) {
  transfer_.reset();
  permit_.release();
  response_ = {};
  response_.outcome = judge_cause(cause).outcome;
  response_.error = sentence(cause, response_.outcome);
  deliver(log);
}

}  // namespace gleaner::host::http
