#include "host/services/temporary.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gleaner::host {
namespace {

constexpr std::string_view mark = ".gleaner-";
constexpr std::size_t letters = 6;  // behind it, which mkostemp() chooses

/// ".NAME.gleaner-"
std::string prefix_of(const std::filesystem::path& file) {
  return "." + file.filename().string() + std::string(mark);
}

bool is_temporary(std::string_view name) {
  return name.starts_with('.') && name.size() > mark.size() + letters &&
         name.substr(0, name.size() - letters).ends_with(mark);
}

// The lock goes with the process that held it.
void remove_unless_locked(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(file.c_str());
  ::close(descriptor);
}

void remove_leftovers_of(const std::filesystem::path& folder, std::string_view prefix) {
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool is_of_it =
        prefix.empty() || (name.starts_with(prefix) && name.size() == prefix.size() + letters);
    if (is_of_it && is_temporary(name)) remove_unless_locked(at->path());
  }
}

}  // namespace

int make_temporary(const std::filesystem::path& file, std::string& name) {
  for (;;) {
    name = file.parent_path() / (prefix_of(file) + std::string(letters, 'X'));
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return -1;
    struct stat made {};
    // Between its making and its lock another process may have taken it for a leftover.
    if (::flock(descriptor, LOCK_EX) != 0 || ::fstat(descriptor, &made) != 0 || made.st_nlink > 0)
      return descriptor;
    ::close(descriptor);
  }
}

void remove_leftovers(const std::filesystem::path& file) {
  remove_leftovers_of(file.parent_path(), prefix_of(file));
}

void remove_all_leftovers(const std::filesystem::path& folder) {
  remove_leftovers_of(folder, {});
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

}  // namespace gleaner::host
