// A second process that fetches with the same limits: tests/host/services/http/client_child.cpp.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gleaner::test {

/// Fetches `url` `count` times; killed and reaped at the end.
class OtherProcess {
 public:
  OtherProcess(const std::filesystem::path& limits, std::chrono::milliseconds interval, int connections,
               int count, const std::string& url) {
    std::vector<std::string> words{GLEANER_BINARY_DIR "/tests/http_client_child",
                                   limits.string(),
                                   std::to_string(interval.count()),
                                   std::to_string(connections),
                                   std::to_string(count),
                                   url};
    std::vector<char*> argv;
    for (auto& word : words)
      argv.push_back(word.data());
    argv.push_back(nullptr);
    if (::posix_spawn(&pid_, argv[0], nullptr, nullptr, argv.data(), environ) != 0) pid_ = -1;
  }
  ~OtherProcess() { kill(); }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;

  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    (void)wait();
  }

  /// The exit code; -1 when it ended otherwise.
  [[nodiscard]] int wait() {
    int status = -1;
    if (pid_ <= 0 || ::waitpid(pid_, &status, 0) != pid_) return -1;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
};

}  // namespace gleaner::test
