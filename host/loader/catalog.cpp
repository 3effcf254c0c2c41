#include "host/loader/catalog.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <sys/stat.h>

#include "host/loader/scan_cache.hpp"
#include "host/loader/stamp.hpp"
#include "host/loader/trust.hpp"

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
  if (const auto doubt = distrust(folder)) return Reason{*doubt};
  std::sort(files.begin(), files.end());
  return files;
}

Checked<std::vector<ComponentInfo>> usable(const Finding& finding) {
  if (const auto* mishap = std::get_if<Mishap>(&finding)) return Reason{to_sentence(*mishap)};
  if (const auto* reason = std::get_if<Reason>(&finding)) return *reason;
  return std::get<std::vector<ComponentInfo>>(finding);
}

/// What is known of every file: from the cache, from the file's stamp, else from a process that opens it.
class Scan {
 public:
  explicit Scan(const ScanSettings& settings) : settings_(settings), cache_(settings.cache) {}

  /// Before the others; `file` gets the next number.
  void add(const fs::path& file) {
    const std::size_t number = findings_.size();
    findings_.emplace_back(Reason{});
    if (auto doubt = distrust(file)) {
      findings_[number] = Reason{std::move(*doubt)};
      return;
    }
    const auto mark = FileMark::of(file);
    auto known = mark && settings_.believe == ScanSettings::Believe::what_was_found ? cache_.find(file, *mark)
                                                                                    : std::nullopt;
    if (known) {
      findings_[number] = std::move(*known);
      return;
    }
    // Asked before it is looked at: what is written later then has another mark.
    const bool settled = mark && mark->is_settled();
    const auto stamp = read_stamp(file);
    const auto checked = stamp ? check_stamp(*stamp) : stamp;
    if (checked) {
      candidates_.push_back({file, *checked});
      waiting_.push_back({number, settled ? mark : std::nullopt});
    } else {
      findings_[number] = Reason{checked.reason()};
      cache_.remember(file, std::nullopt, findings_[number]);
    }
  }

  /// In the order of add().
  [[nodiscard]] std::vector<Finding> finish() && {
    std::vector<Finding> looked = look_at(candidates_, settings_.budget);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (auto* components = std::get_if<std::vector<ComponentInfo>>(&looked[i])) {
        for (ComponentInfo& each : *components)
          each.plugin_file = candidates_[i].file;
      }
      cache_.remember(candidates_[i].file, waiting_[i].mark, looked[i]);
      findings_[waiting_[i].number] = std::move(looked[i]);
    }
    cache_.save();
    return std::move(findings_);
  }

 private:
  struct Waiting {
    std::size_t number = 0;        ///< in findings_
    std::optional<FileMark> mark;  ///< where it may be remembered
  };
  const ScanSettings& settings_;
  ScanCache cache_;
  std::vector<Finding> findings_;
  std::vector<Candidate> candidates_;
  std::vector<Waiting> waiting_;  ///< the candidates' places
};

}  // namespace

/// The reason for refusing `one` when another file of its folder has a component of the same name.
std::optional<std::string> Catalog::clash(const Looked& one, std::span<const Looked> folder) {
  for (const ComponentInfo& component : *one.components) {
    for (const Looked& other : folder) {
      if (&other == &one || !other.components) continue;
      for (const ComponentInfo& rival : *other.components) {
        if (!same_name(rival, component.kind, component.name)) continue;
        return say("its ", to_word(component.kind), " \"", component.name, "\" has the same name as the ",
                   to_word(rival.kind), " of ", other.file.string(),
                   " in the same folder, so neither is used; remove one of the two files");
      }
    }
  }
  return std::nullopt;
}

void Catalog::add(const Looked& file) {
  PluginLibrary* library = libraries_.emplace_back(std::make_unique<PluginLibrary>(file.file)).get();
  for (const ComponentInfo& component : *file.components)
    components_.push_back({component, false, library});
}

