// A real process with its own environment, for claims about the program as a user has it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace gleaner::e2e {

/// What is left of a process.
struct Ending {
  int exit = -1;    ///< -1: ended by a signal
  int signal = 0;   ///< 0: ended by itself
  std::string out;  ///< standard output
  std::string err;  ///< standard error
};

struct Command {
  std::vector<std::string> words;  ///< the first one is the program's path
  std::map<std::string, std::string> environment{};
  std::filesystem::path folder{};  ///< where it runs
  std::filesystem::path input{"/dev/null"};
  std::filesystem::path output{};  ///< empty: kept for Ending::out
};

/// A process that was started. One thread at a time.
class Process {
 public:
  /// `scratch` is a folder of its own, in which standard output and error are kept until the end. Throws
  /// std::system_error.
  Process(const Command& command, std::filesystem::path scratch);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  /// One that still runs is killed.
  ~Process();

  [[nodiscard]] pid_t id() const { return id_; }
  void send(int signal) const;
  /// Waits for the end; kills what has not ended in time, with SIGKILL in the result.
  [[nodiscard]] Ending wait(std::chrono::seconds most = std::chrono::seconds(60));

 private:
  std::filesystem::path scratch_;
  pid_t id_ = -1;
};

}  // namespace gleaner::e2e
