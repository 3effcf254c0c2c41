// SPDX-License-Identifier: Apache-2.0
// Text that nobody vouches for, made fit for a feed; days as feeds write them. Every function here is pure;
// any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::feed::output {

/// Without what XML 1.0 (section 2.2) cannot hold or advises against, and without marks that turn the
/// direction of what a reader shows around them (U+202E and its kin). Bytes that are not UTF-8 become U+FFFD;
/// line ends are "\n".
[[nodiscard]] std::string clean(std::string_view text);

/// The same on one line: white space collapsed, none at the ends.
[[nodiscard]] std::string clean_line(std::string_view text);

/// Character data of XML, also within an attribute in double quotes. Holds no "]]>".
[[nodiscard]] std::string xml(std::string_view clean_text);

/// An http or https address with everything percent-encoded that RFC 3986 does not let stand there; empty for
/// another scheme ("javascript:"), and where no server is named.
[[nodiscard]] std::string web_address(std::string_view url);

/// One part of an identifier's path: the unreserved characters of RFC 3986 and those of canonical ids that a
/// path may hold (":" and "/"); everything else as %XX.
[[nodiscard]] std::string id_part(std::string_view text);

/// "2025-05-07" as RFC 3339 and as RFC 822 with the year in four digits write its midnight.
[[nodiscard]] std::string rfc3339(std::string_view day);
[[nodiscard]] std::string rfc822(std::string_view day);

}  // namespace gleaner::feed::output
