#include "host/cli/plugins.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/schema.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

int schema(const Arguments& arguments) {
  const Plugins plugins = open_plugins(arguments);
  warn_of_plugins(plugins.catalog);
  print(pipeline_schema(plugins.usable));
  return exit_complete;
}

}  // namespace

Verb schema_verb() {
  return {.name = "schema",
          .summary = "print the JSON Schema of pipeline files",
          .synopsis = {""},
          .description =
              "Prints the JSON Schema (2020-12) of a pipeline file with the options of all installed "
              "components. Editors with TOML support complete and check pipeline files with it.",
          .operands = {},
          .exits = {{0, "the schema was printed"}, {2, "the command line is wrong"}},
          .examples = {{"For an editor", "gleaner schema > gleaner.schema.json"},
                       {"Then, as the first line of a pipeline file", "#:schema ./gleaner.schema.json"}},
          .act = schema};
}

}  // namespace gleaner::host::cli
