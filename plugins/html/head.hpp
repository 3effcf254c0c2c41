// What stands above the papers: title, day, what is missing, the day in one picture.
#pragma once

#include <span>
#include <string>

#include "plugins/html/page.hpp"

namespace gleaner::html {

[[nodiscard]] std::string masthead(const digest::Page& digest, std::span<const Spending> past,
                                   const std::string& neighbours);

/// A cost as on the classic page, "$0.19", or "unknown price". Fractions of a cent are not rounded away.
[[nodiscard]] std::string cost_text(std::optional<double> dollars);

}  // namespace gleaner::html
