#include "host/cli/lock_check.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "host/config/codes.hpp"
#include "host/loader/lock_file.hpp"
#include "host/loader/sha256.hpp"

namespace gleaner::host::cli {
namespace {

constexpr std::size_t shown_digits = 12;

std::string_view beginning(std::string_view digest) {
  return digest.substr(0, shown_digits);
}

void add_error(LoadResult& loaded, Code code, Location where, std::string message) {
  loaded.diagnostics.push_back({.severity = Severity::error,
                                .code = static_cast<int>(code),
                                .where = std::move(where),
                                .message = std::move(message)});
  loaded.ok = false;
}

/// A component of each plugin file, the first of the pipeline.
std::map<std::filesystem::path, const ComponentConfig*> first_users(const Pipeline& pipeline) {
  std::map<std::filesystem::path, const ComponentConfig*> out;
  for (const auto* section : {&pipeline.sources, &pipeline.stages, &pipeline.outputs})
    for (const ComponentConfig& each : *section)
      if (each.info != nullptr) out.emplace(each.info->plugin_file, &each);
  return out;
}

/// Why the plugin may not be loaded; empty: it may.
//
// The file is read here and opened by the dynamic loader later: in between it
// could be changed, by those who may write to its folder. Folders that others
// may write to are refused (loader/trust.hpp), so what is left is the user,
// root, and a package that is being installed at this moment. To hash and open
// one descriptor would close even that gap, but a library opened as
// /proc/self/fd/N bears that name in every message, and debuggers and
// sanitizers look for its symbols there.
std::string objection(const std::filesystem::path& file, const LockEntries& locked,
                      const std::string& lock_name, const std::string& pipeline_name) {
  const std::string mend = fmt::format("run gleaner plugin lock {}, if you trust it", pipeline_name);
  const auto found = sha256_of(file);
  if (!found) return fmt::format("the plugin {} {}", file.string(), found.reason());
  const LockEntry* other = nullptr;
  for (const LockEntry& each : locked) {
    if (each.name != file.filename().string()) continue;
    if (each.digest == *found) return "";
    other = &each;
  }
  if (other == nullptr)
    return fmt::format("the plugin {} is not in {}; its SHA-256 begins with {}; {}", file.string(), lock_name,
                       beginning(*found), mend);
  return fmt::format(
      "the plugin {} is not the one of {}: its SHA-256 begins "
      "with {}, expected is {}; {}",
      file.string(), lock_name, beginning(*found), beginning(other->digest), mend);
}

void compare_with_lock(LoadResult& loaded, const LockEntries& locked, const std::string& lock_name,
                       const std::string& pipeline_name) {
  for (const auto& [file, user] : first_users(loaded.pipeline)) {
    auto message = objection(file, locked, lock_name, pipeline_name);
    if (!message.empty()) add_error(loaded, Code::unlocked_plugin, user->where, std::move(message));
  }
}

bool stands_before(const Diagnostic& a, const Diagnostic& b) {
  const auto key = [](const Location& place) {
    return std::pair(place.line == 0, std::pair(place.line, place.column));
  };
  return key(a.where) < key(b.where);
}

}  // namespace

LoadResult read_locked_pipeline(const std::string& path, const Arguments& arguments, const Plugins& plugins,
                                Purpose purpose) {
  LoadResult out = read_pipeline(path, arguments, plugins, purpose);
  const auto lock = read_lock(lock_path(out.pipeline.file));
  if (!lock) return out;
  const std::string written = lock_path(path).string();  // as the user wrote the pipeline's
  if (const auto* mistake = std::get_if<LockMistake>(&*lock)) {
    add_error(out, Code::malformed_lock, {written, mistake->line, 1}, mistake->message);
  } else {
    compare_with_lock(out, std::get<LockEntries>(*lock), lock_path(path).filename().string(), path);
  }
  std::ranges::stable_sort(out.diagnostics, stands_before);
  return out;
}

std::set<std::filesystem::path> plugin_files(const Pipeline& pipeline) {
  std::set<std::filesystem::path> out;
  for (const auto& [file, user] : first_users(pipeline))
    out.insert(file);
  return out;
}

}  // namespace gleaner::host::cli
