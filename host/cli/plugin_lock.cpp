#include <algorithm>
#include <filesystem>
#include <variant>

#include <fmt/format.h>

#include "host/cli/lock_check.hpp"
#include "host/cli/plugin_words.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/usage.hpp"
#include "host/loader/lock_file.hpp"
#include "host/loader/sha256.hpp"
#include "host/pipeline/run.hpp"
#include "host/services/files.hpp"

namespace gleaner::host::cli {
namespace {

/// Nothing after saying which file cannot be locked, and why.
std::optional<LockEntries> entries_of(const Pipeline& pipeline) {
  LockEntries out;
  for (const std::filesystem::path& file : plugin_files(pipeline)) {
    const std::string name = file.filename().string();
    if (!can_be_locked(name)) {
      say(fmt::format(
          "gleaner: error: The plugin {} cannot be locked, since its name has a backslash or a line break "
          "in it; rename it.\n",
          file.string()));
      return std::nullopt;
    }
    const auto digest = sha256_of(file);
    if (!digest) {
      say(fmt::format("gleaner: error: The plugin {} {}.\n", file.string(), digest.reason()));
      return std::nullopt;
    }
    out.push_back({*digest, name});
  }
  return out;
}

/// What there was before; a lock that cannot be read is replaced as if there were none.
LockEntries earlier_entries(const std::filesystem::path& lock) {
  const auto read = read_lock(lock);
  const auto* entries = read ? std::get_if<LockEntries>(&*read) : nullptr;
  return entries == nullptr ? LockEntries{} : *entries;
}

bool has_name(const LockEntries& entries, const std::string& name) {
  return std::ranges::find(entries, name, &LockEntry::name) != entries.end();
}

/// What the owner agrees to by locking: a line for each plugin that was not in the lock as it is now.
std::string news(const LockEntries& before, const LockEntries& now) {
  std::string out;
  for (const LockEntry& each : now) {
    if (std::ranges::find(before, each) != before.end()) continue;
    out += fmt::format("{}: {}\n", each.name, has_name(before, each.name) ? "changed" : "new");
  }
  for (const LockEntry& each : before)
    if (!has_name(now, each.name)) out += fmt::format("{}: no longer used\n", each.name);
  return out;
}

/// Empty, or why it could not be written.
std::string write_lock(const std::filesystem::path& lock, const LockEntries& entries) {
  Files files;
  std::string problem;
  const auto handle = files.open(lock, problem);
  if (handle == 0) return problem;
  if (!files.write(handle, lock_text(entries), problem)) return problem;
  return files.commit(handle, problem) ? "" : problem;
}

}  // namespace

int plugin_lock(const Arguments& arguments, std::span<const std::string> operands) {
  if (operands.empty()) throw UsageError("PIPELINE is missing after lock");
  if (operands.size() > 1) throw UsageError("lock takes one PIPELINE");
  const Plugins plugins = open_plugins(arguments);
  warn_of_plugins(plugins.catalog);
  const LoadResult loaded = read_pipeline(operands.front(), arguments, plugins, Purpose::run);
  if (!loaded.ok) {
    say(diagnostics_text(loaded, true));
    return exit_bad_pipeline;
  }
  const auto entries = entries_of(loaded.pipeline);
  if (!entries) return exit_no_digest;
  const auto before = earlier_entries(lock_path(loaded.pipeline.file));
  if (const auto problem = write_lock(lock_path(loaded.pipeline.file), *entries); !problem.empty()) {
    say(fmt::format("gleaner: error: {}\n", problem));
    return exit_no_digest;
  }
  say(news(before, *entries));
  print(fmt::format("{}\n", lock_path(operands.front()).string()));
  return exit_complete;
}

}  // namespace gleaner::host::cli
