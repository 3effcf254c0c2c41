#include "host/loader/trust.hpp"

#include <deque>
#include <system_error>
#include <vector>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/loader/checked.hpp"

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;

/// What the kernel follows at most (path_resolution(7)).
constexpr int most_links = 40;

std::optional<struct stat> entry_at(const fs::path& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) return std::nullopt;
  return found;
}

/// For a shell: in quotes where a blank or a sign of the shell's stands in it.
std::string for_shell(const fs::path& path) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@%=";
  const std::string& text = path.native();
  if (text.find_first_not_of(plain) == std::string::npos) return text;
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// "alice", or "user 1001" for one without a name here.
std::string name_of(uid_t user) {
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> room(1U << 14U);
  if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) == 0 && found != nullptr)
    return entry.pw_name;
  return say("user ", user);
}

/// Who owns the program or a folder above it could have replaced the program itself: refusing their plugins
/// would protect nothing. (A tree that one user checked out and root builds in a container is like this.)
bool owns_the_program(uid_t user) {
  std::error_code failed;
  fs::path at = fs::read_symlink("/proc/self/exe", failed);
  while (!failed && at.has_relative_path()) {
    const auto found = entry_at(at);
    if (found && found->st_uid == user) return true;
    at = at.parent_path();
  }
  return false;
}

bool is_ours(uid_t user) {
  return user == 0 || user == ::geteuid() || owns_the_program(user);
}

bool everybody_may_write(const struct stat& what) {
  return !S_ISLNK(what.st_mode) && (what.st_mode & S_IWOTH) != 0;
}

std::string open_to_everybody(const fs::path& path) {
  return say("everybody may write to ", path.native(),
             ", so anybody could change what runs here; close it with: chmod o-w ", for_shell(path));
}

std::string somebody_elses(const fs::path& path, uid_t owner) {
  return say(path.native(), " belongs to ", name_of(owner),
             ", who could change what runs here; if that is right, make it yours with: sudo chown ",
             name_of(::geteuid()), " ", for_shell(path));
}

/// One step on the way: `here` as it is, not where it points. `last` where it is what was asked for.
std::optional<std::string> distrust_step(const fs::path& here, const struct stat& what, bool last) {
  if (!is_ours(what.st_uid)) return somebody_elses(here, what.st_uid);
  if (!everybody_may_write(what)) return std::nullopt;
  // In a sticky folder only the owners of an entry, of the folder and root may rename or remove it: the next
  // step looks at the entry's owner.
  const bool only_additions = S_ISDIR(what.st_mode) && (what.st_mode & S_ISVTX) != 0;
  if (only_additions && !last) return std::nullopt;
  return open_to_everybody(here);
}

void put_in_front(std::deque<fs::path>& names, const fs::path& path) {
  std::size_t at = 0;
  for (const fs::path& name : path.relative_path())
    names.insert(names.begin() + static_cast<std::ptrdiff_t>(at++), name);
}

}  // namespace

// Goes the way the kernel goes, name by name: a canonical path alone would not show a link that anybody could
// point elsewhere.
std::optional<std::string> distrust(const std::filesystem::path& folder_or_file) {
  std::error_code failed;
  const fs::path absolute = fs::absolute(folder_or_file, failed);
  if (failed) return std::nullopt;
  fs::path here = "/";
  std::deque<fs::path> names;
  put_in_front(names, absolute);
  int links = 0;
  while (true) {
    while (!names.empty() && (names.front().empty() || names.front() == "."))
      names.pop_front();
    const auto what = entry_at(here);
    if (!what) return std::nullopt;
    if (auto reason = distrust_step(here, *what, names.empty())) return reason;
    if (S_ISLNK(what->st_mode)) {
      if (++links > most_links) return std::nullopt;
      const fs::path target = fs::read_symlink(here, failed);
      if (failed) return std::nullopt;
      put_in_front(names, target);
      here = target.is_absolute() ? fs::path("/") : here.parent_path();
      continue;
    }
    if (names.empty()) return std::nullopt;
    here = names.front() == ".." ? here.parent_path() : here / names.front();
    names.pop_front();
  }
}

}  // namespace gleaner::host
