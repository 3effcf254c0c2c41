#include "host/pipeline/crash_streams.hpp"

#include <array>
#include <atomic>

#include <fcntl.h>
#include <unistd.h>

#include "host/pipeline/crash_scene.hpp"
#include "host/pipeline/crash_text.hpp"

namespace gleaner::host {
namespace {

struct Stream {
  int number;
  std::string_view name;
  std::atomic<int> copy;  ///< another descriptor of the same; -1: it was closed from the start, and stays so
};

constinit std::array<Stream, 2> streams{Stream{STDOUT_FILENO, "standard output", -1},
                                        Stream{STDERR_FILENO, "standard error", -1}};
constinit std::atomic<bool> are_kept{false};

bool is_open(int descriptor) {
  return ::fcntl(descriptor, F_GETFD) >= 0;
}

/// False when it goes nowhere now.
bool reopen(const Stream& stream) {
  if (::dup2(stream.copy.load(), stream.number) == stream.number) return true;
  const int nowhere = ::open("/dev/null", O_RDWR);  // the lowest free number, which may be the one
  if (nowhere >= 0 && nowhere != stream.number) {
    ::dup2(nowhere, stream.number);
    ::close(nowhere);
  }
  return false;
}

void tell(const Stream& stream) {
  const CrashSite* here = crash_site_here();
  const CrashLabel* label = here != nullptr ? here->label.load() : nullptr;
  CrashLine line;
  line << "gleaner: warning: " << (label != nullptr ? std::string_view(label->who) : "a plugin") << " closed "
       << stream.name << "; it was opened again.";
  const auto words = line.finish();
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, words.data(), words.size());
}

}  // namespace

void keep_streams() {
  for (auto& stream : streams)
    if (stream.copy.load() < 0) stream.copy = ::fcntl(stream.number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  are_kept = true;
}

void restore_streams() {
  if (!are_kept.load(std::memory_order_relaxed)) return;
  for (const auto& stream : streams)
    if (stream.copy.load() >= 0 && !is_open(stream.number) && reopen(stream)) tell(stream);
}

}  // namespace gleaner::host
