// One test's process: what it is told, and what it says through its pipe. Used by the runner alone.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace gleaner::host::cli::conformance {

/// A line of the pipe: a letter, then text without line ends.
struct Said {
  char what = 0;  ///< one of said_…
  std::string text;
};
inline constexpr char said_doing = 'd';
inline constexpr char said_passed = 'p';
inline constexpr char said_failed = 'f';
inline constexpr char said_skipped = 's';
inline constexpr char said_absent = 'a';
inline constexpr char said_part = 'c';  ///< read_contents: kind, name and version
inline constexpr char said_plugin = 'n';
inline constexpr char said_wrong = 'w';

/// Says a line from inside the process.
using Say = std::function<void(char what, std::string_view text)>;

/// A process that runs `act` and then ends. It is the leader of a group of its own, which is killed with it;
/// its folder is its own, its standard output and error are files there. Movable; whoever holds it must end
/// it.
class ChildProcess {
 public:
  /// Throws std::system_error.
  ChildProcess(const std::filesystem::path& folder, const std::function<void(const Say&)>& act);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  /// What can be waited on; -1 once nothing more can come.
  [[nodiscard]] int pipe() const { return open_ ? pipe_ : -1; }
  /// Takes what is in the pipe; false when it is closed and the process has ended.
  [[nodiscard]] bool pump();
  /// Kills it and what it has started.
  void kill();

  [[nodiscard]] const std::vector<Said>& said() const { return said_; }
  /// The last of that kind, or NULL.
  [[nodiscard]] const Said* last(char what) const;
  /// How it ended, as a phrase: "was killed by signal 11 (Segmentation fault)", "ended itself with exit code
  /// 3"; empty for a plain end.
  [[nodiscard]] std::string ending() const;
  [[nodiscard]] bool ended_plainly() const { return ended_ && status_ == 0; }
  /// What it wrote to standard error, its last line.
  [[nodiscard]] std::string last_error_line() const;
  [[nodiscard]] std::chrono::milliseconds age() const;

 private:
  [[noreturn]] void run(int pipe, const std::function<void(const Say&)>& act) const;
  void read_pipe();

  std::filesystem::path folder_;
  pid_t pid_ = -1;
  int pipe_ = -1;
  bool open_ = true;
  bool ended_ = false;
  int status_ = 0;
  std::string pending_;
  std::vector<Said> said_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace gleaner::host::cli::conformance
