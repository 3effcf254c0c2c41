// SPDX-License-Identifier: Apache-2.0
// What source, stage and output of the name `exec` have in common: a program and how it is run.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gleaner/plugin.hpp>

namespace gleaner::exec {

/// The lines of the pipeline file that say which program, and how.
struct ProgramOptions {
  std::vector<std::string> command;
  Json options;
  Path folder;
  std::vector<std::string> env;
  Secret secret;
  std::chrono::milliseconds patience{60'000};
  bool handshake = true;
};

/// `about` of a component that runs a program; `more` are its own options.
template <class... More>
[[nodiscard]] constexpr auto about_program(std::string_view summary, std::string_view documentation,
                                           More... more) {
  return about(
             "exec", summary,
             field("command", &ProgramOptions::command,
                   "The program and its arguments; a name with a slash starts at `folder`, another is looked "
                   "for on PATH")
                 .required()
                 .example("[\"./rank.py\"]"),
             field("options", &ProgramOptions::options,
                   "What the program wants, as a table of its own; checked by the program's schema when it "
                   "starts"),
             field("folder", &ProgramOptions::folder, "Where it runs").fallback("."),
             field("env", &ProgramOptions::env,
                   "Environment variables it gets besides PATH, HOME, USER, LANG, LC_*, TZ and TMPDIR")
                 .example("[\"https_proxy\"]"),
             field("secret", &ProgramOptions::secret, "A secret that is told to the program when it starts")
                 .example("${secret:TOKEN}"),
             field("patience", &ProgramOptions::patience,
                   "How long it may be silent while something is expected of it")
                 .fallback("60s")
                 .within(100, 86'400'000),
             field("handshake", &ProgramOptions::handshake,
                   "Whether it speaks the protocol exec/1; false for a program that just reads or writes "
                   "JSON lines")
                 .fallback("true"),
             more...)
      .documentation(documentation);
}

/// What can be seen of the options without starting anything; throws Error that names the option. A host
/// that only tries hears in a line of the log what it cannot know.
void check_program_options(const ProgramOptions& options, const Host& host);

/// The program as messages name it: the last part of its path.
[[nodiscard]] std::string program_name(const ProgramOptions& options);

}  // namespace gleaner::exec
