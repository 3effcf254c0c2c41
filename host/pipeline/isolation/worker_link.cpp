#include "host/pipeline/isolation/worker_link.hpp"

#include <atomic>
#include <new>
#include <utility>

#include <unistd.h>

namespace gleaner::host::isolation {
namespace {

/// Without destructors: threads of the plugin may be anywhere.
[[noreturn]] void end(int code) {
  ::_exit(code);
}

std::string with_name(Request request, const Writer& arguments) {
  const auto name = static_cast<std::uint32_t>(request);
  std::string out(reinterpret_cast<const char*>(&name), sizeof name);
  return out.append(arguments.out());
}

}  // namespace

// Whoever waits first reads for all: a plugin's thread may ask while the main thread waits for the next call.
Frame WorkerLink::wait_for(bool reply) {
  std::unique_lock lock(mutex_);
  auto& mine = reply ? replies_ : others_;
  while (true) {
    if (!mine.empty()) {
      Frame out = std::move(mine.front());
      mine.pop_front();
      return out;
    }
    if (someone_reads_) {
      arrived_.wait(lock);
      continue;
    }
    someone_reads_ = true;
    lock.unlock();
    Frame frame;
    Descriptor memory;
    try {
      if (!channel_.receive(frame, memory)) end(exit_misunderstood);
      if (frame.type == FrameType::memory) map(frame, memory);
    } catch (const std::bad_alloc&) {
      end(exit_no_memory);
    }
    lock.lock();
    someone_reads_ = false;
    if (frame.type == FrameType::reply)
      replies_.push_back(std::move(frame));
    else if (frame.type != FrameType::memory)
      others_.push_back(std::move(frame));
    arrived_.notify_all();
  }
}

Frame WorkerLink::next() {
  return wait_for(false);
}

void WorkerLink::map(const Frame& frame, const Descriptor& memory) {
  Unpacker from(frame.payload);
  const auto kind = static_cast<MemoryKind>(from.number<std::uint32_t>());
  const auto size = static_cast<std::size_t>(from.number<std::uint64_t>());
  if (!from.finished() || !memory) end(exit_misunderstood);
  if (kind == MemoryKind::input) {
    input_ = Mapping();
    input_ = Mapping(memory, size, Mapping::Access::read);
    return;
  }
  auto& marks = all_marks_.emplace_back(memory, size, Mapping::Access::write);
  marks_size_ = size;
  marks_.store(marks.data(), std::memory_order_release);
}

std::string_view WorkerLink::input(std::size_t size) const {
  if (size > input_.size()) end(exit_misunderstood);
  return {input_.data(), size};
}

void WorkerLink::send(FrameType type, std::string_view payload) {
  const std::lock_guard lock(sending_);
  if (!channel_.send(type, payload)) end(exit_misunderstood);
}

void WorkerLink::tell(Request request, const Writer& arguments) {
  const auto payload = with_name(request, arguments);
  if (payload.size() <= largest_frame && !is_copy()) send(FrameType::request, payload);
}

std::optional<std::string> WorkerLink::ask(Request request, const Writer& arguments) {
  const auto payload = with_name(request, arguments);
  if (payload.size() > largest_frame || is_copy()) return std::nullopt;
  waiting_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard turn(asking_);
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  send(FrameType::request, payload);
  return wait_for(true).payload;
}

}  // namespace gleaner::host::isolation
