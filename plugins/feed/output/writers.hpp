// SPDX-License-Identifier: Apache-2.0
// One writer a format. Same publication, same bytes. Every function here is pure; any thread.
#pragma once

#include <string>

#include "plugins/feed/output/publication.hpp"

namespace gleaner::feed::output {

/// Atom 1.0 (RFC 4287).
[[nodiscard]] std::string atom(const Publication& publication);

/// RSS 2.0 with Dublin Core for names and content:encoded for the whole entry; needs a `site`.
[[nodiscard]] std::string rss(const Publication& publication);

/// JSON Feed 1.1.
[[nodiscard]] std::string json_feed(const Publication& publication);

}  // namespace gleaner::feed::output
