// What travels into a plugin in a worker: call, batch and sink. Internal to the worker.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include <gleaner/abi.h>

#include "host/pipeline/isolation/papers.hpp"
#include "host/pipeline/isolation/worker_link.hpp"

namespace gleaner::host::isolation {

/// The head of a `call` frame.
struct CallHead {
  Entry entry{};
  std::uint64_t seed = 0;
  std::int64_t remaining_ms = 0;
  std::uint32_t attempt = 1;
  std::uint32_t dry_run = 0;
  std::string_view date{};
  std::uint64_t input = 0;  ///< bytes of the input that are this call's
  std::uint32_t services = 0;
  std::uint32_t axis_count = 0;
  std::int32_t status = 0;  ///< of `end`
};

void write_head(Writer& to, const CallHead& head);
/// `date` is a view of what `from` was made of.
[[nodiscard]] CallHead read_head(Unpacker& from);

/// Its address must not change. Any thread.
class WorkerCall {
 public:
  WorkerCall(WorkerLink& link, const CallHead& head);
  WorkerCall(const WorkerCall&) = delete;
  WorkerCall& operator=(const WorkerCall&) = delete;
  [[nodiscard]] const gleaner_call* raw() const { return &raw_; }

 private:
  static std::int32_t cancelled(const gleaner_call* call) noexcept;
  static std::int32_t fail(const gleaner_call* call, std::int32_t status, gleaner_str option,
                           gleaner_str message) noexcept;
  static void progress(const gleaner_call* call, std::uint64_t done, std::uint64_t total,
                       gleaner_str what) noexcept;
  WorkerLink& link_;
  std::string date_;
  std::atomic<std::int64_t> last_progress_ms_{0};
  gleaner_call raw_{};
};

/// The papers lie in the input, what is written about them in the marks. Any thread.
class WorkerBatch {
 public:
  WorkerBatch(WorkerLink& link, std::span<const gleaner_paper* const> papers, std::size_t axis_count);
  WorkerBatch(const WorkerBatch&) = delete;
  WorkerBatch& operator=(const WorkerBatch&) = delete;
  [[nodiscard]] const gleaner_batch* raw() const { return &raw_; }
  /// Whether the marks are large enough for it.
  [[nodiscard]] bool fits() const { return fits_; }

 private:
  void note(NoteKind kind, std::uint64_t i, gleaner_str key, gleaner_str text);
  WorkerLink& link_;
  std::mutex mutex_;
  std::vector<double*> axes_;
  bool fits_ = false;
  gleaner_batch raw_{};
};

/// One thread.
class WorkerSink {
 public:
  WorkerSink(WorkerLink& link, const gleaner_call* call);
  WorkerSink(const WorkerSink&) = delete;
  WorkerSink& operator=(const WorkerSink&) = delete;
  [[nodiscard]] const gleaner_sink* raw() const { return &raw_; }

 private:
  std::int32_t push(const gleaner_paper* papers, std::uint64_t count, std::uint64_t stride);
  void send(std::uint64_t count);
  WorkerLink& link_;
  const gleaner_call* call_;
  Writer papers_;
  std::size_t unanswered_ = 0;
  std::int32_t status_ = GLEANER_OK;
  gleaner_sink raw_{};
};

}  // namespace gleaner::host::isolation
