// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::exec {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kBlock = std::size_t{64} << 10;  // bytes read at once; a Linux pipe holds as many
constexpr milliseconds kQuiet{200};  // after its end: somebody else may hold the pipe, and be silent
constexpr milliseconds kBeforeKill{500};

std::system_error system_problem(int number) {
  return {number, std::generic_category()};
}

struct Pipe {
  Descriptor read, write;
};

// Above the three standard ones, which the host may have closed: dup2 in the child then cannot hit them.
Descriptor raised(int fd) {
  if (fd > 2) return Descriptor(fd);
  const int higher = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  const int problem = errno;
  ::close(fd);
  if (higher < 0) throw system_problem(problem);
  return Descriptor(higher);
}

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_problem(errno);
  Pipe out;
  out.write = Descriptor(ends[1]);  // owned before raised() may throw
  out.read = raised(ends[0]);
  if (ends[1] <= 2) {
    Descriptor low = std::move(out.write);
    const int higher = ::fcntl(low.get(), F_DUPFD_CLOEXEC, 3);
    if (higher < 0) throw system_problem(errno);
    out.write = Descriptor(higher);
  }
  return out;
}

void make_nonblocking(const Descriptor& end) {
  ::fcntl(end.get(), F_SETFL, ::fcntl(end.get(), F_GETFL) | O_NONBLOCK);
}

// A child that stopped reading must not end the host: write() raises SIGPIPE in this thread, where it is held
// back and taken away (signal(7); a pipe has no MSG_NOSIGNAL).
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;
  ~NoBrokenPipe() {
    const timespec now{};
    if (!was_pending_) {
      while (sigtimedwait(&pipe_, nullptr, &now) == -1 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  for (const std::string& word : words)
    out.push_back(const_cast<char*>(word.c_str()));  // exec(3) takes them so and leaves them alone
  out.push_back(nullptr);
  return out;
}

// What posix_spawn is told. Destroyed whatever happens.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  // A group of its own, and signals as a shell would give them: the host's masks and handlers are its own.
  void set_signals() {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
};

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = other.release();
  }
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

int Descriptor::release() {
  return std::exchange(fd_, -1);
}

Child::Child(const ChildCommand& command) {
  start(command);
}

Child::~Child() {
  signal(SIGKILL);
  reap();
}

void Child::start(const ChildCommand& command) {
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  SpawnPlan plan;
  plan.set_signals();
  posix_spawn_file_actions_addchdir_np(&plan.actions, command.folder.c_str());
  posix_spawn_file_actions_adddup2(&plan.actions, in.read.get(), 0);
  posix_spawn_file_actions_adddup2(&plan.actions, out.write.get(), 1);
  posix_spawn_file_actions_adddup2(&plan.actions, err.write.get(), 2);
  posix_spawn_file_actions_addclosefrom_np(&plan.actions, 3);
  const auto words = pointers(command.words);
  const auto environment = pointers(command.environment);
  pid_t pid = -1;
  const int problem = ::posix_spawn(&pid, command.program.c_str(), &plan.actions, &plan.attributes,
                                    words.data(), environment.data());
  if (problem != 0) throw system_problem(problem);
  pid_ = pid;
  in_ = std::move(in.write);
  out_ = std::move(out.read);
  err_ = std::move(err.read);
  make_nonblocking(in_);
  make_nonblocking(out_);
  make_nonblocking(err_);
}

void Child::send(std::string_view bytes) {
  if (!in_.is_open()) return;
  if (sent_ > kBlock) {
    queue_.erase(0, sent_);
    sent_ = 0;
  }
  queue_ += bytes;
}

void Child::end_input() {
  input_ends_ = true;
  if (unsent() == 0) in_.close();
}

void Child::forget_unsent() {
  const bool between_lines = sent_ == 0 || queue_[sent_ - 1] == '\n';
  const std::size_t newline =
      between_lines ? sent_ : std::min(queue_.find('\n', sent_), queue_.size() - 1) + 1;
  queue_.resize(newline);
}

bool Child::pump(milliseconds most) {
  moved_ = false;
  const bool wants_to_write = in_.is_open() && unsent() > 0;
  std::array<pollfd, 3> ends{{{out_.get(), POLLIN, 0},
                              {err_.get(), POLLIN, 0},
                              {in_.get(), static_cast<short>(wants_to_write ? POLLOUT : 0), 0}}};
  // A closed end is -1, which poll passes over; with all of them closed it is a sleep until the process ends.
  (void)::poll(ends.data(), ends.size(), static_cast<int>(most.count()));
  if (out_.is_open() && ends[0].revents != 0) read_into(out_, output);
  if (err_.is_open() && ends[1].revents != 0) read_into(err_, errors);
  if (in_.is_open() && ends[2].revents != 0) write_queue();
  // What it said last may have come into the pipe after poll() had looked there: its end is no silence yet.
  const bool was_running = !ending_;
  look_for_end();
  const auto now = Clock::now();
  if (moved_ || was_running) quiet_since_ = now;
  if (!out_.is_open() || (ending_ && now - quiet_since_ >= kQuiet)) output_ended_ = true;
  return moved_;
}

void Child::read_into(Descriptor& from, std::string& to) {
  const std::size_t before = to.size();
  to.resize(before + kBlock);
  const ssize_t count = ::read(from.get(), to.data() + before, kBlock);
  to.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count > 0) moved_ = true;
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) from.close();
}

void Child::write_queue() {
  ssize_t count = 0;
  {
    const NoBrokenPipe guard;
    if (unsent() > 0) {
      count = ::write(in_.get(), queue_.data() + sent_, std::min(unsent(), kBlock));
      if (count < 0) count = errno == EAGAIN || errno == EINTR ? 0 : -1;
    } else {
      count = -1;  // poll reports without being asked: nobody reads any more
    }
  }
  if (count < 0) {
    deaf_ = true;
    lost_ = unsent() > 0;
    queue_.clear();
    sent_ = 0;
    in_.close();
    return;
  }
  sent_ += static_cast<std::size_t>(count);
  moved_ = moved_ || count > 0;
  if (unsent() > 0) return;
  queue_.clear();
  sent_ = 0;
  if (input_ends_) in_.close();
}

// Without reaping it: as long as it is there as a zombie its number names its group and nobody else's.
void Child::look_for_end() {
  if (ending_ || pid_ < 0) return;
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
    return;
  ending_ = info.si_code == CLD_EXITED ? Ending{info.si_status, 0} : Ending{0, info.si_status};
}

void Child::signal(int number) const {
  if (pid_ > 0 && !reaped_) ::kill(-pid_, number);
}

void Child::reap() {
  if (pid_ < 0 || reaped_) return;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  reaped_ = true;
  if (!ending_) ending_ = WIFEXITED(status) ? Ending{WEXITSTATUS(status), 0} : Ending{0, WTERMSIG(status)};
}

void Child::wait(milliseconds most) {
  const auto until = Clock::now() + most;
  // Its end closes its pipes, which ends the wait of poll; without pipes to watch the steps are short.
  while (!ending_ && Clock::now() < until) {
    pump(out_.is_open() || err_.is_open() ? milliseconds(20) : milliseconds(2));
    output.clear();
  }
}

bool Child::stop(milliseconds grace) {
  end_input();
  wait(grace);
  const bool went = ending_.has_value();
  if (!went) {
    signal(SIGTERM);
    wait(kBeforeKill);
  }
  signal(SIGKILL);
  in_.close();
  reap();
  // What it said last is in the pipe still.
  if (err_.is_open()) read_into(err_, errors);
  return went;
}

}  // namespace gleaner::exec
