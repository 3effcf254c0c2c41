#include "host/services/http/group_file.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <fstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace gleaner::host::http {
namespace {

constexpr std::size_t longest_stamp = 128;
constexpr std::size_t longest_name = 200;  // below the 255 bytes of NAME_MAX

// CLOCK_BOOTTIME, not the wall clock: that one may be set, and GLEANER_NOW is about dates, not about
// politeness.
std::chrono::nanoseconds now_since_boot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

std::string read_boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id.empty() ? "unknown" : id;
}

struct flock byte_lock(short type, long byte) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = byte;
  lock.l_len = 1;
  return lock;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

GroupFile::GroupFile(const std::filesystem::path& directory, std::string_view group)
    // Close-on-exec: a child started by a plugin must not keep a lock that this process gave back.
    : file_(::open((directory / group_file_name(group)).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
      boot_(read_boot_id()) {
  if (file_.get() < 0) throw std::system_error(errno, std::generic_category());
  // Some file systems have files but no locks; better to know now than at every request.
  if (!try_lock_time() && errno != EAGAIN && errno != EACCES)
    throw std::system_error(errno, std::generic_category());
  unlock_time();
}

bool GroupFile::try_lock(long byte) {
  auto lock = byte_lock(F_WRLCK, byte);
  return ::fcntl(file_.get(), F_OFD_SETLK, &lock) == 0;
}

void GroupFile::unlock(long byte) {
  auto lock = byte_lock(F_UNLCK, byte);
  (void)::fcntl(file_.get(), F_OFD_SETLK, &lock);
}

std::optional<std::chrono::nanoseconds> GroupFile::since_last_start() const {
  std::array<char, longest_stamp> bytes{};
  const auto size = ::pread(file_.get(), bytes.data(), bytes.size(), 0);
  if (size <= 0) return std::nullopt;
  const std::string_view text(bytes.data(), static_cast<std::size_t>(size));
  const auto space = text.find(' ');
  if (space == std::string_view::npos || text.substr(0, space) != boot_) return std::nullopt;
  std::chrono::nanoseconds::rep last = 0;
  const auto number = text.substr(space + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), last);
  const auto now = now_since_boot().count();
  if (error != std::errc{} || end == number.data() + number.size() || last < 0 || last > now)
    return std::nullopt;
  return std::chrono::nanoseconds(now - last);
}

void GroupFile::note_start() {
  // Fixed width, so that a new stamp covers the old one whole.
  const auto stamp = fmt::format("{} {:020}\n", boot_, now_since_boot().count());
  (void)!::pwrite(file_.get(), stamp.data(), stamp.size(), 0);
}

std::string group_file_name(std::string_view group) {
  std::string name;
  for (const char c : group) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || (c == '.' && !name.empty());
    name += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  if (name.size() > longest_name) name = name.substr(0, longest_name);
  return name + ".lock";
}

}  // namespace gleaner::host::http
