#include "host/services/http/driver.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace gleaner::host::http {
namespace {

constexpr long kept_connections = 64;
constexpr Milliseconds longest_sleep{60'000};
constexpr Milliseconds without_libcurl{20};  // it had no memory to start; every request is refused

/// Once a process, on first use: it costs 10 ms and 11 MiB with the loading. Never undone, since other users
/// of libcurl may live longer.
bool start_libcurl() {
  static const CURLcode code = curl()->global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK;
}

}  // namespace

Driver::Driver(const ClientSettings& settings)
    : trust_{settings.ca_file, settings.ca_directory},
      log_(settings.log),
      limits_(settings.limits_directory, log_),
      random_(settings.seed ? *settings.seed : std::random_device{}()),
      thread_([this] { run(); }) {}

Driver::~Driver() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (to_wake_ != nullptr) curl()->multi_wakeup(to_wake_);
  }
  thread_.join();
}

void Driver::submit(std::unique_ptr<Job> job) {
  post({std::move(job), {}, {}});
}

void Driver::cancel(Ticket ticket) {
  post({{}, ticket, {}});
}

void Driver::cancel_all(std::shared_ptr<Mailbox> mailbox) {
  post({{}, {}, std::move(mailbox)});
}

void Driver::post(Command command) {
  const std::lock_guard lock(mutex_);
  inbox_.push_back(std::move(command));
  if (to_wake_ != nullptr) curl()->multi_wakeup(to_wake_);
}

void Driver::run() {
  prepare();
  while (take_commands()) {
    start_due();
    int running = 0;
    if (multi_) curl()->multi_perform(multi_.get(), &running);
    const bool ended = collect();
    end_silent();
    // What ended may have made room for what waits.
    if (!ended) sleep();
  }
  while (!jobs_.empty())
    drop(*jobs_.begin()->second, Cause::cancelled);
  const std::lock_guard lock(mutex_);
  to_wake_ = nullptr;
}

void Driver::prepare() {
  if (start_libcurl()) multi_.reset(curl()->multi_init());
  if (multi_) curl()->multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kept_connections);
  const std::lock_guard lock(mutex_);
  to_wake_ = multi_.get();
}

void Driver::sleep() {
  if (multi_) {
    curl()->multi_poll(multi_.get(), nullptr, 0, poll_timeout(), nullptr);
  } else {
    std::this_thread::sleep_for(without_libcurl);
  }
}

bool Driver::take_commands() {
  std::vector<Command> commands;
  bool go_on = true;
  {
    const std::lock_guard lock(mutex_);
    commands.swap(inbox_);
    go_on = !stopping_;
  }
  for (auto& command : commands)
    obey(std::move(command));
  return go_on;
}

void Driver::obey(Command command) {
  if (command.job) {
    const auto ticket = command.job->ticket();
    jobs_.emplace(ticket, std::move(command.job));
    return;
  }
  std::vector<Job*> given_up;
  for (const auto& [ticket, job] : jobs_) {
    if (ticket == command.ticket || job->mailbox() == command.mailbox.get()) given_up.push_back(job.get());
  }
  for (auto* job : given_up)
    drop(*job, Cause::cancelled);
}

void Driver::start_due() {
  for (auto it = jobs_.begin(); it != jobs_.end();) {
    auto& job = *it++->second;  // a job that cannot start is erased
    const auto now = Clock::now();
    if (job.transfer() != nullptr || earliest_start(job) > now) continue;
    auto answer = limits_.try_start(job.politeness());
    if (answer.permit) {
      start(job, std::move(*answer.permit));
    } else {
      rests_[job.politeness().group].refused_until = now + answer.ask_again;
    }
  }
}

void Driver::start(Job& job, Limits::Permit permit) {
  if (!multi_) return drop(job, Cause::out_of_memory);
  try {
    auto& transfer = job.begin(std::move(permit), trust_);
    if (curl()->multi_add_handle(multi_.get(), transfer.handle()) != CURLM_OK)
      drop(job, Cause::out_of_memory);
  } catch (const std::bad_alloc&) {
    drop(job, Cause::out_of_memory);
  }
}

bool Driver::collect() {
  bool ended = false;
  int left = 0;
  while (const auto* message = curl()->multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message dies with the removal of its handle.
    const CURLcode code = message->data.result;
    auto& job = *static_cast<Job*>(Transfer::owner(message->easy_handle));
    curl()->multi_remove_handle(multi_.get(), message->easy_handle);
    end(job, job.transfer()->finish(code));
    ended = true;
  }
  return ended;
}

void Driver::end_silent() {
  const auto now = Clock::now();
  for (auto it = jobs_.begin(); it != jobs_.end();) {
    auto& job = *it++->second;
    if (job.transfer() == nullptr || job.transfer()->idle_deadline() > now) continue;
    curl()->multi_remove_handle(multi_.get(), job.transfer()->handle());
    end(job, job.transfer()->give_up(Cause::idle));
  }
}

void Driver::end(Job& job, Incoming incoming) {
  const auto chance = std::generate_canonical<double, 53>(random_);
  const auto next = job.end(std::move(incoming), chance, log_);
  auto& rest = rests_[job.politeness().group];
  rest.refused_until = {};
  if (next == NextStep::wait) {
    if (job.group_must_rest()) rest.throttled_until = std::max(rest.throttled_until, job.due());
    return;
  }
  job.deliver(log_);
  jobs_.erase(job.ticket());
}

void Driver::drop(Job& job, Cause cause) {
  if (job.transfer() != nullptr) curl()->multi_remove_handle(multi_.get(), job.transfer()->handle());
  job.deliver_as(cause, log_);
  rests_[job.politeness().group].refused_until = {};
  jobs_.erase(job.ticket());
}

Driver::Clock::time_point Driver::earliest_start(const Job& job) const {
  const auto it = rests_.find(job.politeness().group);
  if (job.politeness().group.empty() || it == rests_.end()) return job.due();
  return std::max({job.due(), it->second.refused_until, it->second.throttled_until});
}

int Driver::poll_timeout() const {
  const auto now = Clock::now();
  auto next = now + longest_sleep;
  for (const auto& [ticket, job] : jobs_) {
    next =
        std::min(next, job->transfer() != nullptr ? job->transfer()->idle_deadline() : earliest_start(*job));
  }
  const auto wait = std::chrono::ceil<Milliseconds>(next - now).count();
  return static_cast<int>(std::max<Milliseconds::rep>(wait, 0));
}

}  // namespace gleaner::host::http
