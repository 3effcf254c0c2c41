// The file: what can be told before anything of the plugin is called.
#include <chrono>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/cli/conformance/elf_facts.hpp"
#include "host/cli/conformance/process_state.hpp"
#include "host/cli/conformance/trial.hpp"
#include "host/config/text.hpp"
#include "host/loader/library.hpp"

namespace gleaner::host::cli::conformance {
namespace {

/// Facts of a file that is a plugin; another test says so where it is none.
ElfFacts facts_of(const Trial& trial) {
  const auto stamp = read_stamp(trial.file());
  if (!stamp) throw Skipped(stamp.reason());
  return elf_facts(trial.file());
}

void carries_a_stamp(Trial& trial) {
  const auto stamp = read_stamp(trial.file());
  if (!stamp) throw Broken(stamp.reason());
  const auto usable = check_stamp(*stamp);
  if (!usable) throw Broken(usable.reason());
}

void exports_one_symbol(Trial& trial) {
  const ElfFacts facts = facts_of(trial);
  std::vector<std::string> others;
  for (const std::string& name : facts.exports)
    if (name != GLEANER_PLUGIN_SYMBOL_NAME) others.push_back(name);
  if (others.size() == facts.exports.size())
    throw Broken("it does not export " GLEANER_PLUGIN_SYMBOL_NAME
                 "; GLEANER_PLUGIN defines it, and the version script of gleaner_add_plugin exports it");
  if (!others.empty())
    throw Broken(fmt::format(
        "it also exports {}; link with the version script that gleaner_add_plugin uses (local: *)",
        quote_all(others, 5)));
}

void needs_nothing_missing(Trial& trial) {
  static_cast<void>(facts_of(trial));
  trial.doing("opening the library");
  const auto opened = open_library(trial.file());
  if (!opened) throw Broken(opened.reason());
}

void cannot_be_written_by_others(Trial& trial) {
  struct stat status {};
  if (::stat(trial.file().c_str(), &status) != 0) throw Skipped("the file cannot be read");
  if ((status.st_mode & S_IWOTH) != 0)
    throw Broken(fmt::format("everybody may write it (mode {:03o}); take that away with chmod o-w",
                             status.st_mode & 0777U));
}

void has_no_executable_stack(Trial& trial) {
  const ElfFacts facts = facts_of(trial);
  if (facts.executable_stack)
    throw Broken(
        "it wants an executable stack, which newer systems refuse a library; an assembler file without "
        ".note.GNU-stack does that, or a nested function; link with -Wl,-z,noexecstack");
  if (facts.text_relocations)
    throw Broken("it has relocations in its code (DT_TEXTREL); compile everything in it with -fPIC");
}

void finds_libraries_in_fixed_places(Trial& trial) {
  for (const std::string& folder : facts_of(trial).folders) {
    const bool fixed =
        folder.starts_with('/') || folder.starts_with("$ORIGIN") || folder.starts_with("${ORIGIN}");
    if (!fixed)
      throw Broken(
          fmt::format("it looks for its libraries in {}, which depends on where gleaner is started; use an "
                      "absolute path or $ORIGIN",
                      folder.empty() ? "the working folder (an empty entry)" : quote(folder)));
  }
}

void opens_quickly(Trial& trial) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  static_cast<void>(trial.plugin());
  const std::chrono::duration<double> took = Clock::now() - begin;
  if (took.count() > 2) throw Broken(fmt::format("opening it took {:.1f} s", took.count()));
}

void nothing_runs_when_it_is_opened(Trial& trial) {
  static_cast<void>(facts_of(trial));
  const ProcessState before = ProcessState::now();
  static_cast<void>(trial.plugin());
  const auto changes = before.changes(ProcessState::now());
  if (!changes.empty()) throw Broken(fmt::format("after opening it, {}", fmt::join(changes, "; ")));
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    const std::string said = written_to(stream);
    if (!said.empty())
      throw Broken(fmt::format("opening it wrote {} to standard {}", quote(said.substr(0, 200)),
                               stream == STDOUT_FILENO ? "output" : "error"));
  }
}

constexpr Test file_table[] = {
    {"file.carries_a_stamp",
     "The file is a shared library for this machine and says so in the stamp that is read before it is "
     "opened.",
     file_itself, carries_a_stamp},
    {"file.exports_one_symbol", "It exports its descriptor and nothing else, so no two plugins meet by name.",
     file_itself, exports_one_symbol},
    {"file.needs_nothing_missing", "Every library and symbol it needs is found when it is opened.",
     file_itself, needs_nothing_missing},
    {"file.cannot_be_written_by_others", "Only its owner and group may change what will be run.", file_itself,
     cannot_be_written_by_others},
    {"file.has_no_executable_stack",
     "Its stack is not executable and its code is not rewritten when it is opened.", file_itself,
     has_no_executable_stack},
    {"file.finds_libraries_in_fixed_places",
     "Where it looks for libraries of its own does not depend on the working folder.", file_itself,
     finds_libraries_in_fixed_places},
    {"file.opens_within_two_seconds",
     "It is opened within two seconds, the time a host grants when it looks around.", file_itself,
     opens_quickly},
    {"file.nothing_runs_when_it_is_opened",
     "Opening it writes nothing, starts no thread and leaves the process as it was.", file_itself,
     nothing_runs_when_it_is_opened}};

}  // namespace

std::span<const Test> file_tests() {
  return file_table;
}

}  // namespace gleaner::host::cli::conformance
