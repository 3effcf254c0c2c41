// SPDX-License-Identifier: Apache-2.0
// A digest as the contents of Matrix messages: plain text and the same as HTML. Pure; any thread.
// https://spec.matrix.org/v1.16/client-server-api/#mroommessage-msgtypes
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "plugins/common/message/summary.hpp"

namespace gleaner::matrix {

/// Bytes of a message's content as JSON. An event may have 65,536 with what the servers add to it: sender,
/// room, hashes, signatures and up to thirty references of 44 bytes.
inline constexpr std::size_t kMostContent = 48'000;
/// Of a message, for whoever reads or answers to it.
inline constexpr std::size_t kMostPapers = 10;

/// One message: a plain text and its HTML, which has tags of the specification's list only.
struct Content {
  std::string body;
  std::string html;

  /// How many bytes the two take in JSON.
  [[nodiscard]] std::size_t size() const;
};

/// The messages, in order: the header first; alone, where `is_threaded`. Never empty, and the same for the
/// same digest. No paper is split.
[[nodiscard]] std::vector<Content> messages(const message::Summary& summary, bool is_threaded);

/// The event's content: m.room.message of `type`, which mentions nobody.
[[nodiscard]] boost::json::object event_of(const Content& content, std::string_view type);

/// Puts an event into the thread under `root`, after `previous` for clients that know no threads.
void put_into_thread(boost::json::object& event, const std::string& root, const std::string& previous);

}  // namespace gleaner::matrix
