#include "host/pipeline/isolation/launch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::host::isolation {
namespace {

std::string words_of_error(int error) {
  return std::generic_category().message(error);
}

constexpr std::array<std::string_view, 14> shown{
    "PATH",         "HOME",         "USER",          "LOGNAME",         "LANG",
    "LANGUAGE",     "TZ",           "TERM",          "LD_LIBRARY_PATH", "TMPDIR",
    "ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"};
constexpr std::array<std::string_view, 3> shown_families{"LC_", "XDG_", "SSL_CERT_"};

bool is_shown(std::string_view variable) {
  const auto name = variable.substr(0, variable.find('='));
  return std::ranges::find(shown, name) != shown.end() ||
         std::ranges::any_of(shown_families, [&](auto family) { return name.starts_with(family); });
}

/// What posix_spawn is to do between fork and exec. The host has threads: nothing of ours may run there.
class Recipe {
 public:
  explicit Recipe(int socket) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawnattr_init(&attributes_);
    // A plugin that reads a terminal or prints must not come between the reader and the results.
    ::posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (::fcntl(STDERR_FILENO, F_GETFD) < 0)
      ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&files_, STDERR_FILENO, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, socket, worker_socket);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, worker_socket + 1);
    sigset_t signals;
    sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    // A group of its own, so that what the plugin starts ends with it.
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Recipe() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

Ending to_ending(int status) {
  if (WIFSIGNALED(status)) return {WTERMSIG(status), 0};
  return {0, WEXITSTATUS(status)};
}

}  // namespace

std::vector<std::string> worker_environment() {
  std::vector<std::string> out;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at)
    if (is_shown(*at)) out.emplace_back(*at);
  return out;
}

std::optional<Process> Process::start(const std::filesystem::path& program, std::string& problem) {
  std::array<int, 2> both{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0) {
    problem = fmt::format("no line to a process of its own can be made: {}", words_of_error(errno));
    return std::nullopt;
  }
  Descriptor ours(both[0]);
  // Where the child will have it the parent must not: dup2 onto itself would leave it to be closed by exec.
  Descriptor theirs(both[1] == worker_socket ? ::fcntl(both[1], F_DUPFD_CLOEXEC, worker_socket + 1)
                                             : both[1]);
  const Descriptor spare(both[1] == worker_socket ? both[1] : -1);
  const Recipe recipe(theirs.raw());
  auto environment = worker_environment();
  std::vector<char*> variables;
  variables.reserve(environment.size() + 1);
  for (auto& each : environment)
    variables.push_back(each.data());
  variables.push_back(nullptr);
  std::string name = "gleaner";
  std::string word = worker_word;
  std::string parent = std::to_string(::getpid());
  std::array<char*, 4> words{name.data(), word.data(), parent.data(), nullptr};
  pid_t id = -1;
  const int error = ::posix_spawn(&id, program.c_str(), recipe.files(), recipe.attributes(), words.data(),
                                  variables.data());
  if (error != 0) {
    problem = fmt::format("no process of its own can be started: {}", words_of_error(error));
    return std::nullopt;
  }
  return Process(id, std::move(ours));
}

Process::Process(Process&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      socket_(std::move(other.socket_)),
      ending_(std::exchange(other.ending_, std::nullopt)) {}

Process::~Process() {
  if (id_ > 0) (void)kill();
}

std::optional<Ending> Process::ended() {
  if (ending_) return ending_;
  siginfo_t about{};
  // Not yet reaped, its number still names its group, and nobody else's.
  if (::waitid(P_PID, static_cast<id_t>(id_), &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid == 0)
    return std::nullopt;
  return reap();
}

Ending Process::kill() {
  return ending_ ? *ending_ : reap();
}

Ending Process::reap() {
  ::kill(-id_, SIGKILL);
  ::kill(id_, SIGKILL);
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ending_ = to_ending(status);
  return *ending_;
}

}  // namespace gleaner::host::isolation
