// Many phrases found in one pass over a text.
//
// All phrases become one deterministic automaton (Aho and Corasick, 1975, built by subset construction, so
// that alternatives of a letter, a word or a gap cost nothing when a text is read): one table look-up for
// each byte, however many phrases there are, and no allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::keyword {

// A phrase matches where its words stand in the text one after the other, in this sense:
//
// - Case does not matter, for ASCII, Latin-1 and Latin Extended-A letters. Accents do.
// - Whatever separates two words in the phrase, they may be separated in the text by any run of whitespace,
// hyphens and
//   dashes, `$`, `{`, `}` and `~` (for TeX: "$k$-means" has "k-means"). Other punctuation separates phrases:
//   "mixture, of experts" is no "mixture of experts". Punctuation in a phrase stands for itself: "c++",
//   "f(x)", ".net".
// - Words match whole: "art" is not in "state-of-the-start" but in "state-of-the-art". ASCII letters and
// digits and
//   every character from U+00C0 up belong to words, U+2000 to U+203F (dashes, quotation marks) excepted. An
//   end of a phrase that is punctuation itself asks for no boundary.
// - Each word also matches in its other number (word_forms.hpp) and with 's.
//
// A word may count for several phrases: "neural network" and "network" are both in "neural networks".
// const member functions may be called from any thread.
class Matcher {
 public:
  // Throws std::invalid_argument for a phrase that has nothing to look for (check_phrase() says so
  // beforehand) and std::length_error, with a sentence, if the phrases need more than 200,000 states.
  explicit Matcher(std::span<const std::string> phrases);

  std::size_t phrases() const { return phrase_count_; }
  std::size_t states() const { return table_.size() / classes_; }

  // Sets `mark` in hits[i] for each phrase i found in `text`. `hits` has phrases() elements or more. `text`
  // is UTF-8; other bytes do no harm.
  void find(std::string_view text, std::span<std::uint8_t> hits, std::uint8_t mark) const;

 private:
  void record(std::uint32_t state, std::span<std::uint8_t> hits, std::uint8_t mark) const;

  std::size_t phrase_count_ = 0;
  std::size_t classes_ = 1;
  std::array<std::uint8_t, 256> class_of_{};
  // Row by row: where a byte's class leads from a state. A state is the index of its row's first element;
  // those from first_accepting_ up complete at least one phrase.
  std::vector<std::uint32_t> table_;
  std::uint32_t start_ = 0;
  std::uint32_t first_accepting_ = 0;
  std::vector<std::uint32_t>
      accepted_begin_;  // by state from first_accepting_, into accepted_; one more at the end
  std::vector<std::uint32_t> accepted_;  // phrases
};

// A sentence if `phrase` cannot be looked for, else empty.
std::string check_phrase(std::string_view phrase);

}  // namespace gleaner::keyword
