// What the words of `gleaner run` ask for.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "host/cli/arguments.hpp"

namespace gleaner::host::cli {

struct RunRequest {
  std::string pipeline;
  std::vector<std::string> dates;  ///< oldest first; one empty text where no date was named
  std::filesystem::path out;       ///< absolute, or empty
  std::filesystem::path state{};   ///< file of the state, absolute; empty: none
  unsigned threads = 0;
  bool dry_run = false;
  bool replay = false;  ///< answers come from a cassette, and the state is a private copy
  bool json = false;
};

/// Throws UsageError.
[[nodiscard]] RunRequest read_run_request(const Arguments& arguments);

/// --out as an absolute path, empty when not given. Throws UsageError when it is there and no folder.
[[nodiscard]] std::filesystem::path read_out(const Arguments& arguments);

/// How one run of several ended.
struct Ending {
  int exit = 0;
  bool written = false;  ///< a digest was written, complete or not
};
/// The exit code for all of them: 130, then 1 if no digest was written, then 3, then 0. A date without a
/// digest among others that have one makes the whole incomplete.
[[nodiscard]] int combined_exit(std::span<const Ending> endings);

}  // namespace gleaner::host::cli
