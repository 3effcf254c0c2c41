// Starts and ends worker processes. Internal to the host's side.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "host/pipeline/isolation/channel.hpp"

namespace gleaner::host::isolation {

/// How a process ended.
struct Ending {
  int signal = 0;     ///< that ended it, or 0
  int exit_code = 0;  ///< when none did
};

/// A child and its socket. The thread that starts it must outlive it: the kernel ends it with that thread.
/// What the destructor finds alive it kills, with what it has started.
class Process {
 public:
  /// Runs `program` as a worker. On a failure `problem` says why.
  static std::optional<Process> start(const std::filesystem::path& program, std::string& problem);
  ~Process();
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;

  [[nodiscard]] pid_t id() const { return id_; }
  /// Its end of the line; to be taken once.
  [[nodiscard]] Descriptor take_socket() { return std::move(socket_); }
  /// How it ended, if it has. What it had started is killed then.
  [[nodiscard]] std::optional<Ending> ended();
  /// Ends it, now.
  Ending kill();

 private:
  Process(pid_t id, Descriptor socket) : id_(id), socket_(std::move(socket)) {}
  Ending reap();
  pid_t id_ = -1;
  Descriptor socket_;
  std::optional<Ending> ending_;
};

/// What of this process's environment a worker may see: where programs, homes, languages, time zones and
/// certificates are. Everything else stays here, since secrets are kept in variables.
[[nodiscard]] std::vector<std::string> worker_environment();

}  // namespace gleaner::host::isolation
