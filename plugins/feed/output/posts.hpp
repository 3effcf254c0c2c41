// SPDX-License-Identifier: Apache-2.0
// Digests to entries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/digest/page.hpp"
#include "plugins/feed/output/publication.hpp"

namespace gleaner::feed::output {

/// What all identifiers of a pipeline's feeds begin with unless its owner says otherwise: a tag URI (RFC
/// 4151) below a name that nobody can own (RFC 2606). Pure.
[[nodiscard]] std::string default_id_base(std::string_view pipeline);

/// `base`, a part of its own, and a name: "tag:…:ml" + "papers" + "2505.01557". Pure.
[[nodiscard]] std::string joined_id(std::string_view base, std::string_view part, std::string_view name);

/// An entry a paper, newest day first and within a day in the digest's order. A paper of several days stands
/// under the newest: an identifier is there once. `pages` newest first. Pure.
[[nodiscard]] std::vector<Post> paper_posts(const std::vector<digest::Page>& pages, std::string_view id_base);

/// An entry a day. In `place` {date} and {year} become the day's; empty: no link. Pure.
[[nodiscard]] std::vector<Post> day_posts(const std::vector<digest::Page>& pages, std::string_view id_base,
                                          const std::string& place);

/// "2025-05-07". Pure.
[[nodiscard]] Day day_of(const digest::Page& page);

}  // namespace gleaner::feed::output
