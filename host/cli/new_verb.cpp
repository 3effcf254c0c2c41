#include <utility>

#include <fmt/format.h>

#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/sample.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

/// "arxiv openai markdown" as one word or three, commas or blanks between them.
std::vector<std::string> read_names(const std::vector<std::string>& operands) {
  std::vector<std::string> out;
  for (const std::string& operand : operands) {
    std::string name;
    for (const char c : operand + " ") {
      if (c != ' ' && c != ',' && c != '\t' && c != '\n') {
        name += c;
      } else if (!name.empty()) {
        out.push_back(std::exchange(name, {}));
      }
    }
  }
  return out;
}

int make_new(const Arguments& arguments) {
  const Plugins plugins = open_plugins(arguments);
  warn_of_plugins(plugins.catalog);
  const std::vector<std::string> names = read_names(arguments.operands());
  if (names.empty()) throw UsageError("COMPONENTS is missing");
  const Sample sample = sample_pipeline(names, plugins.usable);
  if (!sample.problems.empty()) throw UsageError(fmt::format("{}", fmt::join(sample.problems, "; ")));
  print(sample.text);
  return exit_complete;
}

}  // namespace

Verb new_verb() {
  return {
      .name = "new",
      .summary = "print a pipeline file to start from",
      .synopsis = {"\"COMPONENT...\" > FILE"},
      .description =
          "Prints a pipeline of the named components, in the order papers pass them: sources, stages, "
          "outputs. All options are there with what they do; those that a run can do without are commented "
          "out.",
      .operands = {.names = {"COMPONENTS"}, .more = true, .completes = Completes::component},
      .exits = {{0, "the pipeline was printed"},
                {2, "a name is not installed, or there is no source or output among them"}},
      .examples = {{"arXiv, scored by keywords, as a Markdown page",
                    "gleaner new \"arxiv keyword markdown\" > my.toml"},
                   {"What can be named?", "gleaner list"}},
      .act = make_new};
}

}  // namespace gleaner::host::cli
