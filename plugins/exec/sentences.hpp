// SPDX-License-Identifier: Apache-2.0
// What went wrong with a program, as sentences for a person. Pure; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gleaner/cpp/text.hpp>

namespace gleaner::exec {

/// How a process ended.
struct Ending {
  int exit = 0;    ///< its status; meaningless where a signal ended it
  int signal = 0;  ///< 0: it ended by itself
  [[nodiscard]] bool is_clean() const { return exit == 0 && signal == 0; }
};

/// The first 60 characters in quotes, fit to be shown: `"{"id": …"`.
[[nodiscard]] std::string in_quotes(std::string_view line);

/// "exit status 3" or "SIGSEGV (Segmentation fault)".
[[nodiscard]] std::string how_it_ended(const Ending& ending);

/// "1500ms", "60s", "5m": as one would write it in the pipeline file.
[[nodiscard]] std::string written(std::chrono::milliseconds time);

/// "a, b and c"
[[nodiscard]] std::string listed(std::span<const std::string> words, std::string_view last_joint);

/// ` On its standard error: "…"`, or nothing when it was silent there.
[[nodiscard]] std::string last_words(std::span<const std::string> error_lines);

/// What the caller was waiting for, as messages say it: "its answer to the handshake".
struct Expecting {
  std::string what;
};

[[nodiscard]] Error ended_early(std::string_view who, const Ending& ending, const Expecting& expecting,
                                std::string_view words);
[[nodiscard]] Error silent(std::string_view who, std::chrono::milliseconds patience,
                           const Expecting& expecting, std::string_view words);
[[nodiscard]] Error deaf(std::string_view who, const Expecting& expecting, std::string_view words);
[[nodiscard]] Error not_json(std::string_view who, std::size_t number, std::string_view line,
                             std::string_view words);
[[nodiscard]] Error too_long(std::string_view who, std::size_t number, std::string_view begin);
[[nodiscard]] Error not_ready(std::string_view who, std::string_view line);

}  // namespace gleaner::exec
