// A plugin's library in this process: opened when its first component is used, and never closed.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "host/loader/checked.hpp"
#include "host/loader/descriptor.hpp"

namespace gleaner::host {

class PluginLibrary {
 public:
  explicit PluginLibrary(std::filesystem::path file) : file_(std::move(file)) {}
  PluginLibrary(const PluginLibrary&) = delete;
  PluginLibrary& operator=(const PluginLibrary&) = delete;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// Reads and checks the stamp, opens the library and reads its descriptor: the first time; afterwards the
  /// same answer, also where it was a reason. What it points at lives as long as this object. Any thread;
  /// others wait.
  [[nodiscard]] Checked<const std::vector<Described>*> open();

 private:
  std::filesystem::path file_;
  std::mutex opening_;
  std::optional<Checked<std::vector<Described>>> opened_;
};

}  // namespace gleaner::host
