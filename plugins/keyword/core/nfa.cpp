#include "plugins/keyword/core/nfa.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "plugins/keyword/core/word_forms.hpp"

namespace gleaner::keyword {
namespace {

using Bytes = std::string_view;

constexpr std::uint8_t byte_of(char c) {
  return static_cast<std::uint8_t>(c);
}

constexpr bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte_of(c) >= 0x80;
}

constexpr std::string_view kAsciiGaps = " \t\n\r-${}~";

// A character of a phrase: its bytes, and whether they separate words.
struct Character {
  std::string_view bytes;
  bool gap = false;
  bool word = false;
};

std::size_t length_of(std::uint8_t lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

// U+2000–U+200B and U+2010–U+2015 (spaces, dashes), no-break space, soft hyphen.
bool is_wide_gap(Bytes bytes) {
  if (bytes == "\xC2\xA0" || bytes == "\xC2\xAD") return true;
  if (bytes.size() != 3 || !bytes.starts_with("\xE2\x80")) return false;
  const std::uint8_t last = byte_of(bytes[2]);
  return last <= 0x8B || (last >= 0x90 && last <= 0x95);
}

// U+0080–U+00BF and U+2000–U+203F: signs, quotation marks, dashes.
bool is_wide_sign(Bytes bytes) {
  return (bytes.size() == 2 && bytes[0] == '\xC2') || (bytes.size() == 3 && bytes.starts_with("\xE2\x80"));
}

Character character_at(Bytes text) {
  const std::size_t length = std::min(length_of(byte_of(text[0])), text.size());
  const Bytes bytes = text.substr(0, length);
  if (length == 1) return {bytes, kAsciiGaps.find(bytes[0]) != Bytes::npos, is_word_byte(bytes[0])};
  return {bytes, is_wide_gap(bytes), !is_wide_sign(bytes)};
}

// The other case of a two-byte character of Latin-1 or Latin Extended-A, if it has one there.
std::optional<std::array<char, 2>> other_case(Bytes bytes) {
  if (bytes.size() != 2) return std::nullopt;
  unsigned code = ((byte_of(bytes[0]) & 0x1FU) << 6) | (byte_of(bytes[1]) & 0x3FU);
  if (code >= 0xC0 && code <= 0xFE && code != 0xD7 && code != 0xDF && code != 0xF7) {
    code ^= 0x20U;
  } else if (code == 0xFF || code == 0x178) {  // ÿ and Ÿ
    code = code == 0xFF ? 0x178 : 0xFF;
  } else if (code >= 0x100 && code <= 0x17E && code != 0x130 && code != 0x131 && code != 0x138 &&
             code != 0x149) {
    // Pairs: capital even up to U+0137 and from U+014A to U+0177, odd between and behind.
    const bool capital_is_odd = (code >= 0x139 && code <= 0x148) || code >= 0x179;
    code = capital_is_odd ? ((code - 1) ^ 1U) + 1 : code ^ 1U;
  } else {
    return std::nullopt;
  }
  return std::array<char, 2>{static_cast<char>(0xC0U | (code >> 6)),
                             static_cast<char>(0x80U | (code & 0x3FU))};
}

class Builder {
 public:
  Builder() : nfa_() {
    nfa_.states.resize(2);
    edge(Nfa::kEverywhere, 0x00, 0xFF, Nfa::kEverywhere);
    outside_word(Nfa::kEverywhere, Nfa::kBoundary);
  }

  void add_phrase(Bytes phrase, std::uint32_t index);
  Nfa take() && { return std::move(nfa_); }

 private:
  std::uint32_t state() {
    nfa_.states.emplace_back();
    return static_cast<std::uint32_t>(nfa_.states.size() - 1);
  }

  void edge(std::uint32_t from, unsigned low, unsigned high, std::uint32_t to) {
    nfa_.states[from].edges.push_back({static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(high), to});
  }

  // From `from` to `to` over exactly `bytes`, ASCII folded.
  void path(std::uint32_t from, Bytes bytes, std::uint32_t to) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const std::uint32_t next = i + 1 == bytes.size() ? to : state();
      const std::uint8_t byte = fold(byte_of(bytes[i]));
      edge(from, byte, byte, next);
      from = next;
    }
  }

