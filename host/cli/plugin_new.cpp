#include "host/cli/plugin_words.hpp"
#include "host/cli/terminal.hpp"
#include "host/pipeline/run.hpp"

namespace gleaner::host::cli {

int plugin_new(const Arguments& /*arguments*/, std::span<const std::string> /*operands*/) {
  say("gleaner: plugin new comes in a later version.\n");
  return exit_usage;
}

}  // namespace gleaner::host::cli
