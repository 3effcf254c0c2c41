// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/message/text.hpp"

#include <algorithm>
#include <array>

namespace gleaner::message {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kJoiner = 0x200D;
constexpr std::string_view kEllipsis = "\u2026";

struct Range {
  char32_t first, last;
};

// General category Mn and Me of the scripts that papers' names and titles come in, variation selectors, skin
// tones and tags: what belongs to the character before it (Unicode 15, GraphemeBreakProperty "Extend").
constexpr std::array kExtending{
    Range{0x0300, 0x036F},   Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},   Range{0x05BF, 0x05BF},
    Range{0x05C1, 0x05C2},   Range{0x0610, 0x061A}, Range{0x064B, 0x065F},   Range{0x0670, 0x0670},
    Range{0x06D6, 0x06DC},   Range{0x0900, 0x0903}, Range{0x093A, 0x093C},   Range{0x093E, 0x094F},
    Range{0x0E31, 0x0E31},   Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E},   Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF},   Range{0x200C, 0x200D}, Range{0x20D0, 0x20F0},   Range{0x3099, 0x309A},
    Range{0xFE00, 0xFE0F},   Range{0xFE20, 0xFE2F}, Range{0x1F3FB, 0x1F3FF}, Range{0xE0020, 0xE007F},
    Range{0xE0100, 0xE01EF},
};

// What shows nothing and changes what is shown: soft hyphen, zero width (but for the two joiners, which
// Persian and emoji need), direction marks, overrides and isolates, invisible operators, annotations, tags.
constexpr std::array kHidden{
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C},   Range{0x115F, 0x1160},
    Range{0x180B, 0x180F}, Range{0x200B, 0x200B}, Range{0x200E, 0x200F},   Range{0x202A, 0x202E},
    Range{0x2060, 0x206F}, Range{0x3164, 0x3164}, Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},
    Range{0xFFF0, 0xFFFB}, Range{0xFFFE, 0xFFFF}, Range{0xE0000, 0xE0FFF},
};

template <class Ranges>
bool is_in(const Ranges& ranges, char32_t code) {
  return std::ranges::any_of(ranges, [code](const Range& r) { return r.first <= code && code <= r.last; });
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

bool is_break(char32_t code) {
  return code == '\n' || code == '\r' || code == 0x0B || code == 0x0C || code == 0x85 || code == 0x2028 ||
         code == 0x2029;
}

// No-break and typographic spaces, too: a title set with them reads the same.
bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

std::size_t size_in(Unit unit, const CodePoint& point) {
  switch (unit) {
    case Unit::bytes:
      return point.size;
    case Unit::utf16:
      return point.code > 0xFFFF ? 2 : 1;
    case Unit::code_points:
      break;
  }
  return 1;
}

std::string cleaned(std::string_view text, bool keeps_lines) {
  std::string out;
  out.reserve(text.size());
  std::size_t breaks = 0;
  bool has_gap = false;
  char32_t previous = 0;
  each_code_point(text, [&](char32_t code, std::string_view) {
    if (is_break(code)) {
      if (!(code == '\n' && previous == '\r')) ++breaks;
      has_gap = true;
    } else if (is_blank(code)) {
      has_gap = true;
    } else if (!is_control(code) && !is_in(kHidden, code)) {
      if (has_gap && !out.empty()) {
        if (keeps_lines && breaks > 0)
          out.append(std::min<std::size_t>(breaks, 2), '\n');
        else
          out.push_back(' ');
      }
      has_gap = false;
      breaks = 0;
      append_code_point(out, code);
    }
    previous = code;
  });
  return out;
}

// Marks stacked on one letter are no reason to give up more than this.
constexpr std::size_t kLongestCharacter = 64;

// The last place at or before `at` where one character ends and the next begins.
std::size_t character_start(std::string_view text, std::size_t at) {
  const std::size_t cut = at;
  while (at > 0 && at < text.size() && cut - at < kLongestCharacter) {
    std::size_t before = at - 1;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U)
      --before;
    const bool is_joined =
        is_in(kExtending, code_point_at(text, at).code) || code_point_at(text, before).code == kJoiner;
    if (!is_joined) return at;
    at = before;
  }
  return cut - at < kLongestCharacter ? at : cut;
}

}  // namespace

void append_code_point(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  const auto put = [&out](char32_t byte) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return {kReplacement, 1};
  char32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {kReplacement, 1};
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const bool is_one = code >= kLeast[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return is_one ? CodePoint{code, size} : CodePoint{kReplacement, 1};
}

std::size_t length(std::string_view text, Unit unit) {
  if (unit == Unit::bytes) return text.size();
  std::size_t out = 0;
  each_code_point(text, [&](char32_t code, std::string_view piece) {
    out += size_in(unit, {code, piece.size()});
  });
  return out;
}

std::string one_line(std::string_view text) {
  return cleaned(text, false);
}

std::string in_lines(std::string_view text) {
  return cleaned(text, true);
}

std::string shortened(std::string_view text, std::size_t most, Unit unit) {
  if (length(text, unit) <= most) return std::string(text);
  const std::size_t mark = length(kEllipsis, unit);
  if (most < mark) return {};
  std::size_t room = most - mark;
  std::size_t end = 0;
  while (end < text.size()) {
    const CodePoint point = code_point_at(text, end);
    const std::size_t size = size_in(unit, point);
    if (size > room) break;
    room -= size;
    end += point.size;
  }
  end = character_start(text, end);
  const std::size_t space =
      end < text.size() && text[end] == ' ' ? end : text.substr(0, end).find_last_of(" \n");
  if (space != std::string_view::npos && space >= end - end / 5) end = space;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n'))
    --end;
  std::string out(text.substr(0, end));
  out += kEllipsis;
  return out;
}

std::string with_breaks(std::string_view text, std::size_t longest) {
  std::string out;
  out.reserve(text.size());
  std::size_t word = 0;
  each_code_point(text, [&](char32_t code, std::string_view piece) {
    if (code == ' ' || is_break(code)) {
      word = 0;
    } else if (++word > longest && !is_in(kExtending, code)) {
      out.push_back(' ');
      word = 1;
    }
    out += piece;
  });
  return out;
}

}  // namespace gleaner::message
