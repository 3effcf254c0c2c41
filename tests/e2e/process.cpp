#include "tests/e2e/process.hpp"

#include <system_error>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "tests/e2e/files.hpp"

namespace gleaner::e2e {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words)
    out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  void open(int descriptor, const std::filesystem::path& path, int flags) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0600);
  }
  void enter(const std::filesystem::path& folder) {
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

Process::Process(const Command& command, std::filesystem::path scratch) : scratch_(std::move(scratch)) {
  constexpr int fresh = O_WRONLY | O_CREAT | O_TRUNC;
  FileActions actions;
  actions.open(0, command.input, O_RDONLY);
  if (command.output.empty()) {
    actions.open(1, scratch_ / "out", fresh);
  } else {
    actions.open(1, command.output, O_WRONLY);
  }
  actions.open(2, scratch_ / "err", fresh);
  actions.enter(command.folder);

  std::vector<std::string> words = command.words;
  std::vector<std::string> settings;
  for (const auto& [name, value] : command.environment)
    settings.push_back(name + "=" + value);
  const int error = posix_spawn(&id_, words.front().c_str(), actions.get(), nullptr, pointers(words).data(),
                                pointers(settings).data());
  if (error != 0) throw std::system_error(error, std::generic_category(), words.front());
}

Process::~Process() {
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void Process::send(int signal) const {
  if (id_ > 0) ::kill(id_, signal);
}

Ending Process::wait(std::chrono::seconds most) {
  const auto deadline = std::chrono::steady_clock::now() + most;
  int status = 0;
  while (::waitpid(id_, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) ::kill(id_, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  id_ = -1;
  Ending ending;
  if (WIFEXITED(status)) ending.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
  if (std::filesystem::exists(scratch_ / "out")) ending.out = read_file(scratch_ / "out");
  ending.err = read_file(scratch_ / "err");
  return ending;
}

}  // namespace gleaner::e2e
