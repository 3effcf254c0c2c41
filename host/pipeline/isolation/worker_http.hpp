// gleaner.http/1 in a worker: requests go to the host, answers to the thread that asked. Internal to the
// worker.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include <gleaner/ext/http.h>

#include "host/pipeline/isolation/worker_link.hpp"

namespace gleaner::host::isolation {

/// Any thread.
class WorkerHttp {
 public:
  explicit WorkerHttp(WorkerLink& link) : link_(link) {}
  std::int32_t submit(const gleaner_http_request& request, gleaner_http_done done, void* user,
                      std::uint64_t& ticket);
  std::int32_t wait_any(std::uint32_t timeout_ms);
  void cancel(std::uint64_t ticket);

 private:
  struct Waiting {
    std::thread::id thread;
    gleaner_http_done done;
    void* user;
    std::string response;
    bool arrived = false;
  };
  /// Hands this thread's answers over; how many there were.
  std::size_t deliver();
  [[nodiscard]] bool has_any();
  std::int32_t ask_host(std::uint32_t slice_ms);

  WorkerLink& link_;
  std::mutex mutex_;
  std::map<std::uint64_t, Waiting> waiting_;
};

}  // namespace gleaner::host::isolation
