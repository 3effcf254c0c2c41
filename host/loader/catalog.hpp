// The components that are installed: every plugin found on the search path, opened once and never closed.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/loader/checked.hpp"
#include "host/loader/component.hpp"

namespace gleaner::host {

/// A component that is installed.
struct Component {
  ComponentInfo info;
  bool shadowed = false;  ///< an earlier folder has one of this name; this one is never used
  const gleaner_component* loaded = nullptr;

  /// The plugin's own record, which lives as long as the process: plugins are never unloaded. Or why its
  /// library cannot be used: the rest of "FILE is not used: …".
  [[nodiscard]] Checked<const gleaner_component*> open() const;
};

/// A file that is not used, and why: a sentence with the file's name and what to do.
struct Refusal {
  std::filesystem::path file;
  std::string message;
};

class Catalog {
 public:
  /// Opens every *.so of the folders, in their order; a folder that does not exist is passed over. Never
  /// throws for a bad file: it becomes a refusal and the others are loaded. Not thread-safe while running;
  /// the result may be read by all.
  [[nodiscard]] static Catalog scan(std::span<const std::filesystem::path> folders);
  /// Opens one file alone.
  [[nodiscard]] static Catalog open(const std::filesystem::path& file);

  [[nodiscard]] const std::vector<Component>& components() const { return components_; }
  [[nodiscard]] const std::vector<Refusal>& refusals() const { return refusals_; }
  /// The component in use, or NULL. For stages either kind finds both.
  [[nodiscard]] const Component* find(Kind kind, std::string_view name) const;

 private:
  /// The files of one folder, in order: names must differ among them, and give way to those of earlier
  /// folders.
  void add_folder(std::vector<std::filesystem::path> files);

  std::vector<Component> components_;
  std::vector<Refusal> refusals_;
};

/// Where plugins are looked for, first wins: --plugin-path, GLEANER_PLUGIN_PATH, the user's folder
/// ($XDG_DATA_HOME/gleaner/plugins), then lib/gleaner beside the executable's bin/.
[[nodiscard]] std::vector<std::filesystem::path> search_path(
    std::span<const std::filesystem::path> from_command_line);

}  // namespace gleaner::host
