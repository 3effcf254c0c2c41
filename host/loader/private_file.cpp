#include "host/loader/private_file.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gleaner::host {
namespace {

/// An open file, closed again.
class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

bool is_private(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// Basic Directory Specification: folders that are missing are made with mode 0700.
void make_folders(const std::filesystem::path& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno != ENOENT || !folder.has_relative_path())
    return;
  make_folders(folder.parent_path());
  ::mkdir(folder.c_str(), 0700);
}

bool write_whole(int to, std::string_view content) {
  while (!content.empty()) {
    const ssize_t n = ::write(to, content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t most) {
  const OpenFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (opened.number() < 0 || ::fstat(opened.number(), &status) != 0 || !is_private(status))
    return std::nullopt;
  if (status.st_size < 0 || static_cast<std::uintmax_t>(status.st_size) > most) return std::nullopt;
  std::string content(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t length = 0;
  while (length < content.size()) {
    const ssize_t n = ::read(opened.number(), content.data() + length, content.size() - length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    length += static_cast<std::size_t>(n);
  }
  return content;
}

bool replace_private_file(const std::filesystem::path& file, std::string_view content) {
  make_folders(file.parent_path());
  std::string beside = file.string() + ".XXXXXX";
  const OpenFile opened(::mkostemp(beside.data(), O_CLOEXEC));  // mode 0600
  if (opened.number() < 0) return false;
  // Not synchronised with the disk: what a crash of the machine leaves is seen to be damaged and made again.
  if (write_whole(opened.number(), content) && ::rename(beside.c_str(), file.c_str()) == 0) return true;
  ::unlink(beside.c_str());
  return false;
}

}  // namespace gleaner::host
