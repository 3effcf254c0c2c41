// Frames over one end of a socketpair. Internal to this folder.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/pipeline/isolation/frames.hpp"

namespace gleaner::host::isolation {

/// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int raw) : raw_(raw) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  [[nodiscard]] int raw() const { return raw_; }
  explicit operator bool() const { return raw_ >= 0; }

 private:
  int raw_ = -1;
};

struct Frame {
  FrameType type{};
  std::string payload;
};

/// The host's end. Never waits longer than it is told to, whatever the worker does. One thread.
class HostChannel {
 public:
  HostChannel() = default;
  explicit HostChannel(Descriptor socket) : socket_(std::move(socket)) {}

  enum class Got { frame, part, nothing, closed, too_large };
  /// The next frame, waiting for it at most `wait`. `wake` (may be -1) ends the wait when it can be read.
  /// `part`: something came, and not all of it.
  /// `too_large`: what comes next has more than largest_frame bytes; nothing can be read any more.
  Got receive(Frame& frame, std::chrono::milliseconds wait, int wake);
  /// Sends everything, unless the worker closed its end or `goes_on` (asked twenty times a second while it
  /// reads nothing) says no.
  bool send(FrameType type, std::string_view payload, const std::function<bool()>& goes_on,
            int descriptor = -1);

 private:
  [[nodiscard]] bool take(Frame& frame);
  Descriptor socket_;
  std::vector<char> room_;  // read into, then appended: a text would be cleared each time it grows
  std::string arrived_;
  std::size_t used_ = 0;  // bytes of arrived_ that were taken
  bool too_large_ = false;
};

/// The worker's end. Waits as long as it takes. Not safe for threads by itself.
class WorkerChannel {
 public:
  explicit WorkerChannel(int socket) : socket_(socket) {}
  /// False when the host is gone. A descriptor that came along is left in `descriptor`.
  bool receive(Frame& frame, Descriptor& descriptor) const;
  bool send(FrameType type, std::string_view payload) const;

 private:
  int socket_;
};

}  // namespace gleaner::host::isolation
