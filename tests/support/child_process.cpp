#include "tests/support/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::test {
namespace {

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

void close_end(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

std::vector<std::string> environment_of(const ChildOptions& options) {
  std::map<std::string, std::string> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view line = *each;
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      variables[std::string(line.substr(0, equals))] = line.substr(equals + 1);
  }
  for (const auto& [name, value] : options.environment) {
    if (value) {
      variables[name] = *value;
    } else {
      variables.erase(name);
    }
  }
  std::vector<std::string> out;
  for (const auto& [name, value] : variables)
    out.push_back(name + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words)
    out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// What posix_spawn wants, freed again.
struct SpawnPlan {
  SpawnPlan() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
};

/// A process group of its own, so that its children can be killed with it, and signals as a fresh shell has
/// them.
void set_attributes(SpawnPlan& plan) {
  sigset_t defaults;
  sigset_t none;
  sigemptyset(&defaults);
  sigemptyset(&none);
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP})
    sigaddset(&defaults, signal);
  posix_spawnattr_setsigdefault(&plan.attributes, &defaults);
  posix_spawnattr_setsigmask(&plan.attributes, &none);
  posix_spawnattr_setpgroup(&plan.attributes, 0);
  posix_spawnattr_setflags(&plan.attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

void make_pipe(int& reading, int& writing) {
  std::array<int, 2> ends{};
  check(pipe2(ends.data(), O_CLOEXEC) == 0 ? 0 : errno, "pipe");
  reading = ends[0];
  writing = ends[1];
}

}  // namespace

Child::Child(const std::vector<std::string>& words, const ChildOptions& options)
    : input_(options.input), deadline_(std::chrono::steady_clock::now() + options.timeout) {
  open_pipes(options.terminal);
  start(words, options);
  for (Pipe* each : {&in_, &out_, &err_}) {
    close_end(each->theirs);
    fcntl(each->ours, F_SETFL, fcntl(each->ours, F_GETFL) | O_NONBLOCK);
  }
  write_input();
}

Child::~Child() {
  for (Pipe* each : {&in_, &out_, &err_}) {
    close_end(each->ours);
    close_end(each->theirs);
  }
  if (pid_ <= 0) return;
  kill(-pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Child::open_pipes(bool terminal) {
  make_pipe(in_.theirs, in_.ours);
  make_pipe(out_.ours, out_.theirs);
  if (!terminal) return make_pipe(err_.ours, err_.theirs);
  winsize size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  check(openpty(&err_.ours, &err_.theirs, nullptr, nullptr, &size) == 0 ? 0 : errno, "openpty");
  fcntl(err_.ours, F_SETFD, FD_CLOEXEC);
  fcntl(err_.theirs, F_SETFD, FD_CLOEXEC);
}

void Child::start(const std::vector<std::string>& words, const ChildOptions& options) {
  std::vector<std::string> argv = words;
  std::vector<std::string> environment = environment_of(options);
  SpawnPlan plan;
  set_attributes(plan);
  posix_spawn_file_actions_adddup2(&plan.files, in_.theirs, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&plan.files, out_.theirs, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&plan.files, err_.theirs, STDERR_FILENO);
  if (!options.folder.empty()) posix_spawn_file_actions_addchdir_np(&plan.files, options.folder.c_str());
  const int error = posix_spawnp(&pid_, argv.front().c_str(), &plan.files, &plan.attributes,
                                 pointers(argv).data(), pointers(environment).data());
  if (error != 0) pid_ = -1;
  check(error, argv.front().c_str());
}

void Child::send(int signal) const {
  kill(pid_, signal);
}

void Child::write_input() {
  while (!input_.empty() && in_.ours >= 0) {
    const ssize_t n = write(in_.ours, input_.data(), input_.size());
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) break;  // it does not want more
    input_.erase(0, static_cast<std::size_t>(n));
  }
  close_end(in_.ours);
}

void Child::read_into(Pipe& pipe, std::string& text) {
  std::array<char, 1 << 14> buffer{};
  for (;;) {
    const ssize_t n = read(pipe.ours, buffer.data(), buffer.size());
    if (n > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(n));
      continue;
    }
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    return close_end(pipe.ours);  // the end; a terminal says EIO
  }
}

bool Child::pump() {
  if (out_.ours < 0 && err_.ours < 0) return false;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  if (left.count() <= 0) {
    result_.timed_out = true;
    kill(-pid_, SIGKILL);
    return false;
  }
  std::array<pollfd, 3> watched{{{out_.ours, POLLIN, 0}, {err_.ours, POLLIN, 0}, {in_.ours, POLLOUT, 0}}};
  poll(watched.data(), watched.size(), static_cast<int>(left.count()));
  if (watched[0].revents != 0) read_into(out_, result_.out);
  if (watched[1].revents != 0) read_into(err_, result_.err);
  if (watched[2].revents != 0) write_input();
  return true;
}

bool Child::wait_for_error(std::string_view text) {
  while (result_.err.find(text) == std::string::npos)
    if (!pump()) return false;
  return true;
}

ChildResult Child::finish() {
  while (pump()) {
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (WIFEXITED(status)) result_.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
  return std::move(result_);
}

ChildResult run_child(const std::vector<std::string>& words, const ChildOptions& options) {
  Child child(words, options);
  return child.finish();
}

}  // namespace gleaner::test
