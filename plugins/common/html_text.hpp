// SPDX-License-Identifier: Apache-2.0
// HTML, JATS and the like as plain text of one line. Every function here is pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::common {

/// Tags go, entities are decoded once (HTML 4 names and numbers), comments, scripts and styles go with their
/// content, white space becomes single spaces. Only known elements and prefixed ones (jats:p, mml:math) count
/// as tags, so that "a <x> b" and "p < 0.05" stay. H<sub>2</sub>O is H₂O, 10<sup>-3</sup> is 10⁻³ where
/// Unicode has the characters. Bytes that are not UTF-8 become U+FFFD, control characters spaces.
[[nodiscard]] std::string html_to_text(std::string_view html);

/// The same for text that holds no markup: white space, control characters and UTF-8 only.
[[nodiscard]] std::string plain_line(std::string_view text);

/// "2+" as "²⁺" and "2" as "₂"; the text itself where one of its characters has no such form.
[[nodiscard]] std::string raised(std::string_view text);
[[nodiscard]] std::string lowered(std::string_view text);

/// Whether an element of that name (lower case, without prefix) begins a new line of text.
[[nodiscard]] bool is_block_element(std::string_view name);

/// Removes `heading` ("Abstract", any case) from the start of `text`, with the colon, full stop or space
/// behind it. Abstracts carry it into their text. A word that merely begins so ("Abstraction …") stays.
[[nodiscard]] std::string without_heading(std::string_view text, std::string_view heading);

}  // namespace gleaner::common
