#include "host/cli/help.hpp"

#include <fmt/format.h>

#include "host/cli/layout.hpp"

namespace gleaner::host::cli {
namespace {

std::string option_head(const OptionSpec& option) {
  std::string out = option.letter == '\0' ? "" : fmt::format("-{}, ", option.letter);
  out += fmt::format("--{}", option.name);
  if (!option.value.empty()) out += fmt::format(" {}", option.value);
  return out;
}

std::string option_list(std::span<const OptionSpec> options, std::size_t width) {
  std::string out;
  for (const OptionSpec& option : options) {
    const std::string_view repeat = option.repeatable ? " May be given several times." : "";
    out += fmt::format("    {}\n{}", option_head(option),
                       wrapped(fmt::format("{}{}", option.doc, repeat), 8, width));
  }
  return out;
}

std::string verb_lines(std::span<const Verb> verbs, bool later) {
  std::vector<std::vector<std::string>> rows;
  for (const Verb& verb : verbs) {
    if ((verb.act == nullptr) == later) rows.push_back({std::string(verb.name), std::string(verb.summary)});
  }
  return table(rows, 4, 0);
}

std::string examples(const Verb& verb) {
  std::string out;
  for (const Example& example : verb.examples) {
    if (!out.empty()) out += "\n";
    out += fmt::format("    # {}\n    {}\n", example.what, example.command);
  }
  return out;
}

}  // namespace

std::string overview(std::span<const Verb> verbs, std::size_t width) {
  return fmt::format(
      "gleaner reads the day's papers and keeps the few that matter to one reader.\n\n"
      "    gleaner VERB [OPTION]... [ARGUMENT]...\n\n"
      "VERBS\n{}\nLATER VERSIONS\n{}\nOPTIONS\n{}\nEXAMPLES\n"
      "    gleaner run pipelines/sample.toml\n"
      "    gleaner new \"arxiv keyword markdown\" > my.toml\n"
      "    gleaner lint my.toml\n\n"
      "\"gleaner help VERB\" says all about one of them.\n",
      verb_lines(verbs, false), verb_lines(verbs, true),
      option_list(common_options(), width) + "    --version\n        Print the version.\n");
}

std::string help_page(const Verb& verb, std::size_t width) {
  std::string out = fmt::format("NAME\n    gleaner {} - {}\n", verb.name, verb.summary);
  if (verb.act == nullptr)
    return out + fmt::format("\n    gleaner {} comes in a later version.\n", verb.name);
  out += "\nSYNOPSIS\n";
  for (const std::string_view form : verb.synopsis)
    out += wrapped(fmt::format("gleaner {}{}{}", verb.name, form.empty() ? "" : " ", form), 4, width);
  out += "\nDESCRIPTION\n" + wrapped(verb.description, 4, width);
  out += "\nOPTIONS\n" + option_list(options_of(verb), width);
  out += "\nEXIT STATUS\n";
  std::vector<std::vector<std::string>> rows;
  for (const ExitStatus& status : verb.exits)
    rows.push_back({std::to_string(status.code), std::string(status.meaning)});
  out += table(rows, 4, 0);
  if (!verb.examples.empty()) out += "\nEXAMPLES\n" + examples(verb);
  return out;
}

}  // namespace gleaner::host::cli
