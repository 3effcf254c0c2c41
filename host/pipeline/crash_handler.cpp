#include "host/pipeline/crash_handler.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "host/pipeline/crash_streams.hpp"
#include "host/pipeline/run.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define GLEANER_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define GLEANER_SANITIZED 1
#endif
#endif
#ifndef GLEANER_SANITIZED
#define GLEANER_SANITIZED 0
#endif

namespace gleaner::host {
namespace {

constexpr bool is_sanitized = GLEANER_SANITIZED == 1;

constexpr std::array watched_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

// A signal handler can reach nothing but what is static.
constinit std::atomic<CrashStake> stake_now{CrashStake::nothing};
constinit std::atomic<pid_t> watched_process{0};
constinit std::atomic<bool> is_forked{false};
constinit std::atomic<bool> is_leaving{false};
constinit std::atomic_flag is_speaking;  // one thread speaks, and the process dies of it
constinit CrashLine last_words;          // of the thread that speaks
constinit std::atomic<bool> has_spoken{false};

void write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A second thread that dies waits for the first to finish its sentence, but not for ever: the first may
/// hang.
void wait_for_the_speaker() {
  const timespec pause{0, 10'000'000};
  for (int i = 0; i < 200 && !has_spoken.load(); ++i)
    ::nanosleep(&pause, nullptr);
}

void speak(std::string_view what) {
  if (is_speaking.test_and_set()) return wait_for_the_speaker();
  tell_crash(last_words, what, stake_now.load(std::memory_order_relaxed));
  write_all(last_words.finish());
  has_spoken.store(true);
}

bool is_near_the_stack_pointer(const siginfo_t& info, const void* context) {
#if defined(__x86_64__)
  const auto sp =
      static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RSP]);
#elif defined(__aarch64__)
  const auto sp = static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.sp);
#else
  const std::uintptr_t sp = 0;
  static_cast<void>(context);
#endif
  constexpr std::uintptr_t near = std::uintptr_t{64} << 10;  // a frame that does not fit may be large
  const auto at = reinterpret_cast<std::uintptr_t>(info.si_addr);
  return sp != 0 && (at > sp ? at - sp : sp - at) < near;
}

std::string_view crash_words(int signal, const siginfo_t& info, const void* context) {
  switch (signal) {
    case SIGSEGV:
      return is_near_the_stack_pointer(info, context) ? "crashed with SIGSEGV (its stack overflowed)"
                                                      : "crashed with SIGSEGV";
    case SIGBUS:
      return "crashed with SIGBUS";
    case SIGFPE:
      return "crashed with SIGFPE";
    case SIGILL:
      return "crashed with SIGILL";
    default:
      return "crashed with SIGABRT (an abort(), or an exception that nobody caught)";
  }
}

void say_sent(int signal, pid_t by) {
  CrashLine line;
  line << "gleaner: error: gleaner was sent signal " << static_cast<std::uint64_t>(signal) << " by process "
       << static_cast<std::uint64_t>(by) << ".";
  write_all(line.finish());
}

extern "C" void tell_of_signal(int signal, siginfo_t* info, void* context) {
  const int error = errno;
  // Not raised by the machine: abort(), raise() and kill().
  const bool was_sent = info->si_code <= 0;
  const pid_t self = ::getpid();
  if (self == watched_process.load(std::memory_order_relaxed)) {
    if (was_sent && info->si_pid != self && info->si_pid != 0)
      say_sent(signal, info->si_pid);
    else
      speak(crash_words(signal, *info, context));
  }
  struct sigaction fatal {};
  fatal.sa_handler = SIG_DFL;
  ::sigaction(signal, &fatal, nullptr);
  errno = error;
  // Else the instruction is run again, and ends the process with its own address in the core.
  if (was_sent) ::raise(signal);
}

[[noreturn]] void end_at_once(int exit) {
  for (;;)
    ::syscall(SYS_exit_group, exit);
}

bool nobody_is_told() {
  return is_leaving.load() || ::getpid() != watched_process.load();
}

bool is_a_plugin_at_work() {
  const CrashSite* here = crash_site_here();
  if (here != nullptr && here->label.load() != nullptr) return true;
  const auto& sites = crash_sites();
  return std::any_of(sites.begin(), sites.end(),
                     [](const CrashSite& site) { return site.label.load() != nullptr; });
}

void tell_of_exit() {
  if (nobody_is_told()) return;
  std::fflush(stdout);
  speak("ended the process by calling exit()");
  end_at_once(exit_no_digest);
}

void watch_signal(int signal) {
  struct sigaction action {};
  if (::sigaction(signal, nullptr, &action) != 0) return;
  if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != SIG_DFL) return;
  action = {};
  action.sa_sigaction = tell_of_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  ::sigfillset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void watch_crashes() {
  if (watched_process.exchange(::getpid()) == ::getpid()) return;
  keep_streams();
  give_crash_stacks();
  for (const int signal : watched_signals)
    watch_signal(signal);
  watch_exit();
  ::pthread_atfork(nullptr, nullptr, [] { is_forked.store(true); });
}

void watch_exit() {
  if (watched_process.load() == 0) return;
  std::atexit(tell_of_exit);
  std::at_quick_exit(tell_of_exit);
}

void set_crash_stake(CrashStake stake) {
  stake_now.store(stake, std::memory_order_relaxed);
}

void leave(int exit) {
  is_leaving.store(true);
  std::fflush(stdout);
  std::fflush(stderr);
  if (is_sanitized) std::exit(exit);
  end_at_once(exit);
}

bool is_forked_copy() {
  return is_forked.load(std::memory_order_relaxed);
}

void end_forked_copy() {
  CrashLine line;
  const CrashSite* here = crash_site_here();
  const CrashLabel* label = here != nullptr ? here->label.load() : nullptr;
  line << "gleaner: warning: ";
  line << (label != nullptr ? std::string_view(label->who) : std::string_view("a plugin"))
       << " made a copy of the process by fork() and came back in it; the copy was ended.";
  write_all(line.finish());
  end_at_once(exit_no_digest);
}

}  // namespace gleaner::host

#if !GLEANER_SANITIZED
// The program's own stands before the C library's wherever a plugin calls it: a process that ends without a
// word, and with 0, would pass for a good day. Nothing is flushed here, as there.
extern "C" {
[[gnu::visibility("default")]] void _exit(int code) {
  using namespace gleaner::host;
  if (nobody_is_told() || !is_a_plugin_at_work()) end_at_once(code);
  speak("ended the process by calling _exit()");
  end_at_once(exit_no_digest);
}
[[gnu::visibility("default")]] void _Exit(int code) noexcept {
  ::_exit(code);
}
}
#endif
