#include "host/cli/signals.hpp"

#include <csignal>

namespace gleaner::host::cli {
namespace {

// A signal handler can reach nothing but what is static; this is the program's one global.
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a lock in a signal handler may wait for ever");

/// Only functions of signal-safety(7).
extern "C" void note_signal(int) {
  interrupted.store(true, std::memory_order_relaxed);
  struct sigaction kill {};
  kill.sa_handler = SIG_DFL;
  sigaction(SIGINT, &kill, nullptr);
  sigaction(SIGTERM, &kill, nullptr);
}

/// A signal that was ignored when the program started (nohup, a background job of a script) stays so.
void watch(int signal) {
  struct sigaction before {};
  if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;  // reads and writes go on; whoever waits asks the flag
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  watch(SIGINT);
  watch(SIGTERM);
  return interrupted;
}

}  // namespace gleaner::host::cli
