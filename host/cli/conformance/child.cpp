#include "host/cli/conformance/child.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::host::cli::conformance {
namespace {

constexpr int high_descriptor = 200;  // out of the way of what a plugin opens or closes by number
[[maybe_unused]] constexpr rlim_t most_memory = rlim_t{8} << 30U;

[[noreturn]] void give_up(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(descriptor, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

void redirect(int stream, const std::filesystem::path& to, int flags) {
  const int file = ::open(to.c_str(), flags, 0600);
  if (file < 0) return;
  ::dup2(file, stream);
  ::close(file);
}

void limit(int resource, rlim_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return;
  now.rlim_cur = std::min(most, now.rlim_max);
  ::setrlimit(static_cast<__rlimit_resource>(resource), &now);
}

/// A plugin's crash is a result, not a file; and a plugin that asks for all memory gets an error instead.
void limit_resources() {
  limit(RLIMIT_CORE, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, most_memory);
#endif
}

}  // namespace

ChildProcess::ChildProcess(const std::filesystem::path& folder, const std::function<void(const Say&)>& act)
    : folder_(folder), begin_(std::chrono::steady_clock::now()) {
  std::filesystem::create_directories(folder / "work");
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) give_up("a pipe for a test");
  std::fflush(nullptr);  // what waits in stdio's buffers is not to be written twice
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) {
    ::close(ends[0]);
    ::close(ends[1]);
    give_up("a process for a test");
  }
  if (pid_ == 0) {
    ::close(ends[0]);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);  // it went away meanwhile
    run(ends[1], act);
  }
  ::setpgid(pid_, pid_);  // both do it, so that neither has to wait for the other
  ::close(ends[1]);
  pipe_ = ends[0];
  ::fcntl(pipe_, F_SETFL, O_NONBLOCK);
}

void ChildProcess::run(int pipe, const std::function<void(const Say&)>& act) const {
  ::setpgid(0, 0);
  for (const int signal :
       {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGCHLD})
    ::signal(signal, SIG_DFL);
  const int high = ::fcntl(pipe, F_DUPFD_CLOEXEC, high_descriptor);
  if (high >= 0) ::close(std::exchange(pipe, high));
  limit_resources();
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDOUT_FILENO, folder_ / "stdout", O_RDWR | O_CREAT | O_TRUNC);
  redirect(STDERR_FILENO, folder_ / "stderr", O_RDWR | O_CREAT | O_TRUNC);
  if (::chdir((folder_ / "work").c_str()) != 0) ::_exit(1);
  act([pipe](char what, std::string_view text) {
    std::string line(1, what);
    for (const char c : text)
      line += c == '\n' || c == '\r' ? ' ' : c;
    write_all(pipe, line + "\n");
  });
  ::_exit(0);
}

ChildProcess::~ChildProcess() {
  if (!ended_) {
    kill();
    ::waitpid(pid_, &status_, 0);
  } else {
    kill();  // what it has started and left
  }
  if (pipe_ >= 0) ::close(pipe_);
}

void ChildProcess::kill() {
  ::kill(-pid_, SIGKILL);
  if (!ended_) ::kill(pid_, SIGKILL);
}

void ChildProcess::read_pipe() {
  char buffer[4096];
  while (open_) {
    const ssize_t got = ::read(pipe_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return;  // nothing there now
    if (got == 0) open_ = false;
    pending_.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
      if (end > 0) said_.push_back({pending_[0], pending_.substr(1, end - 1)});
      pending_.erase(0, end + 1);
    }
  }
}

bool ChildProcess::pump() {
  read_pipe();
  if (!ended_ && ::waitpid(pid_, &status_, WNOHANG) == pid_) {
    ended_ = true;
    read_pipe();  // what came between the two; a child of its own may hold the pipe open
  }
  return !ended_;
}

const Said* ChildProcess::last(char what) const {
  const auto found =
      std::find_if(said_.rbegin(), said_.rend(), [&](const Said& one) { return one.what == what; });
  return found == said_.rend() ? nullptr : &*found;
}

std::string ChildProcess::ending() const {
  if (WIFSIGNALED(status_))
    return fmt::format("it died of signal {} ({})", WTERMSIG(status_), ::strsignal(WTERMSIG(status_)));
  if (WIFEXITED(status_) && WEXITSTATUS(status_) != 0)
    return fmt::format("it ended the process with exit code {}", WEXITSTATUS(status_));
  return {};
}

std::string ChildProcess::last_error_line() const {
  std::ifstream file(folder_ / "stderr");
  std::string last;
  for (std::string line; std::getline(file, line);)
    if (!line.empty()) last = line;
  return last;
}

std::chrono::milliseconds ChildProcess::age() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin_);
}

}  // namespace gleaner::host::cli::conformance
