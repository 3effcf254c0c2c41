#include "host/cli/progress.hpp"

#include <fmt/format.h>

#include "host/cli/layout.hpp"
#include "host/cli/terminal.hpp"

namespace gleaner::host::cli {
namespace {

constexpr std::chrono::milliseconds shortest{100};

/// What a plugin says must not move the cursor.
std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

}  // namespace

std::string progress_text(const Progress& progress) {
  std::string out = one_line(progress.component);
  if (!progress.what.empty()) out += fmt::format(": {}", one_line(progress.what));
  if (progress.total > 0) {
    out += fmt::format(" {} of {}", progress.done, progress.total);
  } else if (progress.done > 0) {
    out += fmt::format(" {}", progress.done);
  }
  return out;
}

void ProgressLine::show(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (now < next_) return;
  next_ = now + shortest;
  say(fmt::format("\r\033[K{}", cut(progress_text(progress), width_ - 1)));
  drawn_ = true;
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  erase();
}

void ProgressLine::aside(std::string_view line) {
  const std::lock_guard lock(mutex_);
  erase();
  say(fmt::format("{}\n", line));
}

void ProgressLine::erase() {
  if (drawn_) say("\r\033[K");
  drawn_ = false;
}

}  // namespace gleaner::host::cli
