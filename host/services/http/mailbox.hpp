// Where one channel's requests end: the finished ones, and the book that keeps their answers. Internal to the
// client.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "host/services/http/answers.hpp"
#include "host/services/http/types.hpp"

namespace gleaner::host::http {

/// Shared: a channel may be gone before its last request is.
struct Mailbox {
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<Completion> finished;

  std::mutex book_mutex;       ///< held while the book is used, so that the channel can take it away
  AnswerBook* book = nullptr;  ///< NULL: nothing is kept

  void put(Completion completion) {
    {
      const std::lock_guard lock(mutex);
      finished.push_back(std::move(completion));
    }
    arrived.notify_all();
  }
};

}  // namespace gleaner::host::http
