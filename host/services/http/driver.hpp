// The thread that moves every request of a client. Internal to the client.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "host/services/http/client.hpp"
#include "host/services/http/curl_api.hpp"
#include "host/services/http/job.hpp"
#include "host/services/http/limits.hpp"

namespace gleaner::host::http {

/// The public functions may be called from any thread and never wait for the network; everything private but
/// the inbox belongs to the driver's own thread.
class Driver {
 public:
  /// `settings.log` does not throw. libcurl is loaded.
  explicit Driver(const ClientSettings& settings);
  /// Every request still under way comes back as cancelled.
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void submit(std::unique_ptr<Job> job);
  void cancel(Ticket ticket);
  /// Cancels everything that was submitted for this mailbox so far.
  void cancel_all(std::shared_ptr<Mailbox> mailbox);

 private:
  using Clock = std::chrono::steady_clock;

  struct MultiDeleter {
    void operator()(CURLM* multi) const { curl()->multi_cleanup(multi); }
  };

  /// What other threads ask for, in the order in which they asked.
  struct Command {
    std::unique_ptr<Job> job;          ///< submit
    Ticket ticket{};                   ///< cancel
    std::shared_ptr<Mailbox> mailbox;  ///< cancel all of it
  };

  /// When a group may be asked for again. Both end by themselves.
  struct Rest {
    Clock::time_point refused_until{};    ///< Limits said so; over as soon as a request of the group ends
    Clock::time_point throttled_until{};  ///< the server said so
  };

  void post(Command command);
  void run();
  void prepare();
  void sleep();
  [[nodiscard]] bool take_commands();
  void obey(Command command);
  void start_due();
  void start(Job& job, Limits::Permit permit);
  [[nodiscard]] bool collect();
  void end(Job& job, Incoming incoming);
  void drop(Job& job, Cause cause);
  void end_silent();
  [[nodiscard]] int poll_timeout() const;
  [[nodiscard]] Clock::time_point earliest_start(const Job& job) const;

  Trust trust_;
  LogSink log_;
  Limits limits_;
  std::mt19937_64 random_;
  std::map<std::string, Rest> rests_;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::map<Ticket, std::unique_ptr<Job>> jobs_;  ///< in the order of submission

  std::mutex mutex_;
  std::vector<Command> inbox_;
  bool stopping_ = false;
  CURLM* to_wake_ = nullptr;  ///< once there is something to wake
  std::thread thread_;
};

}  // namespace gleaner::host::http
