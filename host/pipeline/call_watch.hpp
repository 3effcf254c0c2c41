// Looks after calls that do not come back: says whom the run waits for. The host cannot stop a plugin of its
// own process, only name it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "host/services/log.hpp"

namespace gleaner::host {

/// A call into a plugin. The views and pointers outlive it.
struct WatchedCall {
  std::string_view kind;  ///< "scorer"
  std::string_view name;  ///< in the pipeline
  std::optional<std::chrono::milliseconds> timeout;
  std::atomic<bool>* alive = nullptr;  ///< set when the component says or asks something; may be NULL
};

/// Any thread. Its own thread sleeps but for a look five times a second: a call that comes back sooner costs
/// a list entry.
class CallWatch {
 public:
  /// `cancelled` (may be NULL) and `log` outlive it.
  CallWatch(const std::atomic<bool>* cancelled, const Log& log);
  ~CallWatch();
  CallWatch(const CallWatch&) = delete;
  CallWatch& operator=(const CallWatch&) = delete;

  struct Running {
    WatchedCall call;
    std::chrono::steady_clock::time_point since;  ///< silent since then; the epoch: not looked at yet
  };
  using Ticket = std::list<Running>::iterator;
  [[nodiscard]] Ticket begin(const WatchedCall& call);
  void end(Ticket ticket);

 private:
  using Time = std::chrono::steady_clock::time_point;
  void watch();
  void look(Time now);
  void look_for_silence(Time now);
  void look_for_interruption(Time now);
  [[nodiscard]] bool only_sources_run() const;
  [[nodiscard]] std::string waited_for() const;

  const std::atomic<bool>* cancelled_;
  const Log& log_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::list<Running> running_;
  std::set<std::string> said_;  // components whose timeout was spoken of
  std::optional<Time> interrupted_;
  bool said_interrupted_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace gleaner::host
