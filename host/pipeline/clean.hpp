// Text from outside: valid UTF-8, without characters that show nothing and steer something.
#pragma once

#include <string>
#include <string_view>

#include "host/loader/reader.hpp"  // is_utf8()

namespace gleaner::host {

/// Whether the text is valid UTF-8 and holds no control, zero-width, bidirectional-override or tag
/// characters. Fast for ASCII.
[[nodiscard]] bool is_clean(std::string_view text);

/// The text with invalid bytes replaced by U+FFFD, control characters by a space (newlines and tabs stay),
/// hidden characters removed: U+00AD, U+180E, U+200B–U+200F, U+202A–U+202E, U+2060–U+206F, U+FEFF,
/// U+FFF9–U+FFFB and tags U+E0000–U+E007F (Unicode Technical Standard 39 lists them as never needed in titles
/// and abstracts). `removed` is raised by the characters touched.
[[nodiscard]] std::string cleaned(std::string_view text, std::size_t& removed);

/// How many of the hidden characters that cleaned() removes the text has.
[[nodiscard]] std::size_t hidden_characters(std::string_view text);

/// The text's first bytes, `limit` at most, cut between characters. Borrows from `text`.
[[nodiscard]] std::string_view shortened(std::string_view text, std::size_t limit);

}  // namespace gleaner::host
