#include "host/cli/conformance/process_state.hpp"

#include <algorithm>
#include <cfenv>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace gleaner::host::cli::conformance {
namespace {

namespace fs = std::filesystem;

std::size_t threads_now() {
  std::error_code ignored;
  const auto tasks = fs::directory_iterator("/proc/self/task", ignored);
  return static_cast<std::size_t>(std::distance(fs::begin(tasks), fs::end(tasks)));
}

std::string handler_text(int signal) {
  struct sigaction action {};
  if (::sigaction(signal, nullptr, &action) != 0) return {};
  // Which of the two is meant goes by the flag; both are one address.
  const void* handler = (action.sa_flags & SA_SIGINFO) != 0
                            ? reinterpret_cast<const void*>(action.sa_sigaction)
                            : reinterpret_cast<const void*>(action.sa_handler);
  return fmt::format("{} {}", handler, action.sa_flags);
}

std::string blocked_signals() {
  sigset_t set{};
  ::sigprocmask(SIG_BLOCK, nullptr, &set);
  std::string out;
  for (int signal = 1; signal < 32; ++signal)
    if (::sigismember(&set, signal) == 1) out += fmt::format(" {}", signal);
  return out;
}

/// "a" for what only the first has, and so on; both sorted.
std::vector<std::string> missing_in(const std::vector<std::string>& all, const std::vector<std::string>& in) {
  std::vector<std::string> out;
  std::set_difference(all.begin(), all.end(), in.begin(), in.end(), std::back_inserter(out));
  return out;
}

std::string name_of(const std::string& variable) {
  return variable.substr(0, variable.find('='));
}

}  // namespace

std::size_t threads_settled(std::size_t expected) {
  std::size_t now = threads_now();
  for (int i = 0; now > expected && i < 50; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    now = threads_now();
  }
  return now;
}

std::vector<std::string> open_files() {
  std::vector<std::string> out;
  std::error_code failed;
  for (fs::directory_iterator at("/proc/self/fd", failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code gone;
    const fs::path target = fs::read_symlink(at->path(), gone);
    const std::string where = target.string();
    if (gone || where.ends_with("/fd")) continue;  // the folder we are reading
    out.push_back(fmt::format("{} ({})", at->path().filename().string(), where));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string written_to(int descriptor) {
  std::cout.flush();
  std::fflush(nullptr);
  std::string out;
  char buffer[4096];
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(descriptor, buffer, sizeof buffer, at);
    if (got <= 0) return out;
    out.append(buffer, static_cast<std::size_t>(got));
    at += got;
  }
}

ProcessState ProcessState::now() {
  ProcessState out;
  std::error_code gone;
  out.folder = fs::current_path(gone).string();
  const char* locale = std::setlocale(LC_ALL, nullptr);
  out.locale = locale == nullptr ? "" : locale;
  for (int signal = 1; signal < 32; ++signal)
    out.signals[signal] = handler_text(signal);
  out.blocked = blocked_signals();
  const mode_t mask = ::umask(0);
  ::umask(mask);
  out.umask = mask;
  out.rounding = std::fegetround();
  for (char** at = environ; at != nullptr && *at != nullptr; ++at)
    out.environment.emplace_back(*at);
  std::sort(out.environment.begin(), out.environment.end());
  out.open_files = conformance::open_files();
  out.threads = threads_now();
  return out;
}

std::vector<std::string> ProcessState::changes(const ProcessState& later) const {
  std::vector<std::string> out;
  if (folder != later.folder)
    out.push_back(fmt::format("the working folder was {} and is {}", folder, later.folder));
  if (locale != later.locale) out.push_back(fmt::format("the locale was {} and is {}", locale, later.locale));
  for (const auto& [signal, handler] : signals)
    if (later.signals.at(signal) != handler)
      out.push_back(fmt::format("signal {} ({}) is handled otherwise", signal, ::strsignal(signal)));
  if (blocked != later.blocked) out.emplace_back("other signals are blocked");
  if (umask != later.umask)
    out.push_back(fmt::format("the umask was {:03o} and is {:03o}", umask, later.umask));
  if (rounding != later.rounding) out.emplace_back("floating-point numbers are rounded otherwise");
  for (const auto& variable : missing_in(later.environment, environment))
    out.push_back(fmt::format("the environment variable {} was set", name_of(variable)));
  for (const auto& variable : missing_in(environment, later.environment))
    out.push_back(fmt::format("the environment variable {} was taken out or changed", name_of(variable)));
  for (const auto& file : missing_in(later.open_files, open_files))
    out.push_back(fmt::format("the descriptor {} was left open", file));
  for (const auto& file : missing_in(open_files, later.open_files))
    out.push_back(fmt::format("the descriptor {} was closed", file));
  const std::size_t left = threads_settled(threads);
  if (left > threads) out.push_back(fmt::format("{} threads were left running", left - threads));
  return out;
}

}  // namespace gleaner::host::cli::conformance
