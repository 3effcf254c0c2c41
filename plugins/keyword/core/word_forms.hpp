// The plural and singular forms under which a word of a phrase is found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gleaner::keyword {

// `word` itself, first, and what it may be written as in the other number. `word` is lower case; only words
// of ASCII letters have other forms, others ("gpt4", "naïve") are returned alone.
//
//   expert    experts                        s, from two letters up
//   box       boxes, class classes           es after s, x, z, ch, sh, from three letters up; quiz quizzes
//   theory    theories                       consonant and y
//   analysis  analyses                       is and es
//   matrix    matrices, vertex vertices      ix, ex and ices
//
// each in both directions, but only words from four letters up lose an s ("AI" finds "AIs", not the other way
// round: "gas" is no plural). Nothing else is stemmed: "pruning" does not find "pruned". Words that only look
// like plurals ("news", "bias", "lens", those in -ss, -us, -is) lose no s. A form need not be a word: it
// costs nothing.
std::vector<std::string> word_forms(std::string_view word);

}  // namespace gleaner::keyword
