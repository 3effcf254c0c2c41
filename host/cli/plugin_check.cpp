
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "host/cli/plugin_words.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/config/option.hpp"
#include "host/loader/catalog.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

struct PluginFindings {
  std::string text;                   ///< what is in it, lines
  std::vector<std::string> problems;  ///< sentences; none: it is sound
};

/// Defaults pass through the checks that values of a pipeline file pass.
std::vector<std::string> wrong_defaults(const ComponentInfo& info) {
  const Document document;
  const Interpolator interpolator({}, [](std::string_view) { return std::nullopt; });
  Report report;
  const Reader reader(document, interpolator, {}, report);
  for (const OptionInfo& option : info.options)
    static_cast<void>(read_default(reader, info, option, {}));
  std::vector<std::string> out;
  for (const Diagnostic& each : report.diagnostics())
    out.push_back(fmt::format("{}: {} \"{}\": {}.", info.plugin_file.string(), to_word(info.kind), info.name,
                              each.message));
  return out;
}

std::string component_line(const ComponentInfo& info) {
  std::string out = fmt::format("{} {} {}: {} option{}", to_word(info.kind), info.name, info.version,
                                info.options.size(), info.options.size() == 1 ? "" : "s");
  std::vector<std::string_view> axes;
  for (const AxisInfo& axis : info.axes)
    axes.push_back(axis.name);
  if (!axes.empty()) out += fmt::format(", axes {}", fmt::join(axes, " "));
  return out + "\n";
}

/// Opens the file; it stays open, as every plugin does.
PluginFindings check_plugin(const std::filesystem::path& file) {
  PluginFindings out;
  const Catalog catalog = Catalog::open(file);
  for (const Refusal& refusal : catalog.refusals())
    out.problems.push_back(refusal.message);
  for (const Component& component : catalog.components()) {
    out.text += component_line(component.info);
    const auto wrong = wrong_defaults(component.info);
    out.problems.insert(out.problems.end(), wrong.begin(), wrong.end());
  }
  return out;
}

}  // namespace

int plugin_check(const Arguments& /*arguments*/, std::span<const std::string> operands) {
  if (operands.empty()) throw UsageError("FILE is missing after check");
  bool sound = true;
  for (const std::string& file : operands) {
    const PluginFindings findings = check_plugin(file);
    print(findings.text);
    for (const std::string& problem : findings.problems)
      say(fmt::format("gleaner: error: {}\n", problem));
    sound = sound && findings.problems.empty();
  }
  return sound ? exit_complete : exit_no_digest;
}

}  // namespace gleaner::host::cli
