#include "host/services/http/client.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "host/services/http/cassette.hpp"
#include "host/services/http/curl_api.hpp"
#include "host/services/http/driver.hpp"
#include "host/services/http/job.hpp"
#include "host/services/http/limits.hpp"
#include "host/services/http/message.hpp"
#include "host/services/http/reach.hpp"
#include "host/services/http/request_key.hpp"

namespace gleaner::host::http {
namespace {

constexpr Milliseconds flag_interval{50};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// A sink that throws must not end the client's thread.
LogSink guarded(LogSink sink) {
  if (!sink) return {};
  return [sink = std::move(sink)](Level level, std::string_view line) {
    try {
      sink(level, line);
    } catch (...) {  // a lost line is better than a lost run
    }
  };
}

Response refused_response(const Request& request, Cause cause, std::string header_name,
                          const ChannelSettings& settings) {
  Response response;
  response.outcome = judge_cause(cause).outcome;
  response.effective_url = request.url;
  Trouble trouble;
  trouble.cause = cause;
  trouble.url = request.url;
  trouble.header_name = std::move(header_name);
  trouble.component = settings.component;
  if (settings.reach) trouble.use = settings.reach->use();
  response.error = describe(trouble);
  return response;
}

}  // namespace

ClientSettings ClientSettings::from_environment() {
  ClientSettings settings;
  settings.limits_directory = limits_directory_from_environment();
  settings.ca_file = variable("SSL_CERT_FILE");
  settings.ca_directory = variable("SSL_CERT_DIR");
  return settings;
}

std::string user_agent(std::string_view version, std::string_view contact) {
  std::string clean;
  std::ranges::copy_if(contact, std::back_inserter(clean), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '(' && c != ')';
  });
  return clean.empty() ? fmt::format("gleaner/{}", version)
                       : fmt::format("gleaner/{} (+mailto:{})", version, clean);
}

Client::Client(ClientSettings settings) : settings_(std::move(settings)) {
  settings_.log = guarded(std::move(settings_.log));
  if (!settings_.record.empty())
    recorder_ = std::make_unique<Cassette>(Cassette::to_record(settings_.record, settings_.clean));
  if (!settings_.replay.empty())
    player_ = std::make_unique<Cassette>(Cassette::to_replay(settings_.replay, settings_.clean));
  common_ = std::make_unique<KeepingCommon>(KeepingCommon{settings_.clean, recorder_.get(), settings_.log});
}

Client::~Client() = default;

std::unique_ptr<Channel> Client::open(ChannelSettings settings) {
  return std::unique_ptr<Channel>(new Channel(*this, std::move(settings)));  // the constructor is private
}

std::string Client::record_problem() const {
  return recorder_ ? recorder_->problem() : "";
}

Driver& Client::driver() {
  const std::lock_guard lock(mutex_);
  if (!driver_) driver_ = std::make_unique<Driver>(settings_);
  return *driver_;
}

Driver* Client::driver_if_started() {
  const std::lock_guard lock(mutex_);
  return driver_.get();
}

Channel::Channel(Client& client, ChannelSettings settings)
    : client_(client),
      settings_(std::make_shared<const ChannelSettings>(std::move(settings))),
      mailbox_(std::make_shared<Mailbox>()) {
  mailbox_->book = settings_->answers;
}

Channel::~Channel() {
  {
    // A request that ends just now may be using the book, which need not outlive this.
    const std::lock_guard lock(mailbox_->book_mutex);
    mailbox_->book = nullptr;
  }
  if (in_flight_.empty()) return;
  if (auto* driver = client_.driver_if_started()) driver->cancel_all(mailbox_);
}

Ticket Channel::submit(Request request) {
  const Ticket ticket = client_.next_ticket();
  in_flight_.push_back(ticket);
  if (curl() == nullptr) {
    answer_at_once(
        ticket,
        {.outcome = Outcome::unreachable, .effective_url = request.url, .error = curl_library().problem});
    return ticket;
  }
  std::string header_name;
  if (const auto cause = Job::check(request, settings_->reach.get(), header_name); cause != Cause::none) {
    answer_at_once(ticket, refused_response(request, cause, std::move(header_name), *settings_));
    return ticket;
  }
  Job::fill_in_method(request);
  const bool needs_key = settings_->answers != nullptr || client_.recorder_ || client_.player_;
  auto key = needs_key ? request_key(request, client_.settings_.clean) : std::string();
  if (client_.player_) {
    const auto place = client_.player_->next_place(key);
    answer_at_once(ticket, client_.player_->read(place, request));
    return ticket;
  }
  const bool first = asked_.insert(key).second;
  Keeping keeping(*client_.common_, mailbox_, request, std::move(key), first);
  if (auto response = keeping.received(request, settings_->politeness)) {
    answer_at_once(ticket, std::move(*response));
    return ticket;
  }
  client_.driver().submit(
      std::make_unique<Job>(ticket, std::move(request), settings_, mailbox_, std::move(keeping)));
  return ticket;
}

void Channel::answer_at_once(Ticket ticket, Response response) {
  mailbox_->put({ticket, std::move(response)});
}

std::vector<Completion> Channel::wait_any(Milliseconds timeout, const CancelFlag& cancelled) {
  constexpr Milliseconds longest = std::chrono::hours(24 * 365);  // keeps the sum in range
  const auto deadline = std::chrono::steady_clock::now() + std::clamp(timeout, Milliseconds(0), longest);
  bool gave_up = false;
  while (!in_flight_.empty()) {
    if (auto finished = take_finished(); !finished.empty()) return finished;
    if (!gave_up && cancelled && cancelled()) {
      gave_up = true;
      if (auto* driver = client_.driver_if_started()) driver->cancel_all(mailbox_);
    }
    const auto now = std::chrono::steady_clock::now();
    // What was given up comes back in a moment, whatever the time-out.
    if (now >= deadline && !gave_up) return {};
    const auto until = gave_up ? now + flag_interval : std::min(deadline, now + flag_interval);
    std::unique_lock lock(mailbox_->mutex);
    mailbox_->arrived.wait_until(lock, cancelled || gave_up ? until : deadline,
                                 [this] { return !mailbox_->finished.empty(); });
  }
  return {};
}

std::vector<Completion> Channel::take_finished() {
  std::vector<Completion> finished;
  {
    const std::lock_guard lock(mailbox_->mutex);
    finished.swap(mailbox_->finished);
  }
  // What was cancelled is no longer in flight and does not come back.
  std::erase_if(finished, [this](const Completion& c) { return std::erase(in_flight_, c.ticket) == 0; });
  return finished;
}

void Channel::cancel(Ticket ticket) {
  if (std::erase(in_flight_, ticket) == 0) return;
  if (auto* driver = client_.driver_if_started()) driver->cancel(ticket);
}

}  // namespace gleaner::host::http
