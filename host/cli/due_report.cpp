#include "host/cli/due_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "host/pipeline/calendar.hpp"

namespace gleaner::host::cli {

std::string sentence(const Redelivery& delivery) {
  const auto& [before, result] = delivery;
  const auto day = day_in_words(before.date);
  if (!result.delivered) return fmt::format("{} The digest of {} stays due.", result.problem, day);
  return fmt::format("{}: the digest of {} was delivered{}.", before.output, day,
                     before.attempts > 0 ? fmt::format(" at try {}", before.attempts + 1) : "");
}

bool is_any_left(const std::vector<Redelivery>& deliveries) {
  return std::ranges::any_of(deliveries, [](const auto& each) { return !each.result.delivered; });
}

}  // namespace gleaner::host::cli
