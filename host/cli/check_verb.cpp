#include <algorithm>
#include <memory>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "host/cli/lint.hpp"
#include "host/cli/options.hpp"
#include "host/cli/session.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/json_text.hpp"
#include "host/pipeline/crash_handler.hpp"
#include "host/pipeline/health.hpp"

namespace gleaner::host::cli {
namespace {

std::string_view to_words(Health::State state) {
  switch (state) {
    case Health::State::well:
      return "well";
    case Health::State::unasked:
      return "nothing to ask";
    case Health::State::ill:
      break;
  }
  return "ill";
}

std::string health_lines(const std::vector<Health>& all) {
  std::string out;
  for (const Health& each : all)
    out += fmt::format("{} {}: {}\n", each.kind, each.name,
                       each.sentence.empty() ? to_words(each.state) : std::string_view(each.sentence));
  return out;
}

std::string health_json(const std::vector<Health>& all) {
  boost::json::array out;
  for (const Health& each : all) {
    boost::json::object row{{"kind", each.kind}, {"name", each.name}, {"state", to_words(each.state)}};
    if (!each.sentence.empty()) row["problem"] = each.sentence;
    out.emplace_back(std::move(row));
  }
  return json_text(out) + "\n";
}

int check(const Arguments& arguments) {
  watch_crashes();
  Session session(arguments);
  const Plugins plugins = open_plugins(arguments);
  for (const std::string& warning : plugin_warnings(plugins.catalog))
    session.log().warning(warning);
  LoadResult loaded = lint_file(arguments.operands().front(), arguments, plugins);
  // A note says what lint cannot know; here the component itself is asked.
  std::erase_if(loaded.diagnostics, [](const Diagnostic& each) { return each.severity == Severity::note; });
  say(diagnostics_text(loaded, session.quiet()));
  if (!loaded.ok) return exit_bad_pipeline;
  const RunOptions options = session.run_options();
  const auto all = check_health(loaded.pipeline, plugins.catalog, session.services(), options.cancelled);
  session.end_progress();
  if (arguments.has(options::json))
    print(health_json(all));
  else
    print(health_lines(all));
  if (session.interrupted()) return exit_interrupted;
  const auto ill =
      std::ranges::count_if(all, [](const Health& each) { return each.state == Health::State::ill; });
  session.tell(ill == 0 ? "Everything that could be asked would work now."
                        : fmt::format("{} of {} components would not work now.", ill, all.size()));
  return ill == 0 ? exit_complete : exit_no_digest;
}

constexpr std::string_view check_description =
    "Reads PIPELINE as \"gleaner lint\" does. When it has no errors, makes each of its components as a run "
    "would and asks those that can tell whether they would work now: whether the server is there and takes "
    "the key, whether a model is there. Nothing is fetched, spent or written.\n"
    "\n"
    "A line for each component goes to standard output, everything else to standard error.";

}  // namespace

Verb check_verb() {
  return {.name = "check",
          .summary = "lint, then ask each component whether it would work now",
          .synopsis = {"PIPELINE [--set KEY=VALUE]... [--json] [-q | -v]"},
          .description = check_description,
          .operands = {.names = {"PIPELINE"}, .completes = Completes::file},
          .options = {options::set,
                      {.name = "json", .doc = "Print one JSON array of {kind, name, state, problem}."},
                      options::quiet,
                      options::verbose},
          .exits = {{0, "every component would work, as far as it can tell"},
                    {1, "one of them would not"},
                    {2, "the command line is wrong"},
                    {78, "the pipeline file is unreadable or wrong"},
                    {130, "interrupted (Ctrl-C, SIGTERM)"}},
          .examples = {{"Is the key right, is the server there?", "gleaner check pipelines/today.toml"},
                       {"What is ill, and why",
                        "gleaner check --json my.toml | jq -r '.[] | select(.problem).problem'"}},
          .act = check};
}

}  // namespace gleaner::host::cli
