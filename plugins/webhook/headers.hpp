// SPDX-License-Identifier: Apache-2.0
// Headers the owner adds. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gleaner::webhook {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The table of the option `headers` (JSON): names to texts. Throws gleaner::Error (INVALID), blaming the
/// entry, for a name that is none, one that this output or HTTP itself sets, or a value with a line end.
[[nodiscard]] Headers read_headers(std::string_view table);

/// A token of RFC 9110, section 5.6.2.
[[nodiscard]] bool is_header_name(std::string_view name);
/// One line of visible characters, spaces and tabs.
[[nodiscard]] bool is_header_value(std::string_view value);
/// Whether this output or HTTP itself sets the header.
[[nodiscard]] bool is_taken(std::string_view name);

}  // namespace gleaner::webhook
