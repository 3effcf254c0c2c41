#include "host/services/state/snapshot.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/services/state/errors.hpp"
#include "host/services/state/wal.hpp"

namespace gleaner::host::state {
namespace {

/// A file open for reading; or none, when there is no such file.
class ReadFile {
 public:
  ReadFile(const std::string& path, const std::filesystem::path& given)
      : given_(given), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0 && errno != ENOENT && errno != ENOTDIR) throw unreadable(given_, words_of(errno));
  }
  ~ReadFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  ReadFile(const ReadFile&) = delete;
  ReadFile& operator=(const ReadFile&) = delete;

  [[nodiscard]] bool exists() const { return descriptor_ >= 0; }
  [[nodiscard]] struct stat facts() const {
    struct stat out {};
    if (exists() && ::fstat(descriptor_, &out) != 0) throw unreadable(given_, words_of(errno));
    return out;
  }
  /// As much of it as there is, at most `size`.
  std::size_t read(void* to, std::size_t size) const {
    std::size_t done = 0;
    while (exists() && done < size) {
      const auto n =
          ::pread(descriptor_, static_cast<char*>(to) + done, size - done, static_cast<off_t>(done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw unreadable(given_, words_of(errno));
      if (n == 0) break;
      done += static_cast<std::size_t>(n);
    }
    return done;
  }

 private:
  const std::filesystem::path& given_;
  int descriptor_;
};

using WalHeader = std::array<char, wal_header_size>;

std::string wal_of(const std::filesystem::path& file) {
  return file.string() + "-wal";
}

/// What stays the same as long as a copy of the database file, followed by a copy of its log, makes a whole.
/// A log is begun anew only after all of it has been moved into the file, and its header then gets other
/// salts. Without a log nothing may have been written at all.
struct Moment {
  ino_t file = 0;
  std::optional<WalHeader> log{};
  off_t size = 0;
  timespec written{};

  bool operator==(const Moment& other) const {
    if (file != other.file || log != other.log) return false;
    return log || (size == other.size && written.tv_sec == other.written.tv_sec &&
                   written.tv_nsec == other.written.tv_nsec);
  }
};

Moment moment_of(const std::filesystem::path& file, const std::filesystem::path& given) {
  Moment out;
  const auto facts = ReadFile(file.string(), given).facts();
  out.file = facts.st_ino;
  out.size = facts.st_size;
  out.written = facts.st_mtim;
  WalHeader header{};
  if (ReadFile(wal_of(file), given).read(header.data(), header.size()) == header.size()) out.log = header;
  return out;
}

Image allocate(std::size_t size) {
  Image out;
  out.bytes.reset(static_cast<unsigned char*>(sqlite3_malloc64(size)));
  if (!out.bytes) throw std::bad_alloc();
  out.size = size;
  return out;
}

Image read_file(const std::filesystem::path& file, const std::filesystem::path& given) {
  const ReadFile source(file.string(), given);
  const auto size = static_cast<std::size_t>(source.facts().st_size);
  if (size == 0) return {};
  Image out = allocate(size);
  out.size = source.read(out.bytes.get(), size);
  return out;
}

std::string read_log(const std::filesystem::path& file, const std::filesystem::path& given) {
  const ReadFile source(wal_of(file), given);
  std::string out(static_cast<std::size_t>(source.facts().st_size), '\0');
  out.resize(source.read(out.data(), out.size()));
  return out;
}

/// The database with the pages of its log in their places.
Image merge_log(Image base, const CommittedPages& log) {
  if (log.pages_in_all == 0) return base;
  Image out = allocate(std::size_t{log.pages_in_all} * log.page_size);
  const auto known = std::min(base.size, out.size);
  std::memcpy(out.bytes.get(), base.bytes.get(), known);
  std::memset(out.bytes.get() + known, 0, out.size - known);
  for (const auto& [number, page] : log.pages) {
    if (number <= log.pages_in_all)
      std::memcpy(out.bytes.get() + std::size_t{number - 1} * log.page_size, page.data(), page.size());
  }
  return out;
}

/// Bytes 18 and 19 of the header say whether a log belongs to the file; memory has none.
void say_no_log(Image& image) {
  constexpr std::size_t write_version = 18, read_version = 19;
  constexpr unsigned char with_log = 2, without_log = 1;
  for (const std::size_t at : {write_version, read_version})
    if (image.size > at && image.bytes.get()[at] == with_log) image.bytes.get()[at] = without_log;
}

}  // namespace

Image read_image(const std::filesystem::path& file, const std::filesystem::path& given) {
  constexpr int most_tries = 100;
  for (int i = 0; i < most_tries; ++i) {
    const auto before = moment_of(file, given);
    Image image = read_file(file, given);
    const std::string log = read_log(file, given);  // after the file: all that was moved meanwhile is in it
    if (before == moment_of(file, given)) {
      if (image.size == 0) return {};  // SQLite, too, takes no log of an empty file
      image = merge_log(std::move(image), committed_pages(log));
      say_no_log(image);
      return image;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  throw busy_changing(given);
}

}  // namespace gleaner::host::state
