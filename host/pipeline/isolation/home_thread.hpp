// A thread that does one job after another for whoever asks, and waits in between in its own way.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "host/pipeline/isolation/channel.hpp"

namespace gleaner::host::isolation {

/// A worker process lives and dies with the thread that started it (PR_SET_PDEATHSIG), and the HTTP service
/// gives answers to the thread that asked: so one thread does everything for one worker.
class HomeThread {
 public:
  /// `idle(wake)` is called again and again while there is no job; it returns when `wake` can be read, at the
  /// latest. Throws std::system_error when no thread is to be had.
  explicit HomeThread(std::function<void(int wake)> idle);
  /// Waits for the end of the thread. No job may be under way.
  ~HomeThread();
  HomeThread(const HomeThread&) = delete;
  HomeThread& operator=(const HomeThread&) = delete;

  /// Does the job there and waits for its end. Jobs of several threads are done one at a time. `job` does not
  /// throw.
  void run(const std::function<void()>& job);

 private:
  void work();
  std::function<void(int wake)> idle_;
  Descriptor wake_;
  std::mutex turn_;
  std::mutex mutex_;
  std::condition_variable done_;
  const std::function<void()>* job_ = nullptr;
  bool over_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace gleaner::host::isolation
