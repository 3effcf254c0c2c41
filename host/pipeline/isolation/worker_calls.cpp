#include "host/pipeline/isolation/worker_calls.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include <gleaner/cpp/text.hpp>

#include "host/loader/sized.hpp"

namespace gleaner::host::isolation {
namespace {

constexpr std::int64_t between_progress_ms = 50;
// A push that is not answered costs a system call; so many papers may be under way before the plugin hears
// that nobody wants them.
constexpr std::size_t unanswered_at_most = 64;
constexpr std::size_t pushed_at_once = std::size_t{1} << 20;  // bytes

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void write_head(Writer& to, const CallHead& head) {
  to.number(static_cast<std::uint32_t>(head.entry));
  to.number(head.seed);
  to.number(head.remaining_ms);
  to.number(head.attempt);
  to.number(head.dry_run);
  to.text(head.date);
  to.number(head.input);
  to.number(head.services);
  to.number(head.axis_count);
  to.number(head.status);
}

CallHead read_head(Unpacker& from) {
  CallHead out;
  out.entry = static_cast<Entry>(from.number<std::uint32_t>());
  out.seed = from.number<std::uint64_t>();
  out.remaining_ms = from.number<std::int64_t>();
  out.attempt = from.number<std::uint32_t>();
  out.dry_run = from.number<std::uint32_t>();
  out.date = from.text();
  out.input = from.number<std::uint64_t>();
  out.services = from.number<std::uint32_t>();
  out.axis_count = from.number<std::uint32_t>();
  out.status = from.number<std::int32_t>();
  return out;
}

WorkerCall::WorkerCall(WorkerLink& link, const CallHead& head) : link_(link), date_(head.date) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.seed = head.seed;
  raw_.remaining_ms = head.remaining_ms;
  raw_.attempt = head.attempt;
  raw_.dry_run = head.dry_run;
  raw_.date = text(date_);
  raw_.cancelled = &cancelled;
  raw_.fail = &fail;
  raw_.progress = &progress;
}

// Cheap, as abi.h promises: both words are in memory the host looks at.
std::int32_t WorkerCall::cancelled(const gleaner_call* call) noexcept {
  auto& head = *reinterpret_cast<MarksHead*>(static_cast<WorkerCall*>(call->context)->link_.marks());
  std::atomic_ref(head.beats).fetch_add(1, std::memory_order_relaxed);
  return std::atomic_ref(head.cancelled).load(std::memory_order_relaxed) != 0 ? 1 : 0;
}

std::int32_t WorkerCall::fail(const gleaner_call* call, std::int32_t status, gleaner_str option,
                              gleaner_str message) noexcept {
  try {
    Writer arguments;
    arguments.number(status);
    arguments.text(option);
    arguments.text(message);
    static_cast<WorkerCall*>(call->context)->link_.tell(Request::fail, arguments);
  } catch (...) {  // out of memory: the status alone must do
  }
  return status;
}

void WorkerCall::progress(const gleaner_call* call, std::uint64_t done, std::uint64_t total,
                          gleaner_str what) noexcept {
  auto& self = *static_cast<WorkerCall*>(call->context);
  try {
    const auto now = now_ms();
    auto last = self.last_progress_ms_.load(std::memory_order_relaxed);
    if (done != total && now - last < between_progress_ms) return;
    self.last_progress_ms_.store(now, std::memory_order_relaxed);
    Writer arguments;
    arguments.number(done);
    arguments.number(total);
    arguments.text(what);
    self.link_.tell(Request::progress, arguments);
  } catch (...) {  // a progress line is not worth a crash
  }
}

WorkerBatch::WorkerBatch(WorkerLink& link, std::span<const gleaner_paper* const> papers,
                         std::size_t axis_count)
    : link_(link) {
  const MarksLayout layout(papers.size(), axis_count);
  fits_ = layout.size <= link.marks_size();
  char* marks = link.marks();
  for (std::size_t axis = 0; axis < axis_count; ++axis)
    axes_.push_back(reinterpret_cast<double*>(marks + layout.axes) + axis * papers.size());
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.papers = papers.data();
  raw_.count = papers.size();
  raw_.verdicts = reinterpret_cast<std::uint8_t*>(marks + layout.verdicts);
  raw_.totals = reinterpret_cast<double*>(marks + layout.totals);
  raw_.axes = axes_.data();
  raw_.axis_count = axis_count;
  raw_.reason = [](const gleaner_batch* batch, std::uint64_t i, gleaner_str words) noexcept {
    try {
      static_cast<WorkerBatch*>(batch->context)->note(NoteKind::reason, i, {}, words);
    } catch (...) {  // out of memory: a reason is not worth the call
    }
  };
  raw_.annotate = [](const gleaner_batch* batch, std::uint64_t i, gleaner_str key,
                     gleaner_str words) noexcept {
    try {
      static_cast<WorkerBatch*>(batch->context)->note(NoteKind::annotation, i, key, words);
    } catch (...) {
    }
  };
}

// Written where the host finds it even when this process is no more.
void WorkerBatch::note(NoteKind kind, std::uint64_t i, gleaner_str key, gleaner_str words) {
  Writer one;
  one.number(static_cast<std::uint8_t>(kind));
  one.number(i);
  one.text(view(key).substr(0, longest_note));
  one.text(view(words).substr(0, longest_note));
  const std::lock_guard lock(mutex_);
  char* marks = link_.marks();
  auto& head = *reinterpret_cast<MarksHead*>(marks);
  auto used = std::atomic_ref(head.notes_size).load(std::memory_order_relaxed);
  if (used + one.needed() > notes_room) {
    (void)link_.ask(Request::notes, Writer());
    used = 0;
  }
  std::memcpy(marks + sizeof head + used, one.out().data(), one.needed());
  std::atomic_ref(head.notes_size).store(used + one.needed(), std::memory_order_release);
}

WorkerSink::WorkerSink(WorkerLink& link, const gleaner_call* call) : link_(link), call_(call) {
  raw_.size = sizeof raw_;
  raw_.context = this;
  raw_.dated = [](const gleaner_sink* sink, gleaner_str date, gleaner_str origin) noexcept {
    auto& self = *static_cast<WorkerSink*>(sink->context);
    try {
      Writer arguments;
      arguments.text(date);
      arguments.text(origin);
      const auto answer = self.link_.ask(Request::dated, arguments);
      return answer ? Unpacker(*answer).number<std::int32_t>() : std::int32_t{GLEANER_FAILED};
    } catch (...) {
      return std::int32_t{GLEANER_FAILED};
    }
  };
  raw_.push = [](const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                 std::uint64_t stride) noexcept {
    try {
      return static_cast<WorkerSink*>(sink->context)->push(papers, count, stride);
    } catch (...) {
      return std::int32_t{GLEANER_FAILED};
    }
  };
  // What is adopted has been copied when this returns: the memory of a worker is not the host's.
  raw_.adopt = [](const gleaner_sink* sink, const gleaner_paper* papers, std::uint64_t count,
                  std::uint64_t stride, void (*release)(void*), void* owner) noexcept {
    const auto status = sink->push(sink, papers, count, stride);
    if (release != nullptr) release(owner);
    return status;
  };
}

std::int32_t WorkerSink::push(const gleaner_paper* papers, std::uint64_t count, std::uint64_t stride) {
  if (status_ != GLEANER_OK) return status_;
  std::uint64_t ready = 0;
  papers_ = Writer();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::size_t before = papers_.needed();
    write_paper(papers_, *element(papers, i, stride));
    if (papers_.needed() - before > largest_frame / 2)
      return call_->fail(call_, GLEANER_MALFORMED, {},
                         text("A paper of over 32 MiB cannot be handed over by a source in a process of "
                              "its own."));
    ++ready;
    ++unanswered_;
    if (papers_.needed() < pushed_at_once) continue;
    send(std::exchange(ready, 0));
  }
  if (ready > 0) send(ready);
  if (unanswered_ < unanswered_at_most) return GLEANER_OK;
  unanswered_ = 0;
  const auto answer = link_.ask(Request::push_status, Writer());
  status_ = answer ? Unpacker(*answer).number<std::int32_t>() : std::int32_t{GLEANER_FAILED};
  return status_;
}

void WorkerSink::send(std::uint64_t count) {
  Writer arguments;
  arguments.number(count);
  arguments.bytes(papers_.out().data(), papers_.needed());
  link_.tell(Request::push, arguments);
  papers_ = Writer();
}

}  // namespace gleaner::host::isolation
