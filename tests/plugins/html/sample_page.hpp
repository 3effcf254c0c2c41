// Digests for tests of the page: invented papers, some of them hostile.
#pragma once

#include <cstddef>
#include <string>

#include "plugins/common/digest/page.hpp"

namespace gleaner::html {

/// Two papers with scores, one picked, one unscored, one near miss; warnings, usage, receipt and prompt.
[[nodiscard]] digest::Page sample_page();
/// As many papers with abstracts of 1,500 bytes, each with words of its own.
[[nodiscard]] digest::Page large_page(std::size_t papers);
/// A paper whose every text tries to get out of its place.
[[nodiscard]] digest::Page hostile_page();

}  // namespace gleaner::html
