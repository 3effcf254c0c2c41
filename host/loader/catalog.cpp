#include "host/loader/catalog.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "host/loader/checked.hpp"
#include "host/loader/descriptor.hpp"
#include "host/loader/library.hpp"
#include "host/loader/stamp.hpp"

namespace gleaner::host {
namespace {

namespace fs = std::filesystem;

Refusal refuse(const fs::path& file, std::string_view reason) {
  return {file, say(file.string(), " is not used: ", reason)};
}

/// Filters and scorers share one space of names.
bool same_name(const ComponentInfo& a, Kind kind, std::string_view name) {
  return a.name == name && (a.kind == kind || (is_stage(a.kind) && is_stage(kind)));
}

/// A file whose plugin was opened, with what it holds or why not.
struct Opened {
  fs::path file;
  Checked<std::vector<Described>> components;
};

Checked<std::vector<Described>> open_plugin(const fs::path& file) {
  const auto stamp = read_stamp(file);
  if (!stamp) return Reason{stamp.reason()};
  const auto usable = check_stamp(*stamp);
  if (!usable) return Reason{usable.reason()};
  const auto plugin = open_library(file);
  if (!plugin) return Reason{plugin.reason()};
  return describe(**plugin, *stamp, file);
}

/// Device and inode: the same file under another name is the same plugin.
using Identity = std::pair<dev_t, ino_t>;

/// True the first time a file is met. Broken ones have no identity and are always new: each gets its own
/// message.
bool is_new(std::set<Identity>& met, const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return true;
  return met.emplace(status.st_dev, status.st_ino).second;
}

Checked<std::vector<fs::path>> libraries_in(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const fs::path& file = at->path();
    if (file.extension() == ".so" && file.filename().native().front() != '.') files.push_back(file);
  }
  if (failed == std::errc::no_such_file_or_directory) return std::vector<fs::path>{};
  if (failed)
    return Reason{say("the folder cannot be read (", failed.message(),
                      "); correct the plugin path or its permissions")};
  std::sort(files.begin(), files.end());
  return files;
}

/// The reason for refusing `one` when another file of its folder has a component of the same name.
std::optional<std::string> clash(const Opened& one, const std::vector<Opened>& folder) {
  for (const Described& component : *one.components) {
    for (const Opened& other : folder) {
      if (&other == &one || !other.components) continue;
      for (const Described& rival : *other.components) {
        if (!same_name(rival.info, component.info.kind, component.info.name)) continue;
        return say("its ", to_word(component.info.kind), " \"", component.info.name,
                   "\" has the same name as the ", to_word(rival.info.kind), " of ", other.file.string(),
                   " in the same folder, so neither is used; remove one of the two files");
      }
    }
  }
  return std::nullopt;
}

}  // namespace

void Catalog::add_folder(std::vector<std::filesystem::path> files) {
  std::vector<Opened> opened;
  for (fs::path& file : files) {
    auto components = open_plugin(file);
    opened.push_back({std::move(file), std::move(components)});
  }
  const std::size_t earlier = components_.size();
  for (const Opened& one : opened) {
    if (!one.components) {
      refusals_.push_back(refuse(one.file, one.components.reason()));
      continue;
    }
    if (const auto reason = clash(one, opened)) {
      refusals_.push_back(refuse(one.file, *reason));
      continue;
    }
    for (const Described& component : *one.components) {
      const auto before = components_.begin() + static_cast<std::ptrdiff_t>(earlier);
      const bool shadowed = std::any_of(components_.begin(), before, [&](const Component& other) {
        return same_name(other.info, component.info.kind, component.info.name);
      });
      components_.push_back({component.info, shadowed, component.descriptor});
    }
  }
}

Checked<const gleaner_component*> Component::open() const {
  return loaded;
}

Catalog Catalog::scan(std::span<const std::filesystem::path> folders) {
  Catalog catalog;
  std::set<Identity> met;
  for (const fs::path& folder : folders) {
    const auto files = libraries_in(folder);
    if (!files) {
      catalog.refusals_.push_back(refuse(folder, files.reason()));
      continue;
    }
    std::vector<fs::path> fresh;
    for (const fs::path& file : *files) {
      if (is_new(met, file)) fresh.push_back(file);
    }
    catalog.add_folder(std::move(fresh));
  }
  return catalog;
}

Catalog Catalog::open(const std::filesystem::path& file) {
  Catalog catalog;
  // A bare name would make dlopen look in the system's folders.
  std::error_code failed;
  fs::path absolute = fs::absolute(file, failed);
  catalog.add_folder({failed ? file : absolute});
  return catalog;
}

const Component* Catalog::find(Kind kind, std::string_view name) const {
  const auto found = std::find_if(components_.begin(), components_.end(), [&](const Component& component) {
    return !component.shadowed && same_name(component.info, kind, name);
  });
  return found == components_.end() ? nullptr : &*found;
}

}  // namespace gleaner::host
