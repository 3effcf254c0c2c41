// plugin rescan: forgets what was found on the search path, and looks at every file again.
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "host/cli/options.hpp"
#include "host/cli/plugin_words.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

/// By file: "arxiv.so: source arxiv 1.0.0", or why it is not used.
using FileLines = std::map<std::filesystem::path, std::string>;

FileLines lines_of_files(const Catalog& catalog) {
  FileLines out;
  for (const Component& each : catalog.components()) {
    std::string& line = out[each.info.plugin_file];
    line += fmt::format("{}{} {}{}{}{}", line.empty() ? "" : ", ", to_word(each.info.kind), each.info.name,
                        each.info.version.empty() ? "" : " ", each.info.version,
                        each.shadowed ? " (shadowed)" : "");
  }
  for (auto& [file, line] : out)
    line = fmt::format("{}: {}", file.filename().string(), line);
  for (const Refusal& each : catalog.refusals())
    out[each.file] = each.message;
  return out;
}

std::string found_text(const Plugins& plugins) {
  const FileLines lines = lines_of_files(plugins.catalog);
  std::string out;
  for (const SearchFolder& folder : plugins.folders) {
    out += folder_line(folder) + "\n";
    for (const auto& [file, line] : lines)
      if (file.parent_path() == folder.folder || file == folder.folder) out += "    " + line + "\n";
  }
  return out;
}

std::string rescan_summary(const Catalog& catalog) {
  std::size_t files = 0;
  const PluginLibrary* last = nullptr;
  for (const Component& each : catalog.components()) {
    files += each.library != last ? 1 : 0;
    last = each.library;
  }
  const std::size_t components = catalog.components().size();
  const std::size_t refused = catalog.refusals().size();
  return fmt::format("gleaner: {} plugin file{} with {} component{}; {} {} not used.\n", files,
                     files == 1 ? "" : "s", components, components == 1 ? "" : "s",
                     refused == 0 ? std::string("none") : std::to_string(refused),
                     refused > 1 ? "are" : "is");
}

}  // namespace

int plugin_rescan(const Arguments& arguments, std::span<const std::string> operands) {
  if (!operands.empty())
    throw UsageError(
        fmt::format("rescan looks at every plugin and takes no FILE, but {} is given", quote(operands[0])));
  const Plugins plugins = open_plugins(arguments, ScanSettings::Believe::nothing);
  if (arguments.has(options::json)) {
    print(plugins_json(plugins));
  } else {
    print(found_text(plugins));
    say(rescan_summary(plugins.catalog));
  }
  return plugins.catalog.refusals().empty() ? exit_complete : exit_no_digest;
}

}  // namespace gleaner::host::cli
