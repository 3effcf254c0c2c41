// SPDX-License-Identifier: Apache-2.0
// The digest as a mail's two bodies: text, and HTML that mail clients show. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>

#include "plugins/common/digest/page.hpp"

namespace gleaner::email {

/// Gmail clips what is above 102 KB and shows a link instead of the rest.
inline constexpr std::size_t kMostHtml = 98'000;

struct Body {
  std::string text;  ///< lines of 76 columns where words allow it, '\n' between them
  std::string html;  ///< kMostHtml bytes at most: abstracts are shortened first, then papers left out
};

struct BodyOptions {
  bool abstracts = true;
  bool near_misses = false;
};

[[nodiscard]] Body body_of(const digest::Page& page, const BodyOptions& options);

}  // namespace gleaner::email
