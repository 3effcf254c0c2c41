// The one line of a terminal that says how far a run is.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {

/// Any thread. Draws on standard error, at most ten times a second, and clears the line when it goes.
class ProgressLine {
 public:
  explicit ProgressLine(std::size_t width) : width_(width) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Progress& progress);
  void clear();
  /// A line that stays, such as a warning; the progress comes back with the next show().
  void aside(std::string_view line);

 private:
  void erase();

  std::size_t width_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point next_{};
  bool drawn_ = false;
};

/// "arxiv: fetching 120 of 526"
[[nodiscard]] std::string progress_text(const Progress& progress);

}  // namespace gleaner::host::cli
