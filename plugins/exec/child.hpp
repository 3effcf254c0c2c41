// SPDX-License-Identifier: Apache-2.0
// A process with a pipe to its standard input and pipes from its standard output and error, moved along by
// one thread. It leads a process group of its own, so that what it starts ends with it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "plugins/exec/sentences.hpp"

namespace gleaner::exec {

struct ChildCommand {
  std::string program;                   ///< its file
  std::vector<std::string> words;        ///< argv, the first one its name
  std::vector<std::string> environment;  ///< "NAME=value"
  std::string folder;                    ///< where it runs
};

/// A file descriptor that is closed at its end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  void close();

 private:
  int release();
  int fd_ = -1;
};

/// One thread at a time, which need not be the one that made it.
class Child {
 public:
  /// Starts it. Throws std::system_error when that cannot be done.
  explicit Child(const ChildCommand& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Kills what is left of its process group.
  ~Child();

  /// Puts bytes into the queue of its standard input. What it does not read any more is dropped.
  void send(std::string_view bytes);
  [[nodiscard]] std::size_t unsent() const { return queue_.size() - sent_; }
  /// Its standard input ends when the queue is empty.
  void end_input();
  /// Forgets what has not been sent, but for the rest of a line that has begun.
  void forget_unsent();
  /// It closed its standard input.
  [[nodiscard]] bool is_deaf() const { return deaf_; }
  /// And something was in the queue then.
  [[nodiscard]] bool has_lost() const { return lost_; }

  /// Moves what can be moved, waiting `most` at most for something to move. True when something moved.
  bool pump(std::chrono::milliseconds most);
  /// What it wrote since; the caller takes it out. At most 64 KiB a pump() each.
  std::string output;
  std::string errors;
  /// Nothing more will come from its standard output: closed, or it ended and has been silent since.
  [[nodiscard]] bool output_ended() const { return output_ended_; }

  /// How it ended, once it has.
  [[nodiscard]] const std::optional<Ending>& ending() const { return ending_; }
  /// Waits for its end, at most so long, and keeps its pipes moving. Output is thrown away.
  void wait(std::chrono::milliseconds most);
  /// Ends it: its standard input ends, `grace` later comes SIGTERM and half a second after that SIGKILL. True
  /// when it went by itself. What it started and left behind is killed in any case.
  bool stop(std::chrono::milliseconds grace);

 private:
  void start(const ChildCommand& command);
  void read_into(Descriptor& from, std::string& to);
  void write_queue();
  void look_for_end();
  void signal(int number) const;
  void reap();

  pid_t pid_ = -1;
  Descriptor in_, out_, err_;
  std::string queue_;
  std::size_t sent_ = 0;
  bool input_ends_ = false;
  bool deaf_ = false;
  bool lost_ = false;
  bool output_ended_ = false;
  bool moved_ = false;
  bool reaped_ = false;
  std::optional<Ending> ending_;
  std::chrono::steady_clock::time_point quiet_since_{};
};

}  // namespace gleaner::exec
