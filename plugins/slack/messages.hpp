// SPDX-License-Identifier: Apache-2.0
// A digest as Slack messages. Pure, any thread.
//
// What strangers wrote stands in rich_text, plain_text and nowhere else: those elements hold characters, not
// markup, so that nothing in a title can be bold, a link, an emoji or a call to the whole channel
// (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). Only the fallback text is read by
// Slack's markup; there & < > are escaped and markup is switched off.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>

#include "plugins/common/digest/page.hpp"

namespace gleaner::slack {

// https://docs.slack.dev/reference/block-kit/blocks and chat.postMessage. Characters are counted as UTF-16,
// the largest count there is; sizes of JSON in bytes.
inline constexpr std::size_t kMostBlocks = 50;
inline constexpr std::size_t kMostHeader = 150;
inline constexpr std::size_t kMostBlockText = 2900;  // 3000 for a text object; the room left is for marks
inline constexpr std::size_t kMostFallback = 1000;   // 4000 are advised, 40,000 cut off
inline constexpr std::size_t kMostAddress = 3000;
// All blocks of a message together: not in the reference. Slack's own people speak of 12,000 characters with
// a margin for the blocks around them, and users saw msg_blocks_too_long from 13,200 on (bolt-js issue 2509).
inline constexpr std::size_t kMostBlocksJson = 11000;

/// What is said of a paper beside its title.
struct Look {
  bool authors = true;
  bool categories = true;
  bool scores = true;
  bool comment = true;
  bool summary = true;
  bool abstract = false;
};

struct Message {
  std::string text;  ///< for notifications; escaped
  boost::json::array blocks;
};

/// `apart`: the first message is the head alone and the papers go into its thread, at most `together` a
/// message. Else the head and as many papers as fit are one message. At least one message; none exceeds a
/// limit.
[[nodiscard]] std::vector<Message> messages_of(const digest::Page& page, const Look& look, bool apart,
                                               std::size_t together);

/// Without hidden characters, on one line, & < > as entities: what stands between Slack's own markup.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace gleaner::slack
