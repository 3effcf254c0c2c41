// The phrases as a nondeterministic automaton over bytes, from which Matcher builds its table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gleaner::keyword {

struct Edge {
  std::uint8_t low, high;  // the bytes it takes, both included; ASCII letters only in lower case
  std::uint32_t target;
};

struct Nfa {
  static constexpr std::uint32_t kNoPhrase = 0xFFFFFFFF;
  static constexpr std::uint32_t kEverywhere = 0;  // alive at every byte
  static constexpr std::uint32_t kBoundary =
      1;  // alive at the start and behind a byte that belongs to no word

  struct State {
    std::vector<Edge> edges;
    std::uint32_t accepts = kNoPhrase;
  };
  std::vector<State> states;
};

// Phrases as Matcher documents them; a phrase with nothing to look for gets no edges. The text is to be read
// with a final byte that belongs to no word.
Nfa build_nfa(std::span<const std::string> phrases);

// Whether there is anything in `phrase` but what separates words.
bool has_content(std::string_view phrase);

// ASCII capitals in lower case, other bytes as they are: what a text's bytes are read as.
constexpr std::uint8_t fold(std::uint8_t byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<std::uint8_t>(byte - 'A' + 'a') : byte;
}

}  // namespace gleaner::keyword
