#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "host/cli/component_text.hpp"
#include "host/cli/plugin_check.hpp"
#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

int check(const std::vector<std::string>& files) {
  bool sound = true;
  for (const std::string& file : files) {
    const PluginFindings findings = check_plugin(file);
    print(findings.text);
    for (const std::string& problem : findings.problems)
      say(fmt::format("gleaner: error: {}\n", problem));
    sound = sound && findings.problems.empty();
  }
  return sound ? exit_complete : exit_no_digest;
}

int plugin(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.operands();
  const std::vector<std::string> known{"check", "new", "docs", "rescan"};
  const std::string& what = words.front();
  if (std::find(known.begin(), known.end(), what) == known.end())
    throw UsageError(fmt::format("unknown word {}{}", quote(what), did_you_mean(what, known)));
  if (what != "check") {
    say(fmt::format("gleaner: plugin {} comes in a later version.\n", what));
    return exit_usage;
  }
  if (words.size() < 2) throw UsageError("FILE is missing after check");
  return check({words.begin() + 1, words.end()});
}

}  // namespace

Verb plugin_verb() {
  return {.name = "plugin",
          .summary = "check a plugin file",
          .synopsis = {"check FILE..."},
          .description =
              "check: opens a plugin as the host does when it looks for plugins, prints the components in "
              "it, and says what is wrong: a file the host would refuse, a default that its own option would "
              "not take. Nothing of the plugin is run.\n"
              "\n"
              "new, docs and rescan come in a later version.",
          .operands = {.names = {"check"}, .more = true, .completes = Completes::words, .words = {"check"}},
          .exits = {{0, "every file is sound"},
                    {1, "a file is not, or could not be read"},
                    {2, "the command line is wrong"}},
          .examples = {{"Would the host take it?", "gleaner plugin check build/my-scorer.so"}},
          .act = plugin};
}

}  // namespace gleaner::host::cli
