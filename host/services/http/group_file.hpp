// The file through which all processes of one user share the limits of one group.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::host::http {

/// An open file descriptor, closed with its owner. -1: none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) noexcept : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

/// Holds the time of the group's last start, and locks on single bytes: byte 0 for reading and writing that
/// time, byte n + 1 for the n-th request in flight. The locks are open file description locks (fcntl(2)):
/// they never wait here, exclude every other GroupFile in this and other processes, and vanish with a process
/// that is killed. One thread at a time.
class GroupFile {
 public:
  /// Creates the file when it is missing. Throws std::system_error.
  GroupFile(const std::filesystem::path& directory, std::string_view group);

  [[nodiscard]] bool try_lock_time() { return try_lock(0); }
  void unlock_time() { unlock(0); }
  [[nodiscard]] bool try_lock_slot(unsigned slot) { return try_lock(1 + static_cast<long>(slot)); }
  void unlock_slot(unsigned slot) { unlock(1 + static_cast<long>(slot)); }

  /// How long ago the last request of the group began, by a clock that all processes share and that runs
  /// while the machine sleeps. Nothing when there was none since the machine started, or the file is not one
  /// of ours.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> since_last_start() const;

  /// A request begins now. Errors are passed over: the spacing inside this process holds anyway.
  void note_start();

 private:
  bool try_lock(long byte);
  void unlock(long byte);

  FileDescriptor file_;
  std::string boot_;  ///< tells one start of the machine from another
};

/// The name of a group's file: its bytes that are not letters, digits, '-', '_' or '.' as %XX, and ".lock".
[[nodiscard]] std::string group_file_name(std::string_view group);

}  // namespace gleaner::host::http
