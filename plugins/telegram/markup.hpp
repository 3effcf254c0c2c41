// SPDX-License-Identifier: Apache-2.0
// A digest as Telegram's HTML. Pure; any thread.
//
// HTML and not MarkdownV2: three characters have to be escaped instead of nineteen, by one rule inside and
// outside of entities, and one that is missed shows as itself instead of costing the whole message.
// https://core.telegram.org/bots/api#html-style
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/message/summary.hpp"

namespace gleaner::telegram {

inline constexpr std::size_t kMostUnits = 4096;    ///< UTF-16, of a message's text without its tags
inline constexpr std::size_t kMostEntities = 100;  ///< more are dropped without a word

/// Markup whose visible length is known.
class Markup {
 public:
  /// Text that nobody vouches for, escaped; "@name" in it mentions nobody.
  Markup& text(std::string_view words);
  /// `<name>words</name>`; nothing for no words.
  Markup& tagged(std::string_view name, std::string_view words);
  /// A link, or the words alone where the address is empty.
  Markup& link(std::string_view address, std::string_view words);
  /// A line break, unless nothing is there yet.
  Markup& line();
  Markup& append(const Markup& other);

  [[nodiscard]] const std::string& html() const { return html_; }
  [[nodiscard]] std::size_t units() const { return units_; }
  [[nodiscard]] std::size_t entities() const { return entities_; }

 private:
  std::string html_;
  std::size_t units_ = 0;
  std::size_t entities_ = 0;
};

/// The texts of the messages, in order. Never empty, and the same for the same digest. No paper is split.
[[nodiscard]] std::vector<std::string> messages(const message::Summary& summary);

}  // namespace gleaner::telegram
