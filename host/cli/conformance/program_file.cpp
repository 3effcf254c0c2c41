#include "host/cli/conformance/program_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "host/cli/conformance/use.hpp"
#include "host/config/text.hpp"

namespace gleaner::host::cli::conformance {
namespace {

void takes_the_program(Trial& trial) {
  trial.only_with(GLEANER_HEALTH);
  Bench bench(trial);
  trial.doing("starting the program");
  const kit::Outcome health = bench.component.health();
  if (!health.ok()) throw Broken(health.message);
}

constexpr Test takes_it{"program.answers", "The program answers as what it is to be.", components,
                        takes_the_program};

bool runs_programs(const ComponentInfo& info) {
  const OptionInfo* command = info.option("command");
  return command != nullptr && command->type == OptionType::list;
}

/// Its number among the components of its library.
std::optional<std::size_t> number_of(const ComponentInfo& info, const Contents& contents) {
  for (std::size_t i = 0; i < contents.parts.size(); ++i)
    if (contents.parts[i].name == info.name &&
        contents.parts[i].kind == static_cast<std::uint32_t>(info.kind))
      return i;
  return std::nullopt;
}

}  // namespace

bool is_program(const std::filesystem::path& file) {
  std::error_code failed;
  return std::filesystem::is_regular_file(file, failed) && file.extension() != ".so" &&
         ::access(file.c_str(), X_OK) == 0;
}

std::optional<Runs> who_runs(const std::filesystem::path& program, const Ask& ask,
                             std::span<const ComponentInfo* const> installed,
                             std::vector<std::string>& refusals) {
  for (const ComponentInfo* info : installed) {
    if (!runs_programs(*info)) continue;
    Runs runs{ask, 0, fmt::format("{} {}", to_word(info->kind), info->name)};
    runs.ask.file = info->plugin_file;
    // Before what was given by hand, which wins.
    runs.ask.given.insert(runs.ask.given.begin(),
                          {"", "command", fmt::format("[{}]", toml_string(program.string()))});
    if (const OptionInfo* folder = info->option("folder");
        folder != nullptr && folder->type == OptionType::path)
      runs.ask.given.insert(runs.ask.given.begin(),
                            {"", "folder", toml_string(program.parent_path().string())});
    const auto number = number_of(*info, read_contents(runs.ask));
    if (!number) continue;
    runs.component = *number;
    const auto results = run_jobs(runs.ask, {{&takes_it, runs.component, runs.of}});
    if (results.front().end == Result::End::passed) return runs;
    refusals.push_back(fmt::format("as {}: {}", runs.of, results.front().happened));
  }
  return std::nullopt;
}

}  // namespace gleaner::host::cli::conformance
