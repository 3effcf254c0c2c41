#include <fmt/format.h>

#include "host/cli/completion.hpp"

namespace gleaner::host::cli {
namespace {

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// What completes a word, as options of fish's `complete`.
std::string action(Completes completes, std::string_view words, std::span<const Verb> verbs) {
  switch (completes) {
    case Completes::file:
      return " -F";
    case Completes::folder:
      return " -a '(__fish_complete_directories)'";
    case Completes::component:
      return " -a '(__gleaner_components)'";
    case Completes::code:
      return " -a '(__gleaner_codes)'";
    case Completes::verb:
      return " -a " + fish_quoted(verb_names(verbs, " "));
    case Completes::words:
      return " -a " + fish_quoted(words);
    case Completes::nothing:
      break;
  }
  return "";
}

std::string option_line(std::string_view condition, const OptionSpec& option, std::span<const Verb> verbs) {
  std::string out = fmt::format("complete -c gleaner{} -l {}", condition, option.name);
  if (option.letter != '\0') out += fmt::format(" -s {}", option.letter);
  if (!option.value.empty())
    out += (option.completes == Completes::file ? " -r" : " -x") + action(option.completes, "", verbs);
  return out + fmt::format(" -d {}\n", fish_quoted(first_sentence(option.doc)));
}

std::string verb_lines(const Verb& verb, std::span<const Verb> verbs) {
  std::string out = fmt::format("complete -c gleaner -n __fish_use_subcommand -a {} -d {}\n", verb.name,
                                fish_quoted(verb.summary));
  const std::string seen = fmt::format(" -n '__fish_seen_subcommand_from {}'", verb.name);
  for (const OptionSpec& option : verb.options)
    out += option_line(seen, option, verbs);
  const std::string words = fmt::format("{}", fmt::join(verb.operands.words, " "));
  const std::string operand = action(verb.operands.completes, words, verbs);
  if (!operand.empty()) out += fmt::format("complete -c gleaner{}{}\n", seen, operand);
  const bool files_follow = verb.operands.completes == Completes::words && verb.operands.more;
  if (files_follow) out += fmt::format("complete -c gleaner{} -F\n", seen);
  return out;
}

}  // namespace

std::string fish_completion(std::span<const Verb> verbs) {
  std::string out = "# fish completion for gleaner, made by: gleaner completion fish\n\n";
  out += fmt::format("function __gleaner_components\n    {}\nend\n", list_components);
  out += fmt::format("function __gleaner_codes\n    {}\nend\n\n", list_codes);
  out += "complete -c gleaner -f\n";
  for (const OptionSpec& option : common_options())
    out += option_line("", option, verbs);
  out += "complete -c gleaner -n __fish_use_subcommand -l version -d 'Print the version'\n";
  for (const Verb& verb : verbs)
    if (verb.act != nullptr) out += verb_lines(verb, verbs);
  return out;
}

}  // namespace gleaner::host::cli
