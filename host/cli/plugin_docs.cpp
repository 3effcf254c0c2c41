#include <vector>

#include <fmt/format.h>

#include "host/cli/plugin_page.hpp"
#include "host/cli/plugin_words.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/loader/catalog.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {

int plugin_docs(const Arguments& /*arguments*/, std::span<const std::string> operands) {
  if (operands.empty()) throw UsageError("FILE is missing after docs");
  if (operands.size() > 1) throw UsageError("docs takes one FILE");
  const Catalog catalog = Catalog::look(operands.front());
  for (const Refusal& refusal : catalog.refusals())
    say(fmt::format("gleaner: error: {}\n", refusal.message));
  std::vector<const ComponentInfo*> components;
  for (const Component& component : catalog.components())
    components.push_back(&component.info);
  if (components.empty()) return exit_no_digest;
  print(plugin_page(components));
  return exit_complete;
}

}  // namespace gleaner::host::cli
