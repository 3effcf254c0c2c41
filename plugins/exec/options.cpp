// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/options.hpp"

#include <gleaner/ext/file.h>

namespace gleaner::exec {
namespace {

bool has_options(const Json& options) {
  return options.text.find_first_not_of("{} \t\n") != std::string::npos;
}

// The contract: a host that only tries has a log and a clock, and no files (gleaner_component.create).
bool is_trial(const Host& host) {
  return host.find<gleaner_file>(GLEANER_FILE) == nullptr;
}

}  // namespace

void check_program_options(const ProgramOptions& options, const Host& host) {
  if (options.command.empty() || options.command.front().empty())
    throw invalid_option("command",
                         "`command` names no program; it is a list, the program first: [\"./rank.py\"].");
  if (!options.handshake && has_options(options.options))
    throw invalid_option("options",
                         "A program without a handshake is not told any options; give it arguments in "
                         "`command`, or take out handshake = false.");
  if (!options.handshake && !options.secret.empty())
    throw invalid_option("secret",
                         "A program without a handshake is not told a secret; take out handshake = false.");
  if (has_options(options.options) && is_trial(host))
    host.info("Its options are known to " + program_name(options) +
              " alone, which was not started; \"gleaner check\" asks it.");
}

std::string program_name(const ProgramOptions& options) {
  const std::string& written = options.command.front();
  const auto slash = written.find_last_of('/');
  return slash == std::string::npos || slash + 1 == written.size() ? written : written.substr(slash + 1);
}

}  // namespace gleaner::exec
