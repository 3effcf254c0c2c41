// SPDX-License-Identifier: Apache-2.0
// A digest as Discord's embeds: one for the header, one a paper, one a list of what was not scored.
// Pure; any thread. Limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>

#include "plugins/common/message/summary.hpp"

namespace gleaner::discord {

// What is counted is UTF-16, the larger of the two ways to read "characters".
inline constexpr std::size_t kMostTitle = 256;
inline constexpr std::size_t kMostDescription = 4096;
inline constexpr std::size_t kMostEmbeds = 10;      ///< of a message
inline constexpr std::size_t kMostTogether = 6000;  ///< of all texts of all embeds of a message

/// Text that shows as it is: every character that Discord's Markdown, mentions, emoji or links could begin
/// with has a backslash before it.
[[nodiscard]] std::string escaped(std::string_view text);

/// The embeds of each message, in order. Never empty, and the same for the same digest.
[[nodiscard]] std::vector<boost::json::array> messages(const message::Summary& summary);

}  // namespace gleaner::discord
