#include "host/cli/plugins.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/config/installed.hpp"
#include "host/config/json_text.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/loader/scan_cache.hpp"

namespace gleaner::host::cli {

namespace {

std::string_view to_words(Origin origin) {
  switch (origin) {
    case Origin::command_line:
      return "--plugin-path";
    case Origin::environment:
      return "GLEANER_PLUGIN_PATH";
    case Origin::user:
      return "the user's folder";
    case Origin::system:
      return "the system's folder";
  }
  return "";
}

bool is_there(const SearchFolder& folder) {
  std::error_code failed;
  return std::filesystem::is_directory(folder.folder, failed);
}

}  // namespace

Plugins open_plugins(const Arguments& arguments, ScanSettings::Believe believe) {
  std::vector<std::filesystem::path> given;
  for (const std::string& folder : arguments.values("plugin-path")) {
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed))
      throw UsageError(fmt::format("--plugin-path {} is not a folder", quote(folder)));
    given.emplace_back(folder);
  }
  Plugins out;
  out.folders = search_path(given);
  std::vector<std::filesystem::path> folders;
  for (const SearchFolder& each : out.folders)
    folders.push_back(each.folder);
  out.catalog = Catalog::scan(folders, {.cache = user_scan_cache(), .believe = believe});
  for (const Component& component : out.catalog.components())
    if (!component.shadowed) out.usable.push_back(&component.info);
  return out;
}

std::vector<std::string> plugin_warnings(const Catalog& catalog) {
  std::vector<std::string> out;
  for (const Refusal& refusal : catalog.refusals())
    out.push_back(refusal.message);
  return out;
}

void warn_of_plugins(const Catalog& catalog) {
  for (const std::string& warning : plugin_warnings(catalog))
    say(fmt::format("gleaner: warning: {}\n", warning));
}

std::vector<std::string> shadowed_lines(const Catalog& catalog) {
  std::vector<std::string> out;
  for (const Component& component : catalog.components()) {
    if (!component.shadowed) continue;
    const Component* used = catalog.find(component.info.kind, component.info.name);
    const std::string by = used == nullptr ? "another" : used->info.plugin_file.string();
    out.push_back(fmt::format("The {} \"{}\" of {} is not used: {} comes earlier in the search path.",
                              to_word(component.info.kind), component.info.name,
                              component.info.plugin_file.string(), by));
  }
  return out;
}

std::string folder_line(const SearchFolder& folder) {
  return fmt::format("{}  ({}{})", folder.folder.string(), to_words(folder.origin),
                     is_there(folder) ? "" : ", is not there");
}

std::string plugins_json(const Plugins& plugins) {
  boost::json::array components;
  for (const Component& each : plugins.catalog.components()) {
    boost::json::object one = short_json(each.info);
    one["shadowed"] = each.shadowed;
    components.emplace_back(std::move(one));
  }
  boost::json::array refused;
  for (const Refusal& each : plugins.catalog.refusals())
    refused.emplace_back(boost::json::object{{"file", each.file.string()}, {"message", each.message}});
  boost::json::array folders;
  for (const SearchFolder& each : plugins.folders)
    folders.emplace_back(boost::json::object{
        {"folder", each.folder.string()}, {"named_by", to_words(each.origin)}, {"is_there", is_there(each)}});
  return indented_json(boost::json::object{{"components", std::move(components)},
                                           {"refused", std::move(refused)},
                                           {"folders", std::move(folders)}});
}

std::vector<std::string> component_names(std::span<const ComponentInfo* const> components) {
  std::vector<std::string> out;
  for (const ComponentInfo* info : components)
    if (std::find(out.begin(), out.end(), info->name) == out.end()) out.push_back(info->name);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<const ComponentInfo*> components_named(std::string_view word,
                                                   std::span<const ComponentInfo* const> components) {
  std::vector<const ComponentInfo*> out;
  for (const ComponentInfo* info : components) {
    const std::string by_section = fmt::format("{}.{}", to_word(section_of(info->kind)), info->name);
    const std::string by_kind = fmt::format("{}.{}", to_word(info->kind), info->name);
    if (word == info->name || word == by_section || word == by_kind) out.push_back(info);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ComponentInfo* a, const ComponentInfo* b) { return a->kind < b->kind; });
  if (out.empty()) {
    throw UsageError(fmt::format("no component is named {}{}", quote(word),
                                 did_you_mean(word, component_names(components))));
  }
  return out;
}

}  // namespace gleaner::host::cli
