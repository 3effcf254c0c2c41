#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <boost/dll/runtime_symbol_info.hpp>

#include "host/loader/catalog.hpp"

namespace gleaner::host {
namespace {

/// An environment variable, empty when unset.
std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

/// Ordered folders without repeats, all absolute.
class Folders {
 public:
  void add(const std::filesystem::path& folder, Origin origin) {
    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(folder, failed).lexically_normal();
    if (failed) return;
    if (!absolute.has_filename()) absolute = absolute.parent_path();  // "lib/" and "lib" are one folder
    const bool known = std::any_of(folders_.begin(), folders_.end(),
                                   [&](const SearchFolder& each) { return each.folder == absolute; });
    if (!known) folders_.push_back({std::move(absolute), origin});
  }
  /// Folders with ':' between them. Empty ones are passed over: they would mean whatever folder one happens
  /// to be in.
  void add_list(std::string_view list, Origin origin) {
    while (!list.empty()) {
      const std::string_view one = list.substr(0, list.find(':'));
      if (!one.empty()) add(one, origin);
      list.remove_prefix(std::min(list.size(), one.size() + 1));
    }
  }
  [[nodiscard]] std::vector<SearchFolder> take() && { return std::move(folders_); }

 private:
  std::vector<SearchFolder> folders_;
};

void add_user_folder(Folders& folders) {
  // XDG Base Directory Specification: a relative $XDG_DATA_HOME is invalid and to be ignored.
  const std::string_view data = environment("XDG_DATA_HOME");
  if (data.starts_with('/'))
    return folders.add(std::filesystem::path(data) / "gleaner" / "plugins", Origin::user);
  const std::string_view home = environment("HOME");
  if (home.starts_with('/'))
    folders.add(std::filesystem::path(home) / ".local/share/gleaner/plugins", Origin::user);
}

void add_installed_folders(Folders& folders) {
  std::error_code failed;
  const std::filesystem::path program = boost::dll::program_location(failed);
  if (failed) return;
  const std::filesystem::path lib = program.parent_path().parent_path() / "lib";
  folders.add(lib / "gleaner", Origin::system);
  // Debian's CMAKE_INSTALL_LIBDIR below /usr.
  constexpr std::string_view arch = GLEANER_ARCH;
  const std::string multiarch = std::string(arch == "ppc64le" ? "powerpc64le" : arch) + "-linux-gnu";
  if (std::filesystem::is_directory(lib / multiarch / "gleaner", failed))
    folders.add(lib / multiarch / "gleaner", Origin::system);
}

}  // namespace

std::vector<SearchFolder> search_path(std::span<const std::filesystem::path> from_command_line) {
  Folders folders;
  for (const std::filesystem::path& folder : from_command_line) {
    if (!folder.empty()) folders.add(folder, Origin::command_line);
  }
  folders.add_list(environment("GLEANER_PLUGIN_PATH"), Origin::environment);
  add_user_folder(folders);
  add_installed_folders(folders);
  return std::move(folders).take();
}

}  // namespace gleaner::host
