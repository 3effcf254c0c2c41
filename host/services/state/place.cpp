#include "host/services/state/place.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/services/state/errors.hpp"
#include "host/services/state/schema.hpp"

namespace gleaner::host::state {
namespace {

constexpr std::size_t sqlite_header_size = 100;  // fileformat2.html, section 1.3

StateError cannot_use(const Place& place, Wanted wanted, int error) {
  const std::string reason = words_of(error);
  return wanted == Wanted::writing ? unwritable(place.given, reason) : unreadable(place.given, reason);
}

std::uint32_t application_in(std::string_view header) {
  constexpr std::size_t place = 68;
  std::uint32_t out = 0;
  for (const char c : header.substr(place, 4))
    out = out << 8U | static_cast<unsigned char>(c);
  return out;
}

/// A rollback journal waits to be played back: the header may be about to change. It is made only while a
/// state is created; from then on there is a write-ahead log.
bool has_journal(const Place& place) {
  struct stat facts {};
  return ::stat((place.file.string() + "-journal").c_str(), &facts) == 0 && facts.st_size > 0;
}

Found judge_header(const Place& place, std::string_view header) {
  using namespace std::string_view_literals;
  if (header.empty()) return Found::empty;
  if (header.size() < sqlite_header_size || !header.starts_with("SQLite format 3\0"sv))
    throw no_database(place.given);
  if (application_in(header) != application_id && !has_journal(place)) throw not_ours(place.given);
  return Found::state;
}

}  // namespace

Place place_of(const std::filesystem::path& given) {
  std::error_code error;
  auto file = std::filesystem::absolute(given, error);
  if (error) throw unreadable(given, words_of(error.value()));  // the folder we are in is gone
  auto resolved = std::filesystem::weakly_canonical(file, error);
  return {given, error ? std::move(file) : std::move(resolved)};
}

void make_folder(const Place& place) {
  const auto folder = place.file.parent_path();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error.value() == ENOSPC || error.value() == EDQUOT) throw full(place.given, words_of(error.value()));
  if (error)
    throw unwritable(place.given, fmt::format("the folder {} cannot be made ({})", folder.string(),
                                              words_of(error.value())));
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
    throw unwritable(place.given, fmt::format("no file can be made in the folder {} ({})", folder.string(),
                                              words_of(errno)));
}

Found look_at(const Place& place, Wanted wanted) {
  struct stat facts {};
  if (::stat(place.file.c_str(), &facts) != 0) {
    if (errno == ENOENT || (errno == ENOTDIR && wanted == Wanted::reading)) return Found::nothing;
    throw cannot_use(place, wanted, errno);
  }
  if (S_ISDIR(facts.st_mode)) throw is_a_folder(place.given);
  if (!S_ISREG(facts.st_mode)) throw no_database(place.given);
  const int mode = wanted == Wanted::writing ? O_RDWR : O_RDONLY;
  const int descriptor = ::open(place.file.c_str(), mode | O_CLOEXEC);
  if (descriptor < 0) throw cannot_use(place, wanted, errno);
  std::array<char, sqlite_header_size> bytes{};
  const auto size = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  const int read_error = errno;
  ::close(descriptor);
  if (size < 0) throw cannot_use(place, wanted, read_error);
  return judge_header(place, {bytes.data(), static_cast<std::size_t>(size)});
}

bool was_left_open(const Place& place) {
  struct stat facts {};
  return ::stat((place.file.string() + "-wal").c_str(), &facts) == 0 && facts.st_size > 0;
}

}  // namespace gleaner::host::state
