// The worker's side of the socket, shared by all threads of a plugin. Internal to the worker.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <unistd.h>

#include "host/pipeline/isolation/channel.hpp"
#include "host/pipeline/isolation/shared_memory.hpp"
#include "host/pipeline/isolation/wire.hpp"

namespace gleaner::host::isolation {

/// The worker ends with it when a frame does not fit into what memory it may have.
inline constexpr int exit_no_memory = 117;
/// … when it is not understood, or does not understand: not started by a host of this version.
inline constexpr int exit_misunderstood = 118;

/// Any thread. When the host is gone every function ends the process: nobody is left to work for.
class WorkerLink {
 public:
  explicit WorkerLink(int socket) : channel_(socket), owner_(::getpid()) {}
  WorkerLink(const WorkerLink&) = delete;
  WorkerLink& operator=(const WorkerLink&) = delete;

  /// The next frame that is no reply and no memory. Memory is mapped on the way. The main thread alone.
  [[nodiscard]] Frame next();
  void send(FrameType type, std::string_view payload);
  /// Sends a request that nobody answers. One that is too large is left out.
  void tell(Request request, const Writer& arguments);
  /// Sends a request and waits for the answer; nothing when it is too large to be sent.
  [[nodiscard]] std::optional<std::string> ask(Request request, const Writer& arguments);
  /// Whether another thread waits for its turn to ask.
  [[nodiscard]] bool is_wanted() const { return waiting_.load(std::memory_order_relaxed) > 0; }

  /// In a copy of this process that a plugin forked: such a copy has no host.
  [[nodiscard]] bool is_copy() const { return ::getpid() != owner_; }

  /// What the host laid out for the call under way.
  [[nodiscard]] std::string_view input(std::size_t size) const;
  [[nodiscard]] char* marks() const { return marks_.load(std::memory_order_acquire); }
  [[nodiscard]] std::size_t marks_size() const { return marks_size_; }

 private:
  [[nodiscard]] Frame wait_for(bool reply);
  void map(const Frame& frame, const Descriptor& memory);

  WorkerChannel channel_;
  pid_t owner_;
  std::mutex sending_;
  std::mutex asking_;
  std::atomic<int> waiting_{0};
  std::mutex mutex_;
  std::condition_variable arrived_;
  bool someone_reads_ = false;
  std::deque<Frame> replies_;
  std::deque<Frame> others_;
  Mapping input_;
  std::deque<Mapping> all_marks_;  // none is ever unmapped: a thread may still be looking
  std::atomic<char*> marks_{nullptr};
  std::size_t marks_size_ = 0;
};

}  // namespace gleaner::host::isolation
