#include "host/loader/plugin_library.hpp"

#include "host/loader/library.hpp"
#include "host/loader/stamp.hpp"

namespace gleaner::host {
namespace {

Checked<std::vector<Described>> open_plugin(const std::filesystem::path& file) {
  const auto stamp = read_stamp(file);
  if (!stamp) return Reason{stamp.reason()};
  const auto usable = check_stamp(*stamp);
  if (!usable) return Reason{usable.reason()};
  const auto plugin = open_library(file);
  if (!plugin) return Reason{plugin.reason()};
  return describe(**plugin, *stamp, file);
}

}  // namespace

Checked<const std::vector<Described>*> PluginLibrary::open() {
  const std::lock_guard lock(opening_);
  if (!opened_) opened_ = open_plugin(file_);
  if (!*opened_) return Reason{opened_->reason()};
  return &**opened_;
}

}  // namespace gleaner::host
