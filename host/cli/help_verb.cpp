#include "host/cli/arguments.hpp"
#include "host/cli/help.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

int help(const Arguments& arguments) {
  const std::vector<Verb> verbs = all_verbs();
  const std::vector<std::string>& asked = arguments.operands();
  print(asked.empty() ? overview(verbs, text_width())
                      : help_page(find_verb(verbs, asked.front()), text_width()));
  return exit_complete;
}

}  // namespace

Verb help_verb() {
  return {
      .name = "help",
      .summary = "say how a verb is used",
      .synopsis = {"[VERB]"},
      .description =
          "Prints the page of one verb, or the list of all. \"gleaner VERB --help\" prints the same page.",
      .operands = {.names = {"VERB"}, .optional = true, .completes = Completes::verb},
      .exits = {{0, "the page was printed"}, {2, "there is no such verb"}},
      .examples = {{"How is a pipeline run?", "gleaner help run"}},
      .act = help};
}

}  // namespace gleaner::host::cli
