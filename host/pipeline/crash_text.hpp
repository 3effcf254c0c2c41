// What a dying process says of itself, put together without memory, locks or locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <gleaner/abi.h>

#include "host/pipeline/crash_scene.hpp"

namespace gleaner::host {

/// A line of fixed room. What does not fit is cut; control characters become spaces. Async-signal-safe.
class CrashLine {
 public:
  CrashLine& operator<<(std::string_view text);
  CrashLine& operator<<(std::uint64_t number);
  /// With a line break at its end.
  [[nodiscard]] std::string_view finish();
  void clear() { used_ = 0; }

 private:
  static constexpr std::size_t room = 8000;
  char bytes_[room + 1] = {};
  std::size_t used_ = 0;
};

/// What is at stake when the process ends now.
enum class CrashStake {
  nothing,    ///< nothing was to be written: lint, check
  unwritten,  ///< a digest, none of whose outputs is written yet
  written,    ///< a digest with some outputs written, or all
};

/// "2505.00001 to 2505.00256", read without trusting the plugin to have left them whole. Nothing where they
/// cannot be read.
struct CrashPapers {
  char first[128] = {};
  char last[128] = {};
  std::uint64_t count = 0;
};
[[nodiscard]] CrashPapers crash_papers(const gleaner_paper* const* papers, std::uint64_t count);

/// `what` happened, as "crashed with SIGSEGV", in the plugin where this thread is; in one of those other
/// threads are in; or in none. Async-signal-safe.
void tell_crash(CrashLine& line, std::string_view what, CrashStake stake);

}  // namespace gleaner::host