  // From `from` to `to` over any character that belongs to no word.
  void outside_word(std::uint32_t from, std::uint32_t to) {
    edge(from, 0x00, '0' - 1, to);
    edge(from, '9' + 1, 'a' - 1, to);  // capitals are folded away before
    edge(from, 'z' + 1, 0x7F, to);
    const std::uint32_t sign = state();
    edge(from, 0xC2, 0xC2, sign);
    edge(sign, 0x80, 0xBF, to);
    const std::uint32_t mark = state();
    const std::uint32_t last = state();
    edge(from, 0xE2, 0xE2, mark);
    edge(mark, 0x80, 0x80, last);
    edge(last, 0x80, 0xBF, to);
  }

  // From `from` to `to` over one character that may stand between words.
  void gap_character(std::uint32_t from, std::uint32_t to) {
    for (char c : kAsciiGaps)
      edge(from, byte_of(c), byte_of(c), to);
    path(from, "\xC2\xA0", to);
    path(from, "\xC2\xAD", to);
    const std::uint32_t mark = state();
    const std::uint32_t last = state();
    edge(from, 0xE2, 0xE2, mark);
    edge(mark, 0x80, 0x80, last);
    edge(last, 0x80, 0x8B, to);
    edge(last, 0x90, 0x95, to);
  }

  std::uint32_t gap(std::uint32_t from) {
    const std::uint32_t behind = state();
    gap_character(from, behind);
    gap_character(behind, behind);
    return behind;
  }

  std::uint32_t word(std::uint32_t from, Bytes letters);
  void spelling(std::uint32_t from, Bytes letters, std::uint32_t to);

  Nfa nfa_;
};

// One spelling of a word, each letter in both cases.
void Builder::spelling(std::uint32_t from, Bytes letters, std::uint32_t to) {
  while (!letters.empty()) {
    const Character letter = character_at(letters);
    letters.remove_prefix(letter.bytes.size());
    const std::uint32_t next = letters.empty() ? to : state();
    path(from, letter.bytes, next);
    if (const auto other = other_case(letter.bytes)) path(from, {other->data(), other->size()}, next);
    from = next;
  }
}

std::uint32_t Builder::word(std::uint32_t from, Bytes letters) {
  std::string folded;
  for (char c : letters)
    folded += static_cast<char>(fold(byte_of(c)));
  const std::uint32_t end = state();
  const std::uint32_t behind = state();
  for (const std::string& form : word_forms(folded)) {
    spelling(from, form, end);
    spelling(from, form, behind);
  }
  path(end, "'s", behind);
  path(end, "\xE2\x80\x99s", behind);
  return behind;
}

void Builder::add_phrase(Bytes phrase, std::uint32_t index) {
  std::uint32_t at = Nfa::kBoundary;
  bool started = false;
  bool gap_before = false;
  bool ends_in_word = false;
  while (!phrase.empty()) {
    const Character next = character_at(phrase);
    if (next.gap) {
      gap_before = true;
      phrase.remove_prefix(next.bytes.size());
      continue;
    }
    if (started && gap_before) at = gap(at);
    if (!started && !next.word) at = Nfa::kEverywhere;
    started = true;
    gap_before = false;
    ends_in_word = next.word;
    if (!next.word) {
      const std::uint32_t behind = state();
      path(at, next.bytes, behind);
      at = behind;
      phrase.remove_prefix(next.bytes.size());
      continue;
    }
    std::size_t length = 0;
    while (length < phrase.size() && character_at(phrase.substr(length)).word) {
      length += character_at(phrase.substr(length)).bytes.size();
    }
    at = word(at, phrase.substr(0, length));
    phrase.remove_prefix(length);
  }
  if (!started) return;
  std::uint32_t accept = at;
  if (ends_in_word) {
    accept = state();
    outside_word(at, accept);
  }
  nfa_.states[accept].accepts = index;
}

}  // namespace

bool has_content(std::string_view phrase) {
  while (!phrase.empty()) {
    const Character next = character_at(phrase);
    if (!next.gap) return true;
    phrase.remove_prefix(next.bytes.size());
  }
  return false;
}

Nfa build_nfa(std::span<const std::string> phrases) {
  Builder builder;
  for (std::size_t i = 0; i < phrases.size(); ++i)
    builder.add_phrase(phrases[i], static_cast<std::uint32_t>(i));
  return std::move(builder).take();
}

}  // namespace gleaner::keyword
