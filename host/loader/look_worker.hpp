// The child process of look.hpp, as its parent holds it and as it is from within.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "host/loader/look.hpp"

namespace gleaner::host {

/// Begins each frame of the pipe.
struct FrameHead {
  std::uint64_t file = 0;  ///< which: the index in the list
  std::uint64_t size = 0;  ///< bytes that follow
};

/// More than any description needs: a longer frame is not the worker's.
inline constexpr std::uint64_t largest_frame = 64U << 20U;

/// A finding as the bytes of a frame, and back. Nothing for bytes that are none.
[[nodiscard]] std::string frame_bytes(const Finding& finding);
[[nodiscard]] std::optional<Finding> finding_from(std::string_view bytes);

/// What the child does: looks at files from `first` on, writes a frame for each and leaves. Never returns,
/// whatever a plugin throws.
[[noreturn]] void work(int pipe, std::span<const Candidate> files, std::size_t first) noexcept;

/// Gone with its process: the destructor kills and reaps it. One thread.
class LookWorker {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class State { answered, ended, hung, garbled };

  /// Starts it with files[first]. Throws std::system_error when there can be no pipe or process.
  LookWorker(std::span<const Candidate> files, std::size_t first);
  ~LookWorker();
  LookWorker(const LookWorker&) = delete;
  LookWorker& operator=(const LookWorker&) = delete;

  /// Waits for the finding of a file, until `deadline`. After anything but `answered` the process is gone.
  [[nodiscard]] State wait_for(std::size_t file, Time deadline);
  /// After `answered`.
  [[nodiscard]] Finding take();
  /// After `ended`: as waitpid gives it.
  [[nodiscard]] int status() const { return status_; }

 private:
  /// True once there is a whole frame, or one that cannot be.
  [[nodiscard]] bool has_frame(std::size_t file);
  /// Reads what is there, waiting for it as long as `until`; false at the end of the pipe.
  [[nodiscard]] bool fill(Time until);
  [[nodiscard]] bool has_ended();
  void kill_it();

  pid_t process_ = -1;  ///< -1 once it is reaped
  int pipe_ = -1;
  int status_ = 0;
  bool garbled_ = false;
  std::string received_;
  std::optional<Finding> found_;
};

}  // namespace gleaner::host
