// How a worker came to its end, in words. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "host/config/pipeline.hpp"

namespace gleaner::host::isolation {

struct Death {
  enum class Cause {
    signal,       ///< number
    exit,         ///< number: the exit code
    deadline,     ///< it was past it, and killed
    interrupted,  ///< the run was, and it did not stop
    babble,       ///< it said what the host does not understand: detail
    no_start      ///< it never came to life: detail
  } cause = Cause::exit;
  int number = 0;
  std::string detail{};
};

/// "SIGSEGV"
[[nodiscard]] std::string signal_word(int signal);

/// `the scorer "words" 1.0.0 (words.so)`
[[nodiscard]] std::string component_words(const ComponentInfo& info);

/// "crashed with SIGSEGV", "did not come back within 60s and was stopped"
[[nodiscard]] std::string death_words(const Death& death, const Isolation& limits);

/// "2505.01557", "2505.01557 and 2505.01558", …
[[nodiscard]] std::string paper_words(std::span<const std::string> ids);

}  // namespace gleaner::host::isolation
