// SPDX-License-Identifier: Apache-2.0
// The fields bioRxiv and medRxiv file preprints under, as their submission pages list them. They add one now
// and then: the list serves to notice slips, not to refuse. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::biorxiv {

/// `key` as category_key() gives it.
[[nodiscard]] bool is_known_category(std::string_view key);

/// The known name that is spelled most like it; empty if none is near.
[[nodiscard]] std::string nearest_category(std::string_view key);

}  // namespace gleaner::biorxiv