void Catalog::add_folder(std::span<const Looked> files) {
  const std::size_t earlier = components_.size();
  for (const Looked& one : files) {
    if (!one.components) {
      refusals_.push_back(refuse(one.file, one.components.reason()));
    } else if (const auto reason = clash(one, files)) {
      refusals_.push_back(refuse(one.file, *reason));
    } else {
      add(one);
    }
  }
  const auto here = components_.begin() + static_cast<std::ptrdiff_t>(earlier);
  for (auto component = here; component != components_.end(); ++component) {
    component->shadowed = std::any_of(components_.begin(), here, [&](const Component& other) {
      return same_name(other.info, component->info.kind, component->info.name);
    });
  }
}

Checked<const gleaner_component*> Component::open() const {
  const auto opened = library->open();
  if (!opened) return Reason{opened.reason()};
  for (const Described& each : **opened)
    if (each.info == info) return each.descriptor;
  return Reason{say("its ", to_word(info.kind), " \"", info.name,
                    "\" is another than when the file was looked at; gleaner plugin rescan looks again")};
}

Catalog Catalog::scan(std::span<const std::filesystem::path> folders, const ScanSettings& settings) {
  Catalog catalog;
  Scan scan(settings);
  std::set<Identity> met;
  std::vector<std::vector<fs::path>> found;
  for (const fs::path& folder : folders) {
    std::vector<fs::path>& fresh = found.emplace_back();
    const auto files = libraries_in(folder);
    if (!files) {
      catalog.refusals_.push_back(refuse(folder, files.reason()));
      continue;
    }
    for (const fs::path& file : *files)
      if (is_new(met, file)) fresh.push_back(file);
    std::for_each(fresh.begin(), fresh.end(), [&](const fs::path& file) { scan.add(file); });
  }
  std::vector<Finding> findings = std::move(scan).finish();
  auto finding = findings.begin();
  for (const std::vector<fs::path>& files : found) {
    std::vector<Looked> looked;
    looked.reserve(files.size());
    for (const fs::path& file : files)
      looked.push_back({file, usable(*finding++)});
    catalog.add_folder(looked);
  }
  return catalog;
}

Catalog Catalog::look(const std::filesystem::path& file) {
  Catalog catalog;
  std::error_code failed;
  fs::path absolute = fs::absolute(file, failed);
  if (failed) absolute = file;
  const auto stamp = read_stamp(absolute);
  const auto checked = stamp ? check_stamp(*stamp) : stamp;
  if (!checked) {
    catalog.refusals_.push_back(refuse(absolute, checked.reason()));
    return catalog;
  }
  const Candidate candidate{absolute, *checked};
  std::vector<Finding> found = look_at(std::span(&candidate, 1));
  if (auto* components = std::get_if<std::vector<ComponentInfo>>(&found.front()))
    for (ComponentInfo& each : *components)
      each.plugin_file = absolute;
  const std::vector<Looked> looked{{absolute, usable(found.front())}};
  catalog.add_folder(looked);
  return catalog;
}

Catalog Catalog::open(const std::filesystem::path& file) {
  Catalog catalog;
  // A bare name would make dlopen look in the system's folders.
  std::error_code failed;
  fs::path absolute = fs::absolute(file, failed);
  if (failed) absolute = file;
  auto library = std::make_unique<PluginLibrary>(absolute);
  if (const auto opened = library->open()) {
    for (const Described& each : **opened)
      catalog.components_.push_back({each.info, false, library.get()});
    catalog.libraries_.push_back(std::move(library));
  } else {
    catalog.refusals_.push_back(refuse(absolute, opened.reason()));
  }
  return catalog;
}

const Component* Catalog::find(Kind kind, std::string_view name) const {
  const auto found = std::find_if(components_.begin(), components_.end(), [&](const Component& component) {
    return !component.shadowed && same_name(component.info, kind, name);
  });
  return found == components_.end() ? nullptr : &*found;
}

}  // namespace gleaner::host
