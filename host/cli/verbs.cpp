#include "host/cli/verbs.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "host/cli/usage.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli {

const std::vector<OptionSpec>& common_options() {
  static const std::vector<OptionSpec> common{
      {.name = "plugin-path",
       .value = "DIR",
       .doc = "Look for plugins in DIR first, before the folders of $GLEANER_PLUGIN_PATH, "
              "$XDG_DATA_HOME/gleaner/plugins and the installed ones.",
       .repeatable = true,
       .completes = Completes::folder},
      {.name = "help", .letter = 'h', .doc = "Print this page."}};
  return common;
}

std::vector<OptionSpec> options_of(const Verb& verb) {
  std::vector<OptionSpec> out = verb.options;
  out.insert(out.end(), common_options().begin(), common_options().end());
  return out;
}

std::vector<Verb> later_verbs() {
  return {{.name = "label", .summary = "mark papers as good or bad picks"},
          {.name = "eval", .summary = "measure a pipeline against labels"}};
}

std::vector<Verb> all_verbs() {
  std::vector<Verb> out{run_verb(), lint_verb(),    check_verb(),      list_verb(),   describe_verb(),
                        new_verb(), explain_verb(), schema_verb(),     render_verb(), deliver_verb(),
                        why_verb(), history_verb(), completion_verb(), plugin_verb(), help_verb()};
  for (Verb& verb : later_verbs())
    out.push_back(std::move(verb));
  return out;
}

const Verb& find_verb(std::span<const Verb> verbs, std::string_view name) {
  const auto found =
      std::find_if(verbs.begin(), verbs.end(), [name](const Verb& verb) { return verb.name == name; });
  if (found != verbs.end()) return *found;
  std::vector<std::string> known;
  for (const Verb& verb : verbs)
    known.emplace_back(verb.name);
  throw UsageError(fmt::format("unknown verb {}{}", quote(name), did_you_mean(name, known)));
}

}  // namespace gleaner::host::cli
