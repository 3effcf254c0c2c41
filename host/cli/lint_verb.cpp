#include <algorithm>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "host/cli/lint.hpp"
#include "host/cli/lock_check.hpp"
#include "host/cli/options.hpp"
#include "host/cli/pipeline_file.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/run.hpp"
#include "host/pipeline/trial.hpp"

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
  const auto notes = of(Severity::note);
  return fmt::format("{}, {}{}\n", counted(of(Severity::error), "error"),
                     counted(of(Severity::warning), "warning"),
                     notes > 0 ? ", " + counted(notes, "note") : std::string());
}

bool comes_before(const Diagnostic& a, const Diagnostic& b) {
  const auto key = [](const Location& place) {
    return std::make_tuple(place.line == 0, place.line, place.column);
  };
  return key(a.where) < key(b.where);
}

int lint(const Arguments& arguments) {
  watch_crashes();
  const bool quiet = arguments.has(options::quiet);
  const bool json = arguments.has(options::json);
  const Plugins plugins = open_plugins(arguments);
  if (!quiet) warn_of_plugins(plugins.catalog);
  if (arguments.has(options::verbose))
    for (const std::string& line : shadowed_lines(plugins.catalog))
      say(fmt::format("gleaner: {}\n", line));
  Diagnostics all;
  for (const std::string& path : arguments.operands()) {
    const LoadResult loaded = lint_file(path, arguments, plugins);
    if (!json) print(diagnostics_text(loaded, quiet));
    all.insert(all.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  }
  if (json) print(to_json(all) + "\n");
  if (!quiet) say(summary(all));
  return has_errors(all) ? exit_bad_pipeline : exit_complete;
}

constexpr std::string_view lint_description =
    "Reads pipeline files and prints every mistake in them, each with its place, its code and the line it "
    "stands in. The components of a file that is otherwise right are created, to hear what they say of their "
    "options; nothing is fetched, written or resolved. \"gleaner explain CODE\" says more about a code.\n"
    "\n"
    "The mistakes go to standard output, a count of them to standard error.";

}  // namespace

LoadResult lint_file(const std::string& path, const Arguments& arguments, const Plugins& plugins) {
  LoadResult out = read_locked_pipeline(path, arguments, plugins, Purpose::lint);
  if (!out.ok) return out;
  const Clock clock;
  Diagnostics found = try_components(out.pipeline, plugins.catalog, clock, out.diagnostics);
  std::move(found.begin(), found.end(), std::back_inserter(out.diagnostics));
  std::stable_sort(out.diagnostics.begin(), out.diagnostics.end(), comes_before);
  out.ok = !has_errors(out.diagnostics);
  return out;
}

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
