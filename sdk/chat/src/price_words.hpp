// Sentences about tokens and dollars. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "prices.hpp"

namespace gleaner::chat {

/// What is about to be asked, estimated.
struct Planned {
  std::uint64_t requests = 0;
  std::uint64_t prompt = 0;      ///< tokens
  std::uint64_t completion = 0;  ///< tokens
  std::uint64_t context = 0;     ///< tokens of the largest request with the longest sensible answer
};

/// "$0.15", "under $0.01", or "at a price that is not known".
[[nodiscard]] std::string dollar_words(double dollars);

/// "The prompt has changed: 290 of these 312 papers were scored before and are scored again, about 41,000
/// tokens, $0.15."
/// `done`: what happened to them, "scored".
[[nodiscard]] std::string again_words(std::string_view changed, std::size_t again, std::size_t papers,
                                      const Planned& plan, const std::optional<Price>& price,
                                      std::string_view done = "scored");

}  // namespace gleaner::chat
