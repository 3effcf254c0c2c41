#include "host/cli/terminal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace gleaner::host::cli {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void say(std::string_view text) {
  std::fflush(stdout);  // on a terminal both streams meet: keep their order
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool finish_output() {
  const bool failed_before = std::ferror(stdout) != 0;
  if (std::fflush(stdout) == 0 && !failed_before) return true;
  say(fmt::format("gleaner: standard output could not be written: {}.\n", std::strerror(errno)));
  return false;
}

bool output_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}

bool errors_can_redraw() {
  const char* term = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

std::size_t text_width() {
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
      return std::clamp<std::size_t>(size.ws_col, 40, 100);
  }
  return 80;
}

}  // namespace gleaner::host::cli
