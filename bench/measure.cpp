// measure RUNS PROGRAM [ARGUMENT…]: starts the program so many times, one after the other, and prints a line
// a run:
//   microseconds from start to end, peak resident KiB, microseconds of user time, of system time, exit code
// Output of the program goes to /dev/null, its errors stay. Exit 1 when it cannot be started.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace {

long microseconds(const timeval& time) {
  return time.tv_sec * 1'000'000L + time.tv_usec;
}

bool measure(char** program) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int refused = posix_spawn(&child, program[0], &actions, nullptr, program, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) {
    std::fprintf(stderr, "measure: %s cannot be started\n", program[0]);
    return false;
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) return false;
  const auto wall =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::printf("%lld %ld %ld %ld %d\n", static_cast<long long>(wall.count()), usage.ru_maxrss,
              microseconds(usage.ru_utime), microseconds(usage.ru_stime), code);
  return true;
}

}  // namespace

int main(int count, char** words) {
  const int runs = count > 2 ? std::atoi(words[1]) : 0;
  if (runs < 1) {
    std::fputs("usage: measure RUNS PROGRAM [ARGUMENT...]\n", stderr);
    return 1;
  }
  for (int i = 0; i < runs; ++i)
    if (!measure(words + 2)) return 1;
}
