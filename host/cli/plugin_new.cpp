#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "host/cli/plugin_words.hpp"
#include "host/cli/scaffold/plan.hpp"
#include "host/cli/scaffold/write.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

/// The number of the word among those known.
std::size_t chosen(std::string_view what, const std::string& word, const std::vector<std::string>& known) {
  const auto found = std::find(known.begin(), known.end(), word);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::string guess = did_you_mean(word, known);
  throw UsageError(fmt::format("unknown {} {}{} There are {}", what, quote(word), guess.empty() ? "." : guess,
                               fmt::join(known, ", ")));
}

scaffold::NewPlugin read_words(const Arguments& arguments, std::span<const std::string> operands) {
  if (operands.size() < 2)
    throw UsageError(operands.empty() ? "KIND and NAME are missing after new"
                                      : "NAME is missing after new " + operands[0]);
  if (operands.size() > 2) throw UsageError("new takes one KIND and one NAME");
  const auto& kinds = scaffold::kind_words();
  const std::string& name = operands[1];
  const std::string& kind = kinds[chosen("kind", operands[0], kinds)];
  const std::string language = arguments.value("lang").value_or("cpp");
  const auto number = chosen("language", language, scaffold::language_words());
  if (!scaffold::is_component_name_of_plugin(name))
    throw UsageError(fmt::format(
        "{} cannot be a component's name: it is of a-z, 0-9, - and _, a letter or digit first, at most 64",
        quote(name)));
  return {kind, name, static_cast<scaffold::Language>(number)};
}

}  // namespace

int plugin_new(const Arguments& arguments, std::span<const std::string> operands) {
  const scaffold::NewPlugin plugin = read_words(arguments, operands);
  const scaffold::Plan plan = scaffold::plan_of(plugin);
  if (const auto problem = scaffold::write_files(plugin.name, plan.files)) {
    say(fmt::format("gleaner: error: {}\n", *problem));
    return exit_no_digest;
  }
  for (const scaffold::NewFile& file : plan.files)
    print(fmt::format("{}/{}\n", plugin.name, file.path));
  say("\nGo on with\n");
  for (const std::string& command : plan.next)
    say(fmt::format("    {}\n", command));
  return exit_complete;
}

}  // namespace gleaner::host::cli
