#include <algorithm>

#include <fmt/format.h>

#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

std::string counted(std::ptrdiff_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string summary(const Diagnostics& all) {
  const auto of = [&all](Severity severity) {
    return std::count_if(all.begin(), all.end(),
                         [severity](const Diagnostic& each) { return each.severity == severity; });
  };
  return fmt::format("{}, {}\n", counted(of(Severity::error), "error"),
                     counted(of(Severity::warning), "warning"));
}

int lint(const Arguments& arguments) {
  const bool quiet = arguments.has(options::quiet);
  const bool json = arguments.has(options::json);
  const Plugins plugins = open_plugins(arguments);
  if (!quiet) warn_of_plugins(plugins.catalog);
  if (arguments.has(options::verbose))
    for (const std::string& line : shadowed_lines(plugins.catalog))
      say(fmt::format("gleaner: {}\n", line));
  Diagnostics all;
  for (const std::string& path : arguments.operands()) {
    const LoadResult loaded = read_pipeline(path, arguments, plugins, Purpose::lint);
    if (!json) print(diagnostics_text(loaded, quiet));
    all.insert(all.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  }
  if (json) print(to_json(all) + "\n");
  if (!quiet) say(summary(all));
  return has_errors(all) ? exit_bad_pipeline : exit_complete;
}

constexpr std::string_view lint_description =
    "Reads pipeline files and prints every mistake in them, each with its place, its code and the line it "
    "stands in. Nothing is fetched, started or written. \"gleaner explain CODE\" says more about a code.\n"
    "\n"
    "The mistakes go to standard output, a count of them to standard error.";

}  // namespace

Verb lint_verb() {
  return {.name = "lint",
          .summary = "check pipeline files without running them",
          .synopsis = {"PIPELINE... [--set KEY=VALUE]... [--json] [-q | -v]"},
          .description = lint_description,
          .operands = {.names = {"PIPELINE"}, .more = true, .completes = Completes::file},
          .options = {options::set,
                      {.name = "json",
                       .doc = "Print one JSON array of {severity, code, file, line, column, message}."},
                      {.name = "quiet", .letter = 'q', .doc = "Say nothing but errors."},
                      options::verbose},
          .exits = {{0, "no errors; there may be warnings"},
                    {2, "the command line is wrong"},
                    {78, "a file is unreadable or has errors"}},
          .examples = {{"Is it right?", "gleaner lint my.toml"},
                       {"All of them, before a commit", "gleaner lint pipelines/*.toml"},
                       {"The codes alone", "gleaner lint --json my.toml | jq -r '.[].code'"}},
          .act = lint};
}

}  // namespace gleaner::host::cli
