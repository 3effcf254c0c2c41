#include "host/pipeline/isolation/death.hpp"

#include <csignal>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/config/duration.hpp"
#include "host/config/memory_size.hpp"
#include "host/pipeline/isolation/worker_link.hpp"

namespace gleaner::host::isolation {

std::string signal_word(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

std::string component_words(const ComponentInfo& info) {
  return fmt::format("the {} \"{}\" {} ({})", to_word(info.kind), info.name, info.plugin_version,
                     info.plugin_file.filename().string());
}

std::string death_words(const Death& death, const Isolation& limits) {
  switch (death.cause) {
    case Death::Cause::signal:
      if (death.number == SIGKILL) return "was killed with SIGKILL by the system or a person";
      return fmt::format("crashed with {}", signal_word(death.number));
    case Death::Cause::exit:
      if (death.number == exit_no_memory)
        return fmt::format("ran out of its {} of memory", memory_size_text(limits.memory));
      return fmt::format("ended its process with exit code {}", death.number);
    case Death::Cause::deadline:
      return fmt::format("did not come back within {} and was stopped", duration_text(limits.deadline));
    case Death::Cause::interrupted:
      return "did not stop when the run was interrupted, and was killed";
    case Death::Cause::babble:
      return fmt::format("{} and was stopped", death.detail);
    case Death::Cause::no_start:
      return fmt::format("could not be started in a process of its own: {}", death.detail);
  }
  return "ended";
}

std::string paper_words(std::span<const std::string> ids) {
  if (ids.size() < 2) return ids.empty() ? std::string() : ids.front();
  return fmt::format("{} and {}", fmt::join(ids.first(ids.size() - 1), ", "), ids.back());
}

}  // namespace gleaner::host::isolation
