// SPDX-License-Identifier: Apache-2.0
// Addresses. Every function here is pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::common {

/// Begins with http:// or https:// (any case), has a server and no white space.
[[nodiscard]] bool is_web_address(std::string_view url);

/// Throws gleaner::Error that blames `option` unless `url` is a web address.
void check_address(std::string_view url, const std::string& option);

/// `base` with `path` ("/api/daily_papers") appended where it has none of its own ("https://huggingface.co"
/// or with a final slash); as it is, without a final slash, where it has one. The rule for every `base_url`.
[[nodiscard]] std::string with_path(std::string_view base, std::string_view path);

/// For a query's value or one part of a path: everything but RFC 3986's unreserved characters as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view text);
/// The other way round; a % without two digits behind it stays.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// `reference` as seen from `base` (RFC 3986, section 5.2; both web addresses or paths).
[[nodiscard]] std::string resolved(std::string_view base, std::string_view reference);

}  // namespace gleaner::common
