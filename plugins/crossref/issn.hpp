// SPDX-License-Identifier: Apache-2.0
// The number of a journal (ISO 3297). Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gleaner::crossref {

/// "1476-4687" from that, "14764687" or "ISSN 1476-4687"; nothing when it is none, its check digit included.
[[nodiscard]] std::optional<std::string> issn_of(std::string_view written);

}  // namespace gleaner::crossref
