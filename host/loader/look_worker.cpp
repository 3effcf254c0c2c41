#include "host/loader/look_worker.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/loader/byte_stream.hpp"
#include "host/loader/descriptor.hpp"
#include "host/loader/info_bytes.hpp"
#include "host/loader/library.hpp"

namespace gleaner::host {
namespace {

constexpr int worker_pipe = 3;  // the first behind the standard streams

/// How often a process that says nothing is asked whether it is still there: a grandchild of a plugin's may
/// hold the pipe open.
constexpr std::chrono::milliseconds look_pulse{20};

void set_signals() {
  struct sigaction action {};
  sigemptyset(&action.sa_mask);
  // Handlers of the host's (or a sanitizer's) would report a crash as their own.
  action.sa_handler = SIG_DFL;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPIPE, SIGCHLD})
    sigaction(signal, &action, nullptr);
  // The host decides what an interruption means, and kills the worker.
  action.sa_handler = SIG_IGN;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP})
    sigaction(signal, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Standard streams that lead nowhere, the pipe, and nothing else of the host's.
void set_descriptors(int pipe) {
  if (pipe != worker_pipe) dup3(pipe, worker_pipe, O_CLOEXEC);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    nowhere >= 0 ? dup2(nowhere, stream) : close(stream);
  close_range(worker_pipe + 1, ~0U, 0);
}

/// exit() of a plugin must not run what the host registered for its own end.
void leave_at_once(int status, void* /*unused*/) {
  _exit(status);
}

bool write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(to, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Finding look(const Candidate& candidate) {
  const auto plugin = open_library(candidate.file);
  if (!plugin) return Reason{plugin.reason()};
  const auto described = describe(**plugin, candidate.stamp, candidate.file);
  if (!described) return Reason{described.reason()};
  std::vector<ComponentInfo> components;
  for (const Described& each : *described)
    components.push_back(each.info);
  return components;
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

std::string frame_bytes(const Finding& finding) {
  ByteWriter writer;
  const auto* reason = std::get_if<Reason>(&finding);
  bool is_reason = reason != nullptr;
  writer(is_reason);
  writer.text(is_reason ? reason->text : to_bytes(std::get<std::vector<ComponentInfo>>(finding)));
  return std::move(writer).take();
}

std::optional<Finding> finding_from(std::string_view bytes) {
  ByteReader reader(bytes);
  bool is_reason = false;
  reader(is_reason);
  const std::string_view text = reader.text();
  if (!reader.complete()) return std::nullopt;
  if (is_reason) return Reason{std::string(text)};
  auto components = components_from(text);
  if (!components) return std::nullopt;
  return std::move(*components);
}

void work(int pipe, std::span<const Candidate> files, std::size_t first) noexcept {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);  // so that it can be killed with its children
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  set_signals();
  set_descriptors(pipe);
  on_exit(&leave_at_once, nullptr);
  for (std::size_t i = first; i < files.size(); ++i) {
    const std::string bytes = frame_bytes(look(files[i]));
    const FrameHead head{i, bytes.size()};
    const bool written = write_all(worker_pipe, {reinterpret_cast<const char*>(&head), sizeof head}) &&
                         write_all(worker_pipe, bytes);
    if (!written) break;
  }
  _exit(0);
}

LookWorker::LookWorker(std::span<const Candidate> files, std::size_t first) {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) fail("no pipe can be made");
  process_ = fork();
  if (process_ == 0) work(ends[1], files, first);
  const int error = errno;
  close(ends[1]);
  pipe_ = ends[0];
  if (process_ < 0) {
    close(pipe_);
    errno = error;
    fail("no process can be started");
  }
}

LookWorker::~LookWorker() {
  kill_it();
  close(pipe_);
}

void LookWorker::kill_it() {
  if (process_ < 0) return;
  // Both: it may not have come to make its group.
  kill(-process_, SIGKILL);
  kill(process_, SIGKILL);
  while (waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
}

bool LookWorker::has_ended() {
  if (process_ < 0) return true;
  siginfo_t about{};
  // Not reaped at once: as long as it is there, its group's number is nobody else's.
  if (waitid(P_PID, static_cast<id_t>(process_), &about, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      about.si_pid == 0)
    return false;
  kill_it();  // children it may have left; it keeps the status it ended with
  return true;
}

bool LookWorker::fill(Time until) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  pollfd watched{pipe_, POLLIN, 0};
  if (poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(0, left.count()))) <= 0) return true;
  char buffer[1 << 16];
  const ssize_t n = read(pipe_, buffer, sizeof buffer);
  if (n > 0) received_.append(buffer, static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && errno == EINTR);
}

bool LookWorker::has_frame(std::size_t file) {
  FrameHead head;
  if (received_.size() < sizeof head) return false;
  std::memcpy(&head, received_.data(), sizeof head);
  garbled_ = head.file != file || head.size > largest_frame;
  if (garbled_) return true;
  if (received_.size() - sizeof head < head.size) return false;
  found_ = finding_from(std::string_view(received_).substr(sizeof head, head.size));
  received_.erase(0, sizeof head + head.size);
  garbled_ = !found_;
  return true;
}

LookWorker::State LookWorker::wait_for(std::size_t file, Time deadline) {
  bool open = true;
  while (!has_frame(file)) {
    const bool late = std::chrono::steady_clock::now() >= deadline;
    const bool gone = has_ended();
    if (open) {
      const auto pulse = std::chrono::steady_clock::now() + (gone ? look_pulse * 0 : look_pulse);
      const std::size_t before = received_.size();
      open = fill(std::min(pulse, std::max(deadline, std::chrono::steady_clock::now())));
      if (received_.size() > before) continue;  // what was said in time counts
    }
    if (gone) return State::ended;
    if (late) {
      kill_it();
      return State::hung;
    }
    if (!open) poll(nullptr, 0, 1);  // it closed the pipe: it is ending, or hangs
  }
  if (!garbled_) return State::answered;
  kill_it();
  return State::garbled;
}

Finding LookWorker::take() {
  return *std::exchange(found_, std::nullopt);
}

}  // namespace gleaner::host
