// SPDX-License-Identifier: Apache-2.0
// What an entry shows in a feed reader: HTML of few elements, without styles, since every reader has its own.
#pragma once

#include <string>

#include "plugins/common/digest/page.hpp"

namespace gleaner::feed::output {

/// A paper by itself: summary, abstract, why it was chosen, its scores, who wrote it. `link` as the entry has
/// it. Never empty. Pure.
[[nodiscard]] std::string paper_html(const digest::Paper& paper, const std::string& link);

/// A whole day: what was found, what is missing, each paper. Pure.
[[nodiscard]] std::string day_html(const digest::Page& page);

/// "28 of 312 papers". Pure.
[[nodiscard]] std::string day_summary(const digest::Page& page);

/// The address by which other programs know the paper again: its own where it shows the identifier, else the
/// page that the identifier implies. Empty where neither is a web address. Pure.
[[nodiscard]] std::string paper_link(const digest::Paper& paper);

}  // namespace gleaner::feed::output
