// One paper as an <article>.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "plugins/html/page.hpp"

namespace gleaner::html {

/// The end of an axis's bar, by name: 10 for scores from 1 to 10.
using Scales = std::map<std::string, double, std::less<>>;

/// For every axis that occurs: 1, 10 or 100, or its largest value where that is more.
[[nodiscard]] Scales scales_of(const digest::Page& digest);

/// `number`: counted from 1 within its section; 0 shows none.
[[nodiscard]] std::string article(const digest::Paper& paper, std::size_t number, const Scales& scales,
                                  bool opens_abstract);

}  // namespace gleaner::html
