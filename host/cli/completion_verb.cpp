#include <fmt/format.h>

#include "host/cli/arguments.hpp"
#include "host/cli/completion.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/cli/verbs.hpp"
#include "host/config/suggest.hpp"
#include "host/config/text.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {
namespace {

int completion(const Arguments& arguments) {
  const std::string& shell = arguments.operands().front();
  const std::vector<Verb> verbs = all_verbs();
  if (shell == "bash") {
    print(bash_completion(verbs));
  } else if (shell == "zsh") {
    print(zsh_completion(verbs));
  } else if (shell == "fish") {
    print(fish_completion(verbs));
  } else {
    const std::vector<std::string> known{"bash", "zsh", "fish"};
    const std::string hint = did_you_mean(shell, known);
    throw UsageError(fmt::format("no completion for {}{}", quote(shell),
                                 hint.empty() ? ", only for bash, zsh and fish" : hint));
  }
  return exit_complete;
}

}  // namespace

Verb completion_verb() {
  return {.name = "completion",
          .summary = "print a completion script for a shell",
          .synopsis = {"bash | zsh | fish"},
          .description =
              "Prints a script that lets the shell complete verbs, options, files and names of components.",
          .operands = {.names = {"SHELL"}, .completes = Completes::words, .words = {"bash", "zsh", "fish"}},
          .exits = {{0, "the script was printed"}, {2, "there is none for that shell"}},
          .examples = {{"bash, for good",
                        "gleaner completion bash > ~/.local/share/bash-completion/completions/gleaner"},
                       {"zsh, in a folder of $fpath", "gleaner completion zsh > ~/.zsh/completions/_gleaner"},
                       {"fish", "gleaner completion fish > ~/.config/fish/completions/gleaner.fish"}},
          .act = completion};
}

}  // namespace gleaner::host::cli
