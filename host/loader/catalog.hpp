// The components that are installed: every plugin found on the search path. A library is opened here when one
// of its components is used, and never closed.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/loader/checked.hpp"
#include "host/loader/component.hpp"
#include "host/loader/look.hpp"
#include "host/loader/plugin_library.hpp"

namespace gleaner::host {

/// A component that is installed.
struct Component {
  ComponentInfo info;
  bool shadowed = false;             ///< an earlier folder has one of this name; this one is never used
  PluginLibrary* library = nullptr;  ///< the catalog's

  /// The plugin's own record, which lives as long as the process: plugins are never unloaded. The first time
  /// for its library, that is opened in this process, its stamp and descriptor are read again, and the
  /// component must be the one of `info`. Or why it cannot be used: the rest of "FILE is not used: …". Any
  /// thread, while the catalog lives.
  [[nodiscard]] Checked<const gleaner_component*> open() const;
};

/// A file or folder that is not used, and why: a sentence with its name and what to do.
struct Refusal {
  std::filesystem::path file;
  std::string message;
};

/// What a scan may remember, and how long it waits.
struct ScanSettings {
  /// What was found before is taken from here and kept here (user_scan_cache()); empty: nothing is.
  std::filesystem::path cache{};
  /// `nothing`: every file is looked at anew, also those that crashed or hung.
  enum class Believe { what_was_found, nothing } believe = Believe::what_was_found;
  std::chrono::milliseconds budget = look_budget;  ///< for one file
};

/// Movable.
class Catalog {
 public:
  /// Describes every *.so of the folders, in their order; a folder that does not exist is passed over. No
  /// library is opened in this process: what the cache does not know is looked at in another (look.hpp, whose
  /// rule for threads is this function's). Never throws for a bad file: it becomes a refusal, and the others
  /// are used. The result may be read by all.
  [[nodiscard]] static Catalog scan(std::span<const std::filesystem::path> folders,
                                    const ScanSettings& settings = {});
  /// Describes one file alone, looked at in another process as scan() does; no cache.
  [[nodiscard]] static Catalog look(const std::filesystem::path& file);
  /// Opens one file alone, in this process and at once; no cache.
  [[nodiscard]] static Catalog open(const std::filesystem::path& file);

  [[nodiscard]] const std::vector<Component>& components() const { return components_; }
  [[nodiscard]] const std::vector<Refusal>& refusals() const { return refusals_; }
  /// The component in use, or NULL. For stages either kind finds both.
  [[nodiscard]] const Component* find(Kind kind, std::string_view name) const;

 private:
  /// A file with what it holds, or why it is not used.
  struct Looked {
    std::filesystem::path file;
    Checked<std::vector<ComponentInfo>> components;
  };
  [[nodiscard]] static std::optional<std::string> clash(const Looked& one, std::span<const Looked> folder);
  /// The files of one folder, in order: names must differ among them, and give way to those of earlier
  /// folders.
  void add_folder(std::span<const Looked> files);
  void add(const Looked& file);

  std::vector<Component> components_;
  std::vector<Refusal> refusals_;
  std::vector<std::unique_ptr<PluginLibrary>> libraries_;
};

/// Who named a plugin folder, in the order in which they are asked.
enum class Origin { command_line, environment, user, system };

/// A folder of the search path, absolute; it need not exist.
struct SearchFolder {
  std::filesystem::path folder;
  Origin origin = Origin::command_line;

  friend bool operator==(const SearchFolder&, const SearchFolder&) = default;
};

/// Where plugins are looked for, first wins: --plugin-path, GLEANER_PLUGIN_PATH, the user's folder
/// ($XDG_DATA_HOME/gleaner/plugins), then lib/gleaner beside the executable's bin/. A folder named twice
/// stands at its first place.
[[nodiscard]] std::vector<SearchFolder> search_path(std::span<const std::filesystem::path> from_command_line);

}  // namespace gleaner::host
