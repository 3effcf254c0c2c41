// SPDX-License-Identifier: Apache-2.0
#include "plugins/filters/core/words.hpp"

#include <cstdint>

namespace gleaner::filters {
namespace {

constexpr char32_t kBroken = 0xFFFD;

// The letters under the accents, block by block (the first letters of the Unicode decompositions, and by hand
// those that have none: đ ł ø …). A capital stands for two letters, see `pair_of`.
constexpr std::string_view kLatin1AndExtendedA =  // U+00C0 to U+017F
    "aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::string_view kPinyin = "aaiioouuuuuuuuuu";  // U+01CD to U+01DC
constexpr std::string_view kRomanian = "sstt";            // U+0218 to U+021B
constexpr std::string_view kExtendedAdditional =          // U+1E00 to U+1EFF
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasssSdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

constexpr std::string_view kLigatures[] = {"ff", "fi", "fl", "ffi", "ffl"};  // U+FB00 to U+FB04

constexpr bool within(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

std::string_view pair_of(char capital) {
  switch (capital) {
    case 'A':
      return "ae";
    case 'O':
      return "oe";
    case 'S':
      return "ss";
    case 'T':
      return "th";
    default:
      return "ij";
  }
}

/// The letter of the tables above, or 0.
char base_letter(char32_t c) {
  if (within(c, 0xC0, 0x17F)) return kLatin1AndExtendedA[c - 0xC0];
  if (within(c, 0x1CD, 0x1DC)) return kPinyin[c - 0x1CD];
  if (within(c, 0x218, 0x21B)) return kRomanian[c - 0x218];
  if (within(c, 0x1E00, 0x1EFF)) return kExtendedAdditional[c - 0x1E00];
  return 0;
}

/// Greek vowels lose their accents, ς and ё their own form.
char32_t without_accent(char32_t c) {
  switch (c) {
    case 0x3AC:
      return 0x3B1;
    case 0x3AD:
      return 0x3B5;
    case 0x3AE:
      return 0x3B7;
    case 0x390:
    case 0x3AF:
    case 0x3CA:
      return 0x3B9;
    case 0x3B0:
    case 0x3CB:
    case 0x3CD:
      return 0x3C5;
    case 0x3CC:
      return 0x3BF;
    case 0x3CE:
      return 0x3C9;
    case 0x3C2:
      return 0x3C3;
    case 0xB5:  // the micro sign is a mu
      return 0x3BC;
    case 0x451:
      return 0x435;
    default:
      return c;
  }
}

/// Digits and letters of special widths and heights, as the plain ones.
char32_t plain_form(char32_t c) {
  if (within(c, 0xFF01, 0xFF5E)) return c - 0xFEE0;
  if (c == 0xB2 || c == 0xB3) return c - 0xB2 + U'2';
  if (c == 0xB9) return U'1';
  if (c == 0x2070 || within(c, 0x2074, 0x2079)) return c - 0x2070 + U'0';
  if (within(c, 0x2080, 0x2089)) return c - 0x2080 + U'0';
  return c;
}

void append_folded(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (within(c, 0xFB00, 0xFB04)) {
    out += kLigatures[c - 0xFB00];
    return;
  }
  const char base = base_letter(c);
  if (base == 0)
    append_utf8(without_accent(c), out);
  else if (base >= 'A' && base <= 'Z')
    out += pair_of(base);
  else
    out += base;
}

CharacterKind ascii_kind(char32_t c) {
  const bool is_word = within(c, '0', '9') || within(c, 'a', 'z') || within(c, 'A', 'Z');
  return is_word ? CharacterKind::letter : CharacterKind::separator;
}

char32_t lower_latin(char32_t c) {
  if (within(c, 0xC0, 0xDE)) return c == 0xD7 ? c : c + 0x20;
  if (c == 0x130) return U'i';
  if (c == 0x178) return 0xFF;
  // Capital and small letter take turns, but not everywhere from the even one.
  if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E)) return c + (c % 2);
  if (within(c, 0x100, 0x137) || within(c, 0x14A, 0x177)) return c | 1U;
  return c;
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
  };
  const std::uint8_t first = byte(at++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4) return kBroken;
  char32_t c = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return kBroken;
    c = (c << 6) | (byte(at + i) & 0x3FU);
  }
  at += more;
  return c;
}

void append_utf8(char32_t c, std::string& out) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<std::uint8_t>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

char32_t lower_case(char32_t c) {
  if (c < 0x80) return within(c, 'A', 'Z') ? c + 0x20 : c;
  if (c < 0x180) return lower_latin(c);
  if (within(c, 0x218, 0x21B) || within(c, 0x1E00, 0x1E95) || within(c, 0x1EA0, 0x1EFF)) return c | 1U;
  if (within(c, 0x391, 0x3AB)) return c + 0x20;
  if (c == 0x386) return 0x3AC;
  if (within(c, 0x388, 0x38A)) return c + 0x25;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 0x3F;
  if (within(c, 0x410, 0x42F)) return c + 0x20;
  if (within(c, 0x400, 0x40F)) return c + 0x50;
  if (c == 0x490) return 0x491;
  return c;
}

CharacterKind kind_of(char32_t c) {
  using enum CharacterKind;
  if (c < 0x80) return ascii_kind(c);
  if (plain_form(c) != c) return ascii_kind(plain_form(c));
  if (c < 0xC0) {
    if (c == 0xAD) return nothing;
    return c == 0xAA || c == 0xB5 || c == 0xBA ? letter : separator;
  }
  if (c == 0xD7 || c == 0xF7 || c == kBroken) return separator;
  if (within(c, 0x300, 0x36F) || within(c, 0x200B, 0x200D) || c == 0xFEFF) return nothing;
  if (within(c, 0xE00, 0xEFF) || within(c, 0x1000, 0x109F) || within(c, 0x1780, 0x17FF)) return ideograph;
  // Punctuation, currencies, arrows, mathematical operators, shapes; CJK punctuation; half-width punctuation.
  if (within(c, 0x2000, 0x20CF) || within(c, 0x2190, 0x2BFF) || within(c, 0x3000, 0x303F)) return separator;
  if (within(c, 0xFF5F, 0xFF65)) return separator;
  if (within(c, 0x3040, 0x30FF) || within(c, 0x3400, 0x4DBF) || within(c, 0x4E00, 0x9FFF)) return ideograph;
  if (within(c, 0xF900, 0xFAFF) || within(c, 0x20000, 0x3FFFF)) return ideograph;
  return letter;
}

void append_words(std::string_view text, std::string& out) {
  bool is_open = false;  // a word has begun and has no space behind it yet
  const auto close = [&] {
    if (is_open) out += ' ';
    is_open = false;
  };
  const auto open = [&] {
    if (!is_open && (out.empty() || out.back() != ' ')) out += ' ';
    is_open = true;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const CharacterKind kind = kind_of(c);
    if (kind == CharacterKind::nothing) continue;
    if (kind != CharacterKind::letter) close();
    if (kind == CharacterKind::separator) continue;
    open();
    append_folded(lower_case(plain_form(c)), out);
    if (kind == CharacterKind::ideograph) close();
  }
  close();
}

std::string folded_words(std::string_view text) {
  std::string out;
  append_words(text, out);
  return out;
}

}  // namespace gleaner::filters
