#include <algorithm>

#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/layout.hpp"
#include "host/cli/options.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

constexpr Kind kinds[] = {Kind::source, Kind::filter, Kind::scorer, Kind::output};

/// Name order within a kind, whatever folder they come from.
std::vector<const Component*> of_kind(const Catalog& catalog, Kind kind) {
  std::vector<const Component*> out;
  for (const Component& component : catalog.components())
    if (component.info.kind == kind && !component.shadowed) out.push_back(&component);
  std::sort(out.begin(), out.end(),
            [](const Component* a, const Component* b) { return a->info.name < b->info.name; });
  return out;
}

std::string short_table(const Catalog& catalog) {
  std::vector<std::vector<std::string>> rows{{"KIND", "NAME", "VERSION", "PLUGIN", "SUMMARY"}};
  for (const Kind kind : kinds) {
    for (const Component* each : of_kind(catalog, kind)) {
      const ComponentInfo& info = each->info;
      rows.push_back({std::string(to_word(kind)), info.name, info.version, info.plugin_name, info.summary});
    }
  }
  return rows.size() == 1 ? "" : table(rows, 0, output_is_terminal() ? text_width() : 0);
}

std::string details(const ComponentInfo& info) {
  std::string out =
      fmt::format("{} {} {}  ({} {})\n    {}\n    file: {}\n", to_word(info.kind), info.name, info.version,
                  info.plugin_name, info.plugin_version, info.summary, info.plugin_file.string());
  std::vector<std::string> axes;
  for (const AxisInfo& axis : info.axes)
    axes.push_back(axis_text(axis));
  if (!axes.empty()) out += fmt::format("    axes: {}\n", fmt::join(axes, ", "));
  const auto can = capability_words(info);
  if (!can.empty()) out += fmt::format("    {}\n", fmt::join(can, "; "));
  return out;
}

std::string long_list(const Plugins& plugins) {
  std::string out;
  for (const Kind kind : kinds)
    for (const Component* each : of_kind(plugins.catalog, kind))
      out += details(each->info) + "\n";
  const auto shadowed = shadowed_lines(plugins.catalog);
  if (!shadowed.empty()) out += fmt::format("Shadowed:\n    {}\n\n", fmt::join(shadowed, "\n    "));
  std::vector<std::string> folders;
  for (const auto& folder : plugins.folders) {
    std::error_code failed;
    const bool there = std::filesystem::is_directory(folder, failed);
    folders.push_back(folder.string() + (there ? "" : "  (is not there)"));
  }
  return out + fmt::format("Looked in:\n    {}\n", fmt::join(folders, "\n    "));
}

std::string list_json(const Catalog& catalog) {
  boost::json::array components;
  for (const Component& each : catalog.components()) {
    boost::json::object one = short_json(each.info);
    one["shadowed"] = each.shadowed;
    components.emplace_back(std::move(one));
  }
  boost::json::array refused;
  for (const Refusal& each : catalog.refusals())
    refused.emplace_back(boost::json::object{{"file", each.file.string()}, {"message", each.message}});
  return indented_json(
      boost::json::object{{"components", std::move(components)}, {"refused", std::move(refused)}});
}

int list(const Arguments& arguments) {
  const Plugins plugins = open_plugins(arguments);
  if (arguments.has(options::json)) {
    print(list_json(plugins.catalog));
    return exit_complete;
  }
  print(arguments.has(options::verbose) ? long_list(plugins) : short_table(plugins.catalog));
  warn_of_plugins(plugins.catalog);
  if (plugins.usable.empty())
    say("gleaner: no plugin was found; --plugin-path DIR names a folder of them, \"gleaner list -v\" says "
        "where was looked.\n");
  return exit_complete;
}

}  // namespace

Verb list_verb() {
  return {.name = "list",
          .summary = "list the components that are installed",
          .synopsis = {"[-v] [--json]"},
          .description =
              "Lists every source, filter, scorer and output of the plugins that were found, by kind and "
              "name. Plugin files that cannot be used are named on standard error, with the reason.",
          .operands = {},
          .options = {{.name = "verbose",
                       .letter = 'v',
                       .doc = "Say more of each: its file, axes and abilities; then which components are "
                              "hidden by others of their name, and the folders that were searched."},
                      {.name = "json",
                       .doc = "Print one JSON object: components (shadowed ones too) and refused files."}},
          .exits = {{0, "the list was printed"}, {2, "the command line is wrong"}},
          .examples = {{"What is there?", "gleaner list"},
                       {"With a folder of one's own plugins", "gleaner list -v --plugin-path ~/plugins"},
                       {"The names of all scorers",
                        "gleaner list --json | jq -r '.components[] | select(.kind == \"scorer\").name'"}},
          .act = list};
}

}  // namespace gleaner::host::cli
