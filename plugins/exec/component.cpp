// SPDX-License-Identifier: Apache-2.0
#include "plugins/exec/component.hpp"

#include "plugins/exec/find_program.hpp"

namespace gleaner::exec {

Facts facts_of(Role role, const std::string& instance, const std::string& contact, const Call& call) {
  Facts out;
  out.role = role;
  out.instance = instance;
  out.contact = contact;
  out.date = std::string(call.date());
  out.seed = call.seed();
  out.dry_run = call.dry_run();
  return out;
}

void check_program(const ProgramOptions& options, const Host& host, Facts facts, const Call& call) {
  if (!options.handshake) {
    (void)find_program(options);
    return;
  }
  facts.check = true;
  Program program(options, host, facts, call);
  if (!program.ready().hint.empty()) host.warn(program.ready().hint);
  program.finish_checked(call);
}

}  // namespace gleaner::exec
