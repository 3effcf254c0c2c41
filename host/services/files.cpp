#include "host/services/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/services/temporary.hpp"

namespace gleaner::host {
namespace {

constexpr std::size_t buffer_size = std::size_t{256} * 1024;

std::string because(int error) {
  return std::generic_category().message(error);
}

// The process's file mode mask, read without setting it: umask() alone can only do both, for all threads at
// once.
mode_t current_umask() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("Umask:")) return static_cast<mode_t>(std::strtoul(line.c_str() + 6, nullptr, 8));
  return 022;
}

// A page that was there keeps its permissions; a new one is for whoever the user's mask allows.
mode_t mode_for(const std::filesystem::path& path) {
  struct stat old {};
  return ::stat(path.c_str(), &old) == 0 ? old.st_mode & 07777 : 0666 & ~current_umask();
}

std::string name_of(const std::filesystem::path& path) {
  return path == "-" ? "standard output" : path.string();
}

// A link stays a link: what it points to is replaced.
std::filesystem::path target_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const auto target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target;
}

bool is_device(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return !error && std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

}  // namespace

Files::~Files() {
  for (auto& [handle, file] : open_)
    discard(file);
}

void Files::discard(Open& file) {
  if (file.descriptor > STDERR_FILENO) ::close(file.descriptor);
  if (!file.temporary.empty()) ::unlink(file.temporary.c_str());
}

std::uint64_t Files::open(const std::filesystem::path& path, std::string& problem) {
  Open file;
  file.path = path;
  if (path == "-") {
    file.descriptor = STDOUT_FILENO;
  } else {
    file.path = target_of(path);
    std::error_code error;
    if (std::filesystem::is_directory(file.path, error)) {
      problem = fmt::format("{} is a folder; name a file in it.", path.string());
      return 0;
    }
    if (is_device(file.path)) return open_device(std::move(file), problem);
    std::filesystem::create_directories(file.path.parent_path(), error);
    if (error) {
      problem =
          fmt::format("The folder {} cannot be made: {}.", file.path.parent_path().string(), error.message());
      return 0;
    }
    remove_leftovers(file.path);
    std::string pattern;
    file.descriptor = make_temporary(file.path, pattern);
    if (file.descriptor < 0) {
      problem = fmt::format("{} cannot be written: {}.", path.string(), because(errno));
      return 0;
    }
    file.temporary = pattern;
    ::fchmod(file.descriptor, mode_for(file.path));  // mkostemp makes it private
  }
  return keep(std::move(file));
}

std::uint64_t Files::keep(Open file) {
  const std::lock_guard lock(mutex_);
  const auto handle = next_++;
  open_.emplace(handle, std::move(file));
  return handle;
}

// What is no file is written where it is: a file renamed over /dev/null would be the end of /dev/null.
std::uint64_t Files::open_device(Open file, std::string& problem) {
  file.descriptor = ::open(file.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (file.descriptor >= 0) return keep(std::move(file));
  problem = fmt::format("{} cannot be written: {}.", file.path.string(), because(errno));
  return 0;
}

Files::Open* Files::find(std::uint64_t handle) {
  const std::lock_guard lock(mutex_);
  const auto at = open_.find(handle);
  return at == open_.end() ? nullptr : &at->second;  // map nodes stay where they are
}

std::string Files::write_problem(const Open& file) {
  const std::string why = because(errno);
  // Standard output and devices have no other version: what was written is out.
  const std::string_view left =
      file.temporary.empty() ? "What it got is not the whole text." : "The file was left as it was before.";
  return fmt::format("Writing {} failed: {}. {}", name_of(file.path), why, left);
}

bool Files::flush(Open& file, std::string& problem) {
  if (write_all(file.descriptor, file.buffer)) {
    file.buffer.clear();
    return true;
  }
  problem = write_problem(file);
  return false;
}

bool Files::write(std::uint64_t handle, std::string_view bytes, std::string& problem) {
  Open* file = find(handle);
  if (file == nullptr) {
    problem = "The component wrote to a file that is not open.";
    return false;
  }
  if (file->buffer.size() + bytes.size() < buffer_size) {
    file->buffer.append(bytes);
    return true;
  }
  if (!flush(*file, problem)) return false;
  if (bytes.size() < buffer_size) {
    file->buffer.append(bytes);
    return true;
  }
  if (write_all(file->descriptor, bytes)) return true;
  problem = write_problem(*file);
  return false;
}

bool Files::commit(std::uint64_t handle, std::string& problem) {
  Open file;
  {
    const std::lock_guard lock(mutex_);
    const auto at = open_.find(handle);
    if (at == open_.end()) {
      problem = "The component finished a file that is not open.";
      return false;
    }
    file = std::move(at->second);
    open_.erase(at);
  }
  const bool to_file = !file.temporary.empty();
  bool good = flush(file, problem);
  if (good && to_file) {
    // After a crash the name leads to the old text or the new one, both whole; syncing the folder as well
    // would only make sure of the new one, for another 4 ms on a disk where a whole run takes 28.
    good = ::fsync(file.descriptor) == 0 && ::rename(file.temporary.c_str(), file.path.c_str()) == 0;
    if (!good)
      problem = fmt::format("{} cannot be written: {}. The file was left as it was before.",
                            file.path.string(), because(errno));
  }
  if (!good) {
    discard(file);
    return false;
  }
  if (file.descriptor > STDERR_FILENO) ::close(file.descriptor);
  const std::lock_guard lock(mutex_);
  written_.push_back(file.path.string());
  return true;
}

void Files::abandon(std::uint64_t handle) {
  const std::lock_guard lock(mutex_);
  const auto at = open_.find(handle);
  if (at == open_.end()) return;
  discard(at->second);
  open_.erase(at);
}

std::vector<std::string> Files::written() const {
  const std::lock_guard lock(mutex_);
  return written_;
}

}  // namespace gleaner::host
