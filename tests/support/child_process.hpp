// A real child process for tests: its words, environment and input given, everything it says caught.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace gleaner::test {

struct ChildOptions {
  /// On top of this process's own environment; no value: the variable is taken out.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment{};
  std::string input{};               ///< what it reads from standard input
  std::filesystem::path folder{};    ///< where it runs; empty: here
  bool terminal = false;             ///< standard error is a terminal of 80 columns
  std::chrono::seconds timeout{60};  ///< then it is killed, its children with it
};

struct ChildResult {
  int exit = -1;   ///< -1 when a signal ended it
  int signal = 0;  ///< the signal that ended it, or 0
  bool timed_out = false;
  std::string out;
  std::string err;
};

/// One thread. A child that is still there when this goes is killed.
class Child {
 public:
  /// Starts it. Throws std::system_error when that cannot be done.
  Child(const std::vector<std::string>& words, const ChildOptions& options);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Reads until standard error holds the text; false when the child ended or the time was up before.
  [[nodiscard]] bool wait_for_error(std::string_view text);
  void send(int signal) const;
  /// Reads everything it says and waits for its end.
  [[nodiscard]] ChildResult finish();

 private:
  struct Pipe {
    int ours = -1;
    int theirs = -1;
  };
  void open_pipes(bool terminal);
  void start(const std::vector<std::string>& words, const ChildOptions& options);
  /// Moves what is there to be moved; false when nothing will come any more or the time is up.
  bool pump();
  void read_into(Pipe& pipe, std::string& text);
  void write_input();

  Pipe in_, out_, err_;
  std::string input_;
  std::chrono::steady_clock::time_point deadline_;
  pid_t pid_ = -1;
  ChildResult result_;
};

/// Starts it and waits for its end.
[[nodiscard]] ChildResult run_child(const std::vector<std::string>& words, const ChildOptions& options = {});

}  // namespace gleaner::test
