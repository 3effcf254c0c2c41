// SPDX-License-Identifier: Apache-2.0
// Whom a server may write to.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::common {

/// The pipeline's `contact` where it is a bare mail address; empty where it is a name, a page or both: those
/// go along in the User-Agent alone. Pure.
[[nodiscard]] inline std::string mail_address(std::string_view contact) {
  const auto at = contact.find('@');
  const bool is_bare = at != std::string_view::npos && at > 0 && at + 1 < contact.size() &&
                       contact.find_first_of(" \t<>,;:/()\"") == std::string_view::npos &&
                       contact.find('@', at + 1) == std::string_view::npos;
  return is_bare ? std::string(contact) : std::string();
}

}  // namespace gleaner::common
