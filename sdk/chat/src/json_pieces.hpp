// The JSON objects and lists in any text: what a model wrote, whatever it wrote around them. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gleaner/chat/value.hpp>

namespace gleaner::chat {

/// An object or a list that is whole. Its numbers are texts as they were written (an id 2505.01550 keeps its
/// last zero; Value::number() reads them all the same), and members of one name are all kept.
struct Piece {
  std::string name;  ///< the member it was of an object that is not whole; else empty
  Value value;
};

struct Pieces {
  std::vector<Piece> found;  ///< in the text's order; a whole object's parts are not named again
  bool cut = false;          ///< the text ended within an object, a list or a thought
  bool broken = false;       ///< something in the middle began like JSON and was not
};

/// Objects and lists at most 64 levels deep, with trailing commas, True, False and None, raw line ends in
/// texts and escapes JSON does not know (\alpha). Of what is broken or cut off the whole parts are found.
/// What a model thought before it answered (<think>…</think>) is left out. Linear: at most three looks at
/// every byte.
[[nodiscard]] Pieces find_pieces(std::string_view text);

/// The text that is one JSON text, or the beginning of one: a reply wrapped once more. Nothing but spaces and
/// a code fence may stand before it. Empty where there is none.
[[nodiscard]] std::string unwrapped(std::string_view text);

}  // namespace gleaner::chat
