#include "host/cli/signals.hpp"

#include <csignal>
#include <cstdint>
#include <ctime>

#include <sys/syscall.h>
#include <unistd.h>

namespace gleaner::host::cli {
namespace {

// A signal handler can reach nothing but what is static; these are the program's only globals.
std::atomic<bool> interrupted{false};
std::atomic<std::int64_t> first_ms{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a lock in a signal handler may wait for ever");

// timeout(1) and shells signal the process and then its group: what comes so soon was meant as one.
constexpr std::int64_t same_ms = 1000;

constexpr int exit_code_interrupted = 130;  // as that of a run that stops by itself

/// clock_gettime is among the functions of signal-safety(7); std::chrono is not.
std::int64_t now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

/// Only functions of signal-safety(7).
extern "C" void note_signal(int /*signal*/) {
  if (!interrupted.load(std::memory_order_relaxed)) {
    first_ms.store(now_ms(), std::memory_order_relaxed);
    interrupted.store(true, std::memory_order_relaxed);
    return;
  }
  if (now_ms() - first_ms.load(std::memory_order_relaxed) < same_ms) return;
  // The call itself: _exit() of a sanitizer would look for what is left first.
  syscall(SYS_exit_group, exit_code_interrupted);
}

/// A signal that was ignored when the program started (nohup, a background job of a script) stays so.
void watch(int signal) {
  struct sigaction before {};
  if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;  // reads and writes go on; whoever waits asks the flag
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(signal, &action, nullptr);
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  watch(SIGINT);
  watch(SIGTERM);
  return interrupted;
}

}  // namespace gleaner::host::cli
