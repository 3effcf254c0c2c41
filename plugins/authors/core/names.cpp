// SPDX-License-Identifier: Apache-2.0
#include "plugins/authors/core/names.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "plugins/authors/core/fold_tables.hpp"

namespace gleaner::authors {
namespace {

constexpr std::uint32_t kNoLetter = 0xFFFFFFFFU;

/// The code point at `at`, which moves behind it; kNoLetter for bytes that are not UTF-8.
std::uint32_t next_code(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = byte(at++);
  if (first < 0x80U) return first;
  const std::size_t more = first >= 0xF0U ? 3 : first >= 0xE0U ? 2 : first >= 0xC2U ? 1 : 0;
  if (more == 0 || at + more > text.size()) return kNoLetter;
  std::uint32_t code = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return kNoLetter;
    code = code << 6U | (byte(at + i) & 0x3FU);
  }
  at += more;
  return code;
}

/// Vanishes: apostrophes of every kind, combining marks, what has no width.
bool is_dropped(std::uint32_t code) {
  constexpr std::array<std::uint32_t, 7> single{'\'', '`', 0xB4, 0x2BC, 0x2018, 0x2019, 0xFEFF};
  return code == kNoLetter || std::ranges::find(single, code) != single.end() ||
         (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F);
}

bool is_ascii_letter_or_digit(std::uint32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
}

/// Parts words: ASCII punctuation, the spaces and dashes of Unicode, the middle dots of Catalan and Japanese
/// names.
bool is_gap(std::uint32_t code) {
  if (code < 0x80) return !is_ascii_letter_or_digit(code);
  return code == 0xA0 || code == 0xAD || code == 0xB7 || (code >= 0x2000 && code <= 0x206F) ||
         code == 0x3000 || code == 0x30FB || code == 0xFF0C || code == 0xFF0E;
}

void append_folded(std::string& word, std::string_view table, std::size_t index, std::string_view bytes) {
  const std::string_view letters = table.substr(2 * index, 2);
  if (letters[0] == '?') {
    word += bytes;
    return;
  }
  word += letters[0];
  if (letters[1] != '.') word += letters[1];
}

/// Greek and Cyrillic capitals without marks; enough for names written in them.
std::string lower_two_bytes(std::uint32_t code) {
  if (code >= 0x391 && code <= 0x3A9) code += 0x20;
  if (code >= 0x410 && code <= 0x42F) code += 0x20;
  if (code >= 0x400 && code <= 0x40F) code += 0x50;
  return {static_cast<char>(0xC0U | code >> 6U), static_cast<char>(0x80U | (code & 0x3FU))};
}

void append_letter(std::string& word, std::uint32_t code, std::string_view bytes) {
  if (code < 0x80) {
    word += static_cast<char>(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code);
  } else if (code >= 0xC0 && code < 0x250) {
    append_folded(word, kLatin, code - 0xC0, bytes);
  } else if (code >= 0x1E00 && code < 0x1F00) {
    append_folded(word, kLatinAdditional, code - 0x1E00, bytes);
  } else if (code >= 0x370 && code < 0x530) {
    word += lower_two_bytes(code);
  } else {
    word += bytes;
  }
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const std::uint32_t code = next_code(text, at);
    if (is_dropped(code)) continue;
    if (!is_gap(code)) {
      append_letter(word, code, text.substr(from, at - from));
      continue;
    }
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

bool is_suffix(std::string_view word) {
  constexpr std::array<std::string_view, 7> suffixes{"jr", "sr", "ii", "iii", "iv", "phd", "md"};
  return std::ranges::find(suffixes, word) != suffixes.end();
}

bool is_initial(const std::string& word) {
  return word.size() == 1;
}

bool given_agree(const std::string& left, const std::string& right) {
  if (left == right) return true;
  return (is_initial(left) || is_initial(right)) && left.front() == right.front();
}

}  // namespace

std::string Name::text() const {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : " ") + word;
  return out;
}

Name parse_name(std::string_view written) {
  const std::size_t comma = written.find(',');
  Name out{words_of(written.substr(0, comma))};
  if (comma != std::string_view::npos) {
    std::vector<std::string> behind = words_of(written.substr(comma + 1));
    while (!behind.empty() && is_suffix(behind.back()))
      behind.pop_back();
    out.words.insert(out.words.begin(), behind.begin(), behind.end());
  }
  while (out.words.size() > 2 && is_suffix(out.words.back()))
    out.words.pop_back();
  return out;
}

std::string plain_words(std::string_view written) {
  return Name{words_of(written)}.text();
}

std::string same_key(const Name& name) {
  std::string joined;
  std::string initials;
  for (const std::string& word : name.words) {
    joined += word;
    if (is_initial(word)) initials += word;
  }
  std::ranges::sort(initials);
  return joined + "/" + initials;
}

bool same_name(const Name& left, const Name& right) {
  return !left.empty() && same_key(left) == same_key(right);
}

bool may_be_same(const Name& left, const Name& right) {
  if (left.words.size() < 2 || right.words.size() < 2) return same_name(left, right);
  if (same_name(left, right)) return true;
  return left.words.back() == right.words.back() && given_agree(left.words.front(), right.words.front());
}

bool has_given_name(const Name& name) {
  return name.words.size() > 1 && !is_initial(name.words.front());
}

}  // namespace gleaner::authors
