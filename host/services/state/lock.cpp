#include "host/services/state/lock.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "host/services/state/errors.hpp"

namespace gleaner::host::state {
namespace {

/// What "pid 123 since TIME" says; both are empty when the file says something else.
struct Holder {
  std::string process{};
  std::string since{};
};

Holder read_holder(int descriptor) {
  std::array<char, 128> bytes{};
  const auto size = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  if (size <= 0) return {};
  std::string_view line(bytes.data(), static_cast<std::size_t>(size));
  constexpr std::string_view before = "pid ", between = " since ";
  const auto middle = line.find(between);
  if (!line.starts_with(before) || middle == std::string_view::npos || !line.ends_with('\n')) return {};
  line.remove_suffix(1);
  return {std::string(line.substr(before.size(), middle - before.size())),
          std::string(line.substr(middle + between.size()))};
}

constexpr int moments = 10;
constexpr std::chrono::milliseconds moment{2};

/// The other run may have its lock and not yet its line: a moment is enough for that.
std::string wait_for_holder(int descriptor) {
  for (int i = 0; i < moments; ++i) {
    if (const auto holder = read_holder(descriptor); !holder.process.empty())
      return fmt::format("process {}, since {}", holder.process, holder.since);
    std::this_thread::sleep_for(moment);
  }
  return {};
}

bool try_lock_file(int descriptor, int how = LOCK_EX) {
  // flock() and not fcntl(): it belongs to this open file, so a second State of this very process is refused
  // too. Over NFS Linux makes a byte-range lock of it (flock(2)), which the server arbitrates.
  int result = 0;
  do {
    result = ::flock(descriptor, how | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

/// As try_lock_file(), past somebody who only looks whether a run is under way.
bool lock_file(int descriptor) {
  for (int i = 0; i < moments; ++i) {
    if (try_lock_file(descriptor)) return true;
    if (errno != EWOULDBLOCK) return false;
    std::this_thread::sleep_for(moment);
  }
  return try_lock_file(descriptor);
}

}  // namespace

Lock::Lock(const std::filesystem::path& file, const std::filesystem::path& given, const Clock& clock) {
  const std::string path = file.string() + ".lock";
  // Close-on-exec: a child that a plugin starts must not hold the lock when this process is gone.
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    const int error = errno;
    if (error == ENOSPC || error == EDQUOT) throw full(given, words_of(error));
    throw unwritable(given, fmt::format("{} cannot be opened ({})", path, words_of(error)));
  }
  if (!lock_file(descriptor_)) {
    const int error = errno;
    const bool held = error == EWOULDBLOCK;
    const std::string holder = held ? wait_for_holder(descriptor_) : std::string();
    ::close(descriptor_);
    if (held) throw busy_with_a_run(given, holder);
    throw unwritable(given, fmt::format("its file system has no locks ({})", words_of(error)));
  }
  // The line is for people; without it (a full disk) the lock holds all the same.
  const std::string line = fmt::format("pid {} since {}\n", ::getpid(), clock.timestamp());
  if (::ftruncate(descriptor_, 0) == 0) (void)!::pwrite(descriptor_, line.data(), line.size(), 0);
}

std::optional<std::string> Lock::held_since(const std::filesystem::path& file) {
  const int descriptor = ::open((file.string() + ".lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::optional<std::string> out;
  if (!try_lock_file(descriptor, LOCK_SH) && errno == EWOULDBLOCK) out = read_holder(descriptor).since;
  ::close(descriptor);
  return out;
}

Lock::~Lock() {
  (void)!::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

}  // namespace gleaner::host::state
