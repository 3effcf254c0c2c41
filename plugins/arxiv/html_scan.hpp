// SPDX-License-Identifier: Apache-2.0
// Tags of HTML pages where they stand, without a tree: pages of others are seldom well-formed. Every function
// here is pure, linear in what it passes over, and may be called from any thread. Views are of the page
// given.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {

/// A tag, start or end.
struct HtmlTag {
  std::string_view name;  ///< as written
  std::string_view text;  ///< from '<' to '>'
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind '>'
  bool is_end = false;

  [[nodiscard]] bool is(std::string_view wanted) const { return equals_ignoring_case(name, wanted); }
  [[nodiscard]] bool opens(std::string_view wanted) const { return !is_end && is(wanted); }
};

/// The next tag at or after `at`; comments and scripts are passed over with their content.
[[nodiscard]] std::optional<HtmlTag> next_tag(std::string_view html, std::size_t at);

/// The value of an attribute, quoted either way or not at all, with spaces around the '=' or without; as
/// written, entities and all. Empty if there is none.
[[nodiscard]] std::string_view attribute_of(const HtmlTag& tag, std::string_view name);
[[nodiscard]] bool has_class(const HtmlTag& tag, std::string_view wanted);

/// What stands between `open` and the next end tag of the same name, or at most `most` bytes where there is
/// none: for elements that hold none of their own kind.
[[nodiscard]] std::string_view content_of(std::string_view html, const HtmlTag& open,
                                          std::size_t most = kNone);

}  // namespace gleaner::arxiv
