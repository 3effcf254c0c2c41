// Runs tests, each in a process of its own that is killed when its time is over. The calling process stays
// single-threaded and never opens the plugin.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/conformance/trial.hpp"

namespace gleaner::host::cli::conformance {

/// One test of one component.
struct Job {
  const Test* test = nullptr;
  std::optional<std::size_t> component;  ///< its number in the plugin; nothing: the file
  std::string of;                        ///< "scorer words", or empty
};

struct Result {
  enum class End { passed, failed, skipped, absent } end = End::absent;
  Job job;
  std::string happened;  ///< a sentence: what went wrong, or what would be needed
  bool killed = false;   ///< its time was over
  std::chrono::milliseconds took{};
};

/// What all tests of a run share.
struct Ask {
  std::filesystem::path file;  ///< absolute
  std::vector<Given> given;
  std::uint64_t seed = 0;
};

/// As many at a time as there are processors; results in the order of the jobs. After two of a component's
/// tests had to be killed its others are skipped: they would hang as well, one after the other. Throws
/// std::system_error where no process can be started.
[[nodiscard]] std::vector<Result> run_jobs(const Ask& ask, const std::vector<Job>& jobs);

/// A component as the tool needs to know it.
struct Part {
  std::uint32_t kind = 0;  ///< GLEANER_SOURCE …
  std::string name;
  std::string version;
};
/// What is in the file, read in a process of its own.
struct Contents {
  std::string plugin;                   ///< name and version
  std::vector<Part> parts;              ///< empty where the file is no plugin; the tests say why
  std::vector<std::string> wrong_sets;  ///< sentences about --set
};
[[nodiscard]] Contents read_contents(const Ask& ask);

}  // namespace gleaner::host::cli::conformance
