#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/layout.hpp"
#include "host/cli/options.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/config/option.hpp"
#include "host/config/sample.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

std::string default_text(const OptionInfo& option) {
  if (option.required) return "required";
  return option.fallback.empty() ? "" : "default " + as_toml(option.type, option.fallback);
}

/// Columns name, type and default; the doc with choices and bounds below each.
std::string options_text(const ComponentInfo& info, std::size_t width) {
  std::vector<std::vector<std::string>> rows;
  for (const OptionInfo& option : info.options)
    rows.push_back({option.name, std::string(to_word(option.type)), default_text(option)});
  const std::string heads = table(rows, 4, 0);
  std::string out;
  std::string_view rest = heads;
  for (const OptionInfo& option : info.options) {
    const std::size_t end = rest.find('\n') + 1;
    out += rest.substr(0, end);
    rest.remove_prefix(end);
    std::string doc = option.doc;
    if (!option.choices.empty()) {
      const std::string_view stop = doc.empty() || doc.ends_with('.') ? "" : ".";
      doc += fmt::format("{} One of: {}.", stop, fmt::join(option.choices, ", "));
    }
    // Many docs name their range themselves.
    if (option.bounds && doc.find(bounds_text(option)) == std::string::npos)
      doc += fmt::format(" ({})", bounds_text(option));
    if (option.deprecated) doc += " Deprecated.";
    out += wrapped(doc, 8, width);
  }
  return out;
}

std::string axes_text(const ComponentInfo& info, std::size_t width) {
  std::string out;
  for (const AxisInfo& axis : info.axes)
    out += fmt::format("    {}\n{}", axis_text(axis), wrapped(axis.doc, 8, width));
  return out;
}

std::string needs_text(const ComponentInfo& info, std::size_t width) {
  std::string out;
  for (const NeedInfo& need : info.needs)
    out += fmt::format("    {}\n{}", need_text(need), wrapped(need.doc, 8, width));
  if (const auto reach = reach_text(info); !reach.empty())
    out += (out.empty() ? "" : "\n") + wrapped(reach, 4, width);
  return out;
}

void add_part(std::string& page, std::string_view head, const std::string& text) {
  if (!text.empty()) page += fmt::format("\n{}\n{}", head, text);
}

std::string page_of(const ComponentInfo& info, std::size_t width) {
  std::string out = fmt::format("{} {} {}\n{}", to_word(info.kind), info.name, info.version,
                                wrapped(info.summary, 4, width));
  if (!info.documentation.empty()) out += "\n" + wrapped(info.documentation, 4, width);
  add_part(out, "OPTIONS", options_text(info, width));
  add_part(out, "AXES", axes_text(info, width));
  add_part(out, "NEEDS", needs_text(info, width));
  const auto can = capability_words(info);
  add_part(out, "ABILITIES", can.empty() ? "" : wrapped(fmt::format("{}", fmt::join(can, "; ")), 4, width));
  if (info.politeness) add_part(out, "MANNERS", wrapped(politeness_text(*info.politeness), 4, width));
  if (info.calendar) add_part(out, "ANNOUNCES ON", wrapped(calendar_text(*info.calendar), 4, width));
  add_part(out, "PLUGIN",
           fmt::format("    {} {}, {}\n", info.plugin_name, info.plugin_version, info.plugin_file.string()));
  if (!info.homepage.empty()) out += fmt::format("    {}\n", info.homepage);
  // Unindented, so that it can be copied.
  return out + fmt::format("\nIN A PIPELINE FILE\n{}", sample_table(info));
}

int describe(const Arguments& arguments) {
  const Plugins plugins = open_plugins(arguments);
  warn_of_plugins(plugins.catalog);
  const auto found = components_named(arguments.operands().front(), plugins.usable);
  if (arguments.has(options::json)) {
    boost::json::array all;
    for (const ComponentInfo* info : found)
      all.emplace_back(full_json(*info));
    print(indented_json(all));
    return exit_complete;
  }
  std::string out;
  for (const ComponentInfo* info : found) {
    std::string page = page_of(*info, text_width());
    while (page.ends_with("\n\n"))
      page.pop_back();
    out += (out.empty() ? "" : "\n\n") + page;
  }
  print(out);
  return exit_complete;
}

}  // namespace

Verb describe_verb() {
  return {.name = "describe",
          .summary = "say everything about a component",
          .synopsis = {"NAME [--json]"},
          .description =
              "Prints what a component does, its options with their types, defaults and limits, the axes it "
              "scores, what it needs, and lines to copy into a pipeline file. Where several kinds have one "
              "name all are described; output.jsonl means one of them.",
          .operands = {.names = {"NAME"}, .completes = Completes::component},
          .options = {{.name = "json", .doc = "Print a JSON array, one object a component."}},
          .exits = {{0, "the component was described"}, {2, "there is no component of that name"}},
          .examples = {{"The options of the keyword scorer", "gleaner describe keyword"},
                       {"Only the output named jsonl", "gleaner describe output.jsonl"}},
          .act = describe};
}

}  // namespace gleaner::host::cli
