#include <algorithm>

#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/conformance/test.hpp"
#include "host/cli/layout.hpp"
#include "host/cli/options.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
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
  const auto refused = plugin_warnings(plugins.catalog);
  if (!refused.empty()) out += fmt::format("Not used:\n    {}\n\n", fmt::join(refused, "\n    "));
  const auto shadowed = shadowed_lines(plugins.catalog);
  if (!shadowed.empty()) out += fmt::format("Shadowed:\n    {}\n\n", fmt::join(shadowed, "\n    "));
  std::vector<std::string> folders;
  for (const SearchFolder& folder : plugins.folders)
    folders.push_back(folder_line(folder));
  return out +
         fmt::format("Looked in, the first that has a name wins:\n    {}\n", fmt::join(folders, "\n    "));
}

int list(const Arguments& arguments) {
  if (!arguments.operands().empty()) {
    if (arguments.operands().front() != "tests")
      throw UsageError(fmt::format("unknown word \"{}\"; there is only tests", arguments.operands().front()));
    print(conformance::test_list(arguments.has(options::json)));
    return exit_complete;
  }
  const Plugins plugins = open_plugins(arguments);
  if (arguments.has(options::json)) {
    print(plugins_json(plugins));
    return exit_complete;
  }
  if (arguments.has(options::verbose)) {
    print(long_list(plugins));  // the files that are not used are in it
  } else {
    print(short_table(plugins.catalog));
    warn_of_plugins(plugins.catalog);
  }
  if (plugins.usable.empty())
    say("gleaner: no plugin was found; --plugin-path DIR names a folder of them, \"gleaner list -v\" says "
        "where was looked.\n");
  return exit_complete;
}

}  // namespace

Verb list_verb() {
  return {
      .name = "list",
      .summary = "list the components that are installed",
      .synopsis = {"[-v] [--json]", "tests [--json]"},
      .description =
          "Lists every source, filter, scorer and output of the plugins that were found, by kind and "
          "name. Plugin files that cannot be used are named on standard error, with the reason.\n"
          "\n"
          "Plugins are looked for in the folders of --plugin-path, then in those of "
          "GLEANER_PLUGIN_PATH (with ':' between them), then in the user's folder "
          "($XDG_DATA_HOME/gleaner/plugins, else ~/.local/share/gleaner/plugins), then in the system's "
          "(lib/gleaner beside the program's bin/). Where two folders have a component of one kind and "
          "name, the earlier folder wins; filters and scorers share one space of names. Two files of one "
          "folder that have the same are both refused. A folder or file that everybody may write to is "
          "not used.\n"
          "\n"
          "Each file is opened once, by another process, and what it says of itself is remembered in "
          "$XDG_CACHE_HOME/gleaner/plugins.scan (else below ~/.cache) until the file changes. One that "
          "crashes, exits or takes longer than 2 s is not opened again, and named, until it changes or "
          "\"gleaner plugin rescan\" is told to try again.\n"
          "\n"
          "tests: the conformance tests that \"gleaner plugin check\" runs, each with the sentence it "
          "holds a plugin to.",
      .operands = {.names = {"WORD"}, .optional = true, .completes = Completes::words, .words = {"tests"}},
      .options = {{.name = "verbose",
                   .letter = 'v',
                   .doc = "Say more of each: its file, axes and abilities; then the files that are not used "
                          "and why, the components that are hidden by others of their name, and the "
                          "folders that were searched, in their order, each with who named it."},
                  {.name = "json",
                   .doc = "Print one JSON object: components (shadowed ones too), refused files and "
                          "folders in their order."}},
      .exits = {{0, "the list was printed"}, {2, "the command line is wrong"}},
      .examples = {{"What is there?", "gleaner list"},
                   {"With a folder of one's own plugins", "gleaner list -v --plugin-path ~/plugins"},
                   {"The names of all scorers",
                    "gleaner list --json | jq -r '.components[] | select(.kind == \"scorer\").name'"}},
      .act = list};
}

}  // namespace gleaner::host::cli
