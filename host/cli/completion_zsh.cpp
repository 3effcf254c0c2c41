#include <fmt/format.h>

#include "host/cli/completion.hpp"

namespace gleaner::host::cli {
namespace {

/// Text inside '…[…]' of _arguments: brackets and colons end it, a quote ends the word.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(Completes completes, const std::vector<std::string_view>& words) {
  switch (completes) {
    case Completes::file:
      return "_files";
    case Completes::folder:
      return "_files -/";
    case Completes::component:
      return "_gleaner_components";
    case Completes::code:
      return "_gleaner_codes";
    case Completes::verb:
      return "_gleaner_verbs";
    case Completes::words:
      return fmt::format("({})", fmt::join(words, " "));
    case Completes::nothing:
      break;
  }
  return " ";
}

std::string option_line(const OptionSpec& option) {
  const std::string doc = escaped(first_sentence(option.doc));
  const std::string value =
      option.value.empty() ? "" : fmt::format(":{}:{}", escaped(option.value), action(option.completes, {}));
  if (option.letter != '\0') {
    return fmt::format("'(-{0} --{1})'{{-{0},--{1}}}'[{2}]{3}'", option.letter, option.name, doc, value);
  }
  return fmt::format("'{}--{}[{}]{}'", option.repeatable ? "*" : "", option.name, doc, value);
}

std::string verb_case(const Verb& verb) {
  std::string out = fmt::format("    {})\n      _arguments", verb.name);
  for (const OptionSpec& option : options_of(verb))
    out += " \\\n        " + option_line(option);
  std::size_t place = 1;
  const Operands& operands = verb.operands;
  for (const std::string_view name : operands.names) {
    out += fmt::format(" \\\n        '{}:{}:{}'", place++, escaped(name),
                       action(operands.completes, operands.words));
  }
  if (operands.more) {
    const Completes rest = operands.completes == Completes::words ? Completes::file : operands.completes;
    out += fmt::format(" \\\n        '*:{}:{}'", escaped(operands.names.back()), action(rest, {}));
  }
  return out + " ;;\n";
}

}  // namespace

std::string zsh_completion(std::span<const Verb> verbs) {
  std::string out = "#compdef gleaner\n# zsh completion for gleaner, made by: gleaner completion zsh\n\n";
  out += fmt::format("_gleaner_components() {{ compadd -- ${{(f)\"$({})\"}} }}\n", list_components);
  out += fmt::format("_gleaner_codes() {{ compadd -- ${{(f)\"$({})\"}} }}\n", list_codes);
  out += "_gleaner_verbs() {\n  local -a verbs\n  verbs=(\n";
  for (const Verb& verb : verbs)
    if (verb.act != nullptr) out += fmt::format("    '{}:{}'\n", verb.name, escaped(verb.summary));
  out +=
      "  )\n  _describe verb verbs\n}\n\n_gleaner() {\n  local curcontext=\"$curcontext\" state line\n  "
      "typeset -A opt_args\n";
  out += "  _arguments -C";
  for (const OptionSpec& option : common_options())
    out += " \\\n    " + option_line(option);
  out +=
      " \\\n    '--version[Print the version]' \\\n    '1:verb:_gleaner_verbs' \\\n    "
      "'*::argument:->rest'\n";
  out += "  [[ $state == rest ]] || return\n  case $words[1] in\n";
  for (const Verb& verb : verbs)
    if (verb.act != nullptr) out += verb_case(verb);
  return out +
         "  esac\n}\n\nif [[ $funcstack[1] == _gleaner ]]; then\n  _gleaner \"$@\"\nelse\n  compdef _gleaner "
         "gleaner\nfi\n";
}

}  // namespace gleaner::host::cli
