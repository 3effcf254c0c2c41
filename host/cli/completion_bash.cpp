#include <fmt/format.h>

#include "host/cli/completion.hpp"

namespace gleaner::host::cli {
namespace {

/// Options of a verb whose value is completed so, as a pattern of `case`: "--out|--record".
std::string pattern(const Verb& verb, Completes completes) {
  std::vector<std::string> out;
  for (const OptionSpec& option : options_of(verb))
    if (!option.value.empty() && option.completes == completes)
      out.push_back(fmt::format("--{}", option.name));
  return fmt::format("{}", fmt::join(out, "|"));
}

std::string option_words(const Verb& verb) {
  std::vector<std::string> out;
  for (const OptionSpec& option : options_of(verb)) {
    out.push_back(fmt::format("--{}", option.name));
    if (option.letter != '\0') out.push_back(fmt::format("-{}", option.letter));
  }
  return fmt::format("{}", fmt::join(out, " "));
}

/// The function that offers what may stand behind the verb.
std::string operand_call(const Verb& verb, std::span<const Verb> verbs) {
  switch (verb.operands.completes) {
    case Completes::file:
      return "_gleaner_paths -f";
    case Completes::folder:
      return "_gleaner_paths -d";
    case Completes::component:
      return fmt::format("_gleaner_words \"$({})\"", list_components);
    case Completes::code:
      return fmt::format("_gleaner_words \"$({})\"", list_codes);
    case Completes::verb:
      return fmt::format("_gleaner_words '{}'", verb_names(verbs, " "));
    case Completes::words: {
      const std::string words = fmt::format("_gleaner_words '{}'", fmt::join(verb.operands.words, " "));
      // `plugin check FILE`: the words come first, files after them.
      return verb.operands.more ? fmt::format("if [[ $before == {} ]]; then {}; else _gleaner_paths -f; fi",
                                              verb.name, words)
                                : words;
    }
    case Completes::nothing:
      break;
  }
  return ":";
}

std::string value_cases(const Verb& verb) {
  std::string out;
  const auto add = [&](Completes completes, std::string_view call) {
    const std::string options = pattern(verb, completes);
    if (!options.empty()) out += fmt::format("        {}) {} return ;;\n", options, call);
  };
  add(Completes::folder, "_gleaner_paths -d;");
  add(Completes::file, "_gleaner_paths -f;");
  add(Completes::nothing, "");
  return out;
}

std::string verb_case(const Verb& verb, std::span<const Verb> verbs) {
  return fmt::format(
      "    {})\n"
      "      case $before in\n{}      esac\n"
      "      if [[ $word == -* ]]; then _gleaner_words '{}'; else {}; fi ;;\n",
      verb.name, value_cases(verb), option_words(verb), operand_call(verb, verbs));
}

constexpr std::string_view head = R"(# bash completion for gleaner, made by: gleaner completion bash

_gleaner_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
_gleaner_paths() { compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen "$1" -- "$word"); }

_gleaner() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --plugin-path) ((i++)) ;;
      -*) ;;
      *) verb=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $verb in
)";

}  // namespace

std::string first_sentence(std::string_view doc) {
  const std::size_t end = doc.find(". ");
  std::string out(doc.substr(0, end));
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string verb_names(std::span<const Verb> verbs, std::string_view between) {
  std::vector<std::string_view> out;
  for (const Verb& verb : verbs)
    if (verb.act != nullptr) out.push_back(verb.name);
  return fmt::format("{}", fmt::join(out, between));
}

std::string bash_completion(std::span<const Verb> verbs) {
  std::string out(head);
  const Verb none{.name = "''",
                  .operands = {.names = {}, .completes = Completes::verb},
                  .options = {{.name = "version"}}};
  out += verb_case(none, verbs);
  for (const Verb& verb : verbs)
    if (verb.act != nullptr) out += verb_case(verb, verbs);
  return out + "  esac\n}\n\ncomplete -F _gleaner gleaner\n";
}

}  // namespace gleaner::host::cli
