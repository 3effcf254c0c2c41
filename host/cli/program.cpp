#include "host/cli/program.hpp"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "host/cli/arguments.hpp"
#include "host/cli/help.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/isolation/worker.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

/// One line, and where the rest stands; never the whole help.
int complain(const UsageError& error, std::string_view verb) {
  const std::string_view message = error.what();
  const std::string_view stop = message.ends_with('?') || message.ends_with('.') ? "" : ".";
  if (verb.empty()) {
    say(fmt::format("gleaner: {}{} See \"gleaner help\".\n", message, stop));
  } else {
    say(fmt::format("gleaner {0}: {1}{2} See \"gleaner help {0}\".\n", verb, message, stop));
  }
  return exit_usage;
}

/// --help is obeyed whatever else is wrong with the line, but not behind "--".
bool asks_for_help(std::span<const std::string> words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const std::string& word) { return word == "--help" || word == "-h"; });
}

int without_verb(std::span<const Verb> verbs, const CutLine& line) {
  if (std::find(line.words.begin(), line.words.end(), "--version") != line.words.end()) {
    print("gleaner " GLEANER_VERSION "\n");
    return exit_complete;
  }
  Verb none{.name = "", .operands = {}, .options = {{.name = "version"}}};
  if (!asks_for_help(line.words)) static_cast<void>(Arguments::parse(none, line.words));
  if (!asks_for_help(line.words)) {  // nothing was asked for: that is a mistake, and in a script a grave one
    say(overview(verbs, text_width()));
    return exit_usage;
  }
  print(overview(verbs, text_width()));
  return exit_complete;
}

int act(const Verb& verb, const CutLine& line) {
  if (asks_for_help(line.words)) {
    print(help_page(verb, text_width()));
    return exit_complete;
  }
  if (verb.act == nullptr) {
    say(fmt::format("gleaner: {} comes in a later version.\n", verb.name));
    return exit_usage;
  }
  return verb.act(Arguments::parse(verb, line.words));
}

int obey(std::span<const std::string> words) {
  const std::vector<Verb> verbs = all_verbs();
  const CutLine line = cut_at_verb(words);
  std::string_view known;  // the verb, once it is known to be one
  try {
    if (line.verb.empty()) return without_verb(verbs, line);
    const Verb& verb = find_verb(verbs, line.verb);
    known = verb.name;
    return act(verb, line);
  } catch (const UsageError& error) {
    return complain(error, known);
  }
}

}  // namespace

int run_program(std::span<const std::string> words) {
  if (is_worker(words)) return run_worker(words);
  int exit = exit_no_digest;
  try {
    exit = obey(words);
  } catch (const std::exception& error) {
    say(fmt::format("gleaner: something went wrong that should not: {}. Please report it.\n", error.what()));
  }
  return finish_output() || exit != exit_complete ? exit : exit_no_digest;
}

}  // namespace gleaner::host::cli
