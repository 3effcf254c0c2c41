// SPDX-License-Identifier: Apache-2.0
// Text that strangers wrote, in a note: its characters show and nothing else happens. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::obsidian {

/// One line of a note's text. `$math$` stays; everything that could link, embed, tag, highlight, comment out
/// or begin a block is escaped.
[[nodiscard]] std::string note_text(std::string_view text);

/// The words behind the bar of `[[note|words]]`, where escapes do not count: what could end or fill the link
/// with something else is replaced. 200 characters at most.
[[nodiscard]] std::string link_words(std::string_view text);

/// A YAML scalar in double quotes, valid in YAML 1.1 and 1.2.
[[nodiscard]] std::string yaml_text(std::string_view text);

}  // namespace gleaner::obsidian
