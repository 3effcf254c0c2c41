// SPDX-License-Identifier: Apache-2.0
// The first line to a program and the first line from it. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include <gleaner/plugin.hpp>

namespace gleaner::exec {

/// As the handshake says it: what the pipeline file has it for.
enum class Role { source, stage, output };

[[nodiscard]] std::string_view word_of(Role role);

/// What every call knows and a program may want to know.
struct Facts {
  Role role = Role::stage;
  std::string instance;  ///< the component's name in the pipeline
  std::string contact;   ///< or empty
  std::string date;      ///< or empty
  std::uint64_t seed = 0;
  bool dry_run = false;
  bool check = false;             ///< asked by `gleaner check`
  std::vector<std::string> axes;  ///< of a stage
  boost::json::object more;       ///< of one kind only: today, key, …
};

/// The line, with its newline. `secret` is left out where there is none.
[[nodiscard]] std::string hello_line(const Facts& facts, const boost::json::object& options,
                                     const std::optional<std::string>& secret);

/// What the program says of itself.
struct Ready {
  bool wants_batch_ends = false;
  std::string title;  ///< "rank 1.0.0", or empty
  std::string hint;   ///< a sentence for `gleaner check`, or empty
};

/// Reads the answer and holds it against what the pipeline file says; throws Error, status INVALID with the
/// option to blame. `who` is the program.
[[nodiscard]] Ready read_ready(const boost::json::object& line, const Facts& facts,
                               const boost::json::object& options, std::string_view who);

}  // namespace gleaner::exec
