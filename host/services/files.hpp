// Files a run writes: made beside their place and renamed into it, so that nobody ever sees half of one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::host {

/// Any thread; one handle from one thread at a time. Problems are sentences that name the file.
class Files {
 public:
  Files() = default;
  ~Files();
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  /// Begins a file ("-": standard output). Missing folders are made; a device or pipe is written as it is. 0
  /// when it cannot; `problem` then says why.
  [[nodiscard]] std::uint64_t open(const std::filesystem::path& path, std::string& problem);
  [[nodiscard]] bool write(std::uint64_t handle, std::string_view bytes, std::string& problem);
  /// Flushes to the disk, renames into place. The handle is gone in any case, and on failure the temporary
  /// file as well.
  [[nodiscard]] bool commit(std::uint64_t handle, std::string& problem);
  void abandon(std::uint64_t handle);

  /// Paths committed so far, in order; "-" for standard output.
  [[nodiscard]] std::vector<std::string> written() const;

 private:
  struct Open {
    int descriptor = -1;
    std::filesystem::path path;
    std::filesystem::path temporary;  // empty: standard output or a device
    std::string buffer;
  };
  [[nodiscard]] Open* find(std::uint64_t handle);
  [[nodiscard]] std::uint64_t keep(Open file);
  [[nodiscard]] std::uint64_t open_device(Open file, std::string& problem);
  /// The sentence for a write that has just failed with `errno`.
  [[nodiscard]] static std::string write_problem(const Open& file);
  static bool flush(Open& file, std::string& problem);
  static void discard(Open& file);

  mutable std::mutex mutex_;
  std::map<std::uint64_t, Open> open_;
  std::uint64_t next_ = 1;
  std::vector<std::string> written_;
};

}  // namespace gleaner::host
