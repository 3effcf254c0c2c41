#include "host/pipeline/call_watch.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

namespace gleaner::host {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds between_looks{200};
constexpr milliseconds grace{1000};     // a call that ends just after its timeout is not worth a word
constexpr milliseconds patience{2000};  // after an interruption; most things end within it

std::string duration_words(milliseconds time) {
  return time.count() % 1000 == 0 ? fmt::format("{} s", time.count() / 1000)
                                  : fmt::format("{} ms", time.count());
}

bool is_source(const CallWatch::Running& each) {
  return each.call.kind == "source";
}

}  // namespace

CallWatch::CallWatch(const std::atomic<bool>* cancelled, const Log& log) : cancelled_(cancelled), log_(log) {
  try {
    thread_ = std::thread([this] { watch(); });
  } catch (const std::system_error&) {  // no thread to be had: then nothing is said
  }
}

CallWatch::~CallWatch() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

CallWatch::Ticket CallWatch::begin(const WatchedCall& call) {
  const std::lock_guard lock(mutex_);
  return running_.insert(running_.end(), {call, {}});
}

void CallWatch::end(Ticket ticket) {
  const std::lock_guard lock(mutex_);
  running_.erase(ticket);
}

void CallWatch::watch() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, between_looks, [this] { return over_; })) {
    try {
      look(std::chrono::steady_clock::now());
    } catch (...) {  // out of memory: a word is not worth the run
    }
  }
}

void CallWatch::look(Time now) {
  look_for_silence(now);
  look_for_interruption(now);
}

void CallWatch::look_for_silence(Time now) {
  // A source whose papers are still being judged waits for room: that is not its fault.
  const bool sources_may_wait = !only_sources_run();
  for (auto& each : running_) {
    const bool alive =
        each.call.alive != nullptr && each.call.alive->exchange(false, std::memory_order_relaxed);
    if (each.since == Time{} || alive || (sources_may_wait && is_source(each))) each.since = now;
    const auto silent = now - each.since;
    if (!each.call.timeout || silent < *each.call.timeout + grace) continue;
    if (!said_.insert(fmt::format("{} {}", each.call.kind, each.call.name)).second) continue;
    log_.warning(fmt::format(
        "The {} {} has been working for {} s, beyond its timeout of {}. A plugin must stop by "
        "itself; interrupt to end the run.",
        each.call.kind, each.call.name, std::chrono::duration_cast<std::chrono::seconds>(silent).count(),
        duration_words(*each.call.timeout)));
  }
}

void CallWatch::look_for_interruption(Time now) {
  if (said_interrupted_ || cancelled_ == nullptr || !cancelled_->load(std::memory_order_relaxed)) return;
  if (!interrupted_) interrupted_ = now;
  if (now - *interrupted_ < patience) return;
  said_interrupted_ = true;
  log_.warning(
      fmt::format("Interrupted, and still waiting for {} to stop. A second Ctrl-C or signal ends the "
                  "process at once.",
                  waited_for()));
}

bool CallWatch::only_sources_run() const {
  return std::ranges::all_of(running_, is_source);
}

// Sources wait for the stages, not the other way round.
std::string CallWatch::waited_for() const {
  const bool only_sources = only_sources_run();
  std::set<std::string_view> names;
  for (const auto& each : running_)
    if (only_sources || !is_source(each)) names.insert(each.call.name);
  return names.empty() ? "the run" : fmt::format("{}", fmt::join(names, " and "));
}

}  // namespace gleaner::host
