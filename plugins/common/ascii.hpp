// SPDX-License-Identifier: Apache-2.0
// Small ASCII helpers that do not ask the locale. They are the arXiv plugin's; this is their name here.
#pragma once

#include <string>
#include <string_view>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::common {

using arxiv::drop_prefix;
using arxiv::equals_ignoring_case;
using arxiv::is_digit;
using arxiv::is_letter;
using arxiv::is_space;
using arxiv::kNone;
using arxiv::starts_ignoring_case;
using arxiv::to_lower;
using arxiv::trimmed;

inline std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = to_lower(c);
  return out;
}

}  // namespace gleaner::common
