#include "host/pipeline/isolation/sandbox.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace gleaner::host::isolation {
namespace {

std::string because(int error) {
  return std::generic_category().message(error);
}

bool write_file(const char* path, std::string_view text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool good = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  return good;
}

/// A field of /proc/self/status in bytes, 0 when it is not there.
std::uint64_t status_bytes(std::string_view field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field)) return std::strtoull(line.c_str() + field.size(), nullptr, 10) * 1024;
  return 0;
}

void limit(int resource, std::uint64_t most, std::string_view what, std::vector<std::string>& problems) {
  rlimit now{};
  ::getrlimit(static_cast<__rlimit_resource_t>(resource), &now);
  if (now.rlim_max != RLIM_INFINITY && most > now.rlim_max) most = now.rlim_max;
  const rlimit wanted{most, most};
  if (::setrlimit(static_cast<__rlimit_resource_t>(resource), &wanted) != 0)
    problems.push_back(fmt::format("its {} cannot be limited: {}", what, because(errno)));
}

/// A network with nothing in it. Root may make one at once; others inside a user namespace, in which they
/// stay who they are.
void leave_network(std::vector<std::string>& problems) {
  if (::unshare(CLONE_NEWNET) == 0) return;
  const auto user = ::geteuid();
  const auto group = ::getegid();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
    problems.push_back(fmt::format("it cannot leave the network: {}", because(errno)));
    return;
  }
  const bool good = write_file("/proc/self/setgroups", "deny") &&
                    write_file("/proc/self/uid_map", fmt::format("{0} {0} 1", user)) &&
                    write_file("/proc/self/gid_map", fmt::format("{0} {0} 1", group));
  if (!good) problems.push_back("it has left the network, and its user's name with it");
}

}  // namespace

bool end_with_parent(std::int64_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  return ::getppid() == parent;
}

std::vector<std::string> enter_sandbox(const Bounds& bounds) {
  std::vector<std::string> problems;
  // An arena of its own for each thread would reserve 64 MiB each, of a limit that counts what is reserved.
  ::mallopt(M_ARENA_MAX, 2);
  leave_network(problems);
  limit(RLIMIT_CORE, 0, "core file", problems);
  limit(RLIMIT_NOFILE, bounds.files, "files", problems);
  // RLIMIT_DATA counts what was written or may be: the heap and private writable mappings, stacks of threads
  // among them. Shared mappings it does not count; RLIMIT_AS, which counts everything that has an address, is
  // the wider fence around it.
  limit(RLIMIT_DATA, status_bytes("VmData:") + bounds.memory, "memory", problems);
  limit(RLIMIT_AS, status_bytes("VmSize:") + 2 * bounds.memory + (std::uint64_t{1} << 30), "address space",
        problems);
  if (const auto hindered = refuse_calls(); !hindered.empty()) problems.push_back(hindered);
  return problems;
}

}  // namespace gleaner::host::isolation
