#include "host/cli/plugin_page.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/markdown_text.hpp"
#include "host/config/option.hpp"
#include "host/config/sample.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli {
namespace {

std::string title_of(const ComponentInfo& info) {
  return fmt::format("{} {}", to_word(info.kind), info.name);
}

/// What a heading is linked by on pages that people read in a browser: names are of [a-z0-9-_] already.
std::string anchor_of(const ComponentInfo& info) {
  return fmt::format("{}-{}", to_word(info.kind), info.name);
}

std::string default_cell(const OptionInfo& option) {
  if (option.required) return "required";
  return code_span(option.fallback.empty() ? "" : as_toml(option.type, option.fallback));
}

/// The doc with choices and bounds, as `describe` has it.
std::string doc_cell(const OptionInfo& option) {
  std::string doc = prose(option.doc);
  if (!option.choices.empty()) {
    const std::string_view stop = doc.empty() || doc.ends_with('.') ? "" : ".";
    std::vector<std::string> words;
    for (const std::string& choice : option.choices)
      words.push_back(code_span(choice));
    doc += fmt::format("{} One of: {}.", stop, fmt::join(words, ", "));
  }
  // Many docs name their range themselves.
  if (option.bounds && option.doc.find(bounds_text(option)) == std::string::npos)
    doc += fmt::format(" ({})", bounds_text(option));
  if (option.deprecated) doc += " Deprecated.";
  return doc;
}

std::string options_part(const ComponentInfo& info) {
  std::vector<std::vector<std::string>> rows;
  for (const OptionInfo& option : info.options)
    rows.push_back(
        {code_span(option.name), std::string(to_word(option.type)), default_cell(option), doc_cell(option)});
  return markdown_table({"option", "type", "default", "what it is"}, rows);
}

std::string axes_part(const ComponentInfo& info) {
  std::vector<std::vector<std::string>> rows;
  for (const AxisInfo& axis : info.axes)
    rows.push_back({code_span(axis.name),
                    fmt::format("{} to {}", number_text(axis.lowest), number_text(axis.highest)),
                    prose(axis.doc)});
  return markdown_table({"axis", "range", "what it says"}, rows);
}

std::string needs_part(const ComponentInfo& info) {
  std::vector<std::vector<std::string>> rows;
  for (const NeedInfo& need : info.needs) {
    const std::string text = need_text(need);
    rows.push_back({text.substr(0, text.find(' ')), code_span(need.name), prose(need.doc)});
  }
  std::string out = markdown_table({"needs", "which", "for"}, rows);
  if (const std::string reach = reach_text(info); !reach.empty())
    out += fmt::format("{}{}\n", out.empty() ? "" : "\n", prose(reach));
  return out;
}

std::string facts_part(const ComponentInfo& info) {
  std::vector<std::vector<std::string>> rows;
  if (info.version != info.plugin_version) rows.push_back({"version", prose(info.version)});
  const auto can = capability_words(info);
  if (!can.empty()) rows.push_back({"abilities", fmt::format("{}", fmt::join(can, "; "))});
  if (info.politeness) rows.push_back({"manners", prose(politeness_text(*info.politeness))});
  if (info.calendar) rows.push_back({"announces on", prose(calendar_text(*info.calendar))});
  if (!info.homepage.empty()) rows.push_back({"more", prose(info.homepage)});
  return markdown_table({"", ""}, rows);
}

void add_part(std::string& page, std::string_view head, const std::string& text) {
  if (text.empty()) return;
  page += head.empty() ? fmt::format("\n{}", text) : fmt::format("\n### {}\n\n{}", head, text);
}

std::string component_part(const ComponentInfo& info) {
  std::string out = fmt::format("## {}\n\n{}.\n", title_of(info), prose(info.summary));
  add_part(out, "", nested(info.documentation, 3));
  add_part(out, "Options", options_part(info));
  add_part(out, "Axes", axes_part(info));
  add_part(out, "Needs", needs_part(info));
  add_part(out, "Facts", facts_part(info));
  std::string sample = sample_table(info);
  while (sample.ends_with("\n\n"))
    sample.pop_back();
  add_part(out, "In a pipeline file", code_block("toml", sample));
  return out;
}

}  // namespace

std::string plugin_page(std::span<const ComponentInfo* const> components) {
  std::vector<const ComponentInfo*> sorted(components.begin(), components.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const ComponentInfo* a, const ComponentInfo* b) { return a->kind < b->kind; });
  const ComponentInfo& first = *sorted.front();
  std::string out = fmt::format("# {}\n\nPlugin {}, version {}.\n\n", prose(first.plugin_name),
                                code_span(first.plugin_name), prose(first.plugin_version));
  for (const ComponentInfo* info : sorted)
    out += fmt::format("- [{}](#{}): {}\n", title_of(*info), anchor_of(*info), prose(info->summary));
  for (const ComponentInfo* info : sorted)
    out += "\n" + component_part(*info);
  return out + "\n---\n\nMade by `gleaner plugin docs` from what the plugin says of itself.\n";
}

}  // namespace gleaner::host::cli
