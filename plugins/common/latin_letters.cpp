// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/latin_letters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "plugins/common/visible_text.hpp"

namespace gleaner::common {
namespace {

struct Row {
  char32_t code;
  char base;
  std::string_view marks;
};

// The canonical decompositions of the Unicode Character Database 15 whose base is an ASCII letter and whose
// marks all are in kAccents; in the order of their code points.
// clang-format off
constexpr std::array<Row, 392> kLetters{{
    {0x00C0, 'A', "`"}, {0x00C1, 'A', "'"}, {0x00C2, 'A', "^"}, {0x00C3, 'A', "~"}, {0x00C4, 'A', "\""},
    {0x00C5, 'A', "r"}, {0x00C7, 'C', "c"}, {0x00C8, 'E', "`"}, {0x00C9, 'E', "'"}, {0x00CA, 'E', "^"},
    {0x00CB, 'E', "\""}, {0x00CC, 'I', "`"}, {0x00CD, 'I', "'"}, {0x00CE, 'I', "^"}, {0x00CF, 'I', "\""},
    {0x00D1, 'N', "~"}, {0x00D2, 'O', "`"}, {0x00D3, 'O', "'"}, {0x00D4, 'O', "^"}, {0x00D5, 'O', "~"},
    {0x00D6, 'O', "\""}, {0x00D9, 'U', "`"}, {0x00DA, 'U', "'"}, {0x00DB, 'U', "^"}, {0x00DC, 'U', "\""},
    {0x00DD, 'Y', "'"}, {0x00E0, 'a', "`"}, {0x00E1, 'a', "'"}, {0x00E2, 'a', "^"}, {0x00E3, 'a', "~"},
    {0x00E4, 'a', "\""}, {0x00E5, 'a', "r"}, {0x00E7, 'c', "c"}, {0x00E8, 'e', "`"}, {0x00E9, 'e', "'"},
    {0x00EA, 'e', "^"}, {0x00EB, 'e', "\""}, {0x00EC, 'i', "`"}, {0x00ED, 'i', "'"}, {0x00EE, 'i', "^"},
    {0x00EF, 'i', "\""}, {0x00F1, 'n', "~"}, {0x00F2, 'o', "`"}, {0x00F3, 'o', "'"}, {0x00F4, 'o', "^"},
    {0x00F5, 'o', "~"}, {0x00F6, 'o', "\""}, {0x00F9, 'u', "`"}, {0x00FA, 'u', "'"}, {0x00FB, 'u', "^"},
    {0x00FC, 'u', "\""}, {0x00FD, 'y', "'"}, {0x00FF, 'y', "\""}, {0x0100, 'A', "="}, {0x0101, 'a', "="},
    {0x0102, 'A', "u"}, {0x0103, 'a', "u"}, {0x0104, 'A', "k"}, {0x0105, 'a', "k"}, {0x0106, 'C', "'"},
    {0x0107, 'c', "'"}, {0x0108, 'C', "^"}, {0x0109, 'c', "^"}, {0x010A, 'C', "."}, {0x010B, 'c', "."},
    {0x010C, 'C', "v"}, {0x010D, 'c', "v"}, {0x010E, 'D', "v"}, {0x010F, 'd', "v"}, {0x0112, 'E', "="},
    {0x0113, 'e', "="}, {0x0114, 'E', "u"}, {0x0115, 'e', "u"}, {0x0116, 'E', "."}, {0x0117, 'e', "."},
    {0x0118, 'E', "k"}, {0x0119, 'e', "k"}, {0x011A, 'E', "v"}, {0x011B, 'e', "v"}, {0x011C, 'G', "^"},
    {0x011D, 'g', "^"}, {0x011E, 'G', "u"}, {0x011F, 'g', "u"}, {0x0120, 'G', "."}, {0x0121, 'g', "."},
    {0x0122, 'G', "c"}, {0x0123, 'g', "c"}, {0x0124, 'H', "^"}, {0x0125, 'h', "^"}, {0x0128, 'I', "~"},
    {0x0129, 'i', "~"}, {0x012A, 'I', "="}, {0x012B, 'i', "="}, {0x012C, 'I', "u"}, {0x012D, 'i', "u"},
    {0x012E, 'I', "k"}, {0x012F, 'i', "k"}, {0x0130, 'I', "."}, {0x0134, 'J', "^"}, {0x0135, 'j', "^"},
    {0x0136, 'K', "c"}, {0x0137, 'k', "c"}, {0x0139, 'L', "'"}, {0x013A, 'l', "'"}, {0x013B, 'L', "c"},
    {0x013C, 'l', "c"}, {0x013D, 'L', "v"}, {0x013E, 'l', "v"}, {0x0143, 'N', "'"}, {0x0144, 'n', "'"},
    {0x0145, 'N', "c"}, {0x0146, 'n', "c"}, {0x0147, 'N', "v"}, {0x0148, 'n', "v"}, {0x014C, 'O', "="},
    {0x014D, 'o', "="}, {0x014E, 'O', "u"}, {0x014F, 'o', "u"}, {0x0150, 'O', "H"}, {0x0151, 'o', "H"},
    {0x0154, 'R', "'"}, {0x0155, 'r', "'"}, {0x0156, 'R', "c"}, {0x0157, 'r', "c"}, {0x0158, 'R', "v"},
    {0x0159, 'r', "v"}, {0x015A, 'S', "'"}, {0x015B, 's', "'"}, {0x015C, 'S', "^"}, {0x015D, 's', "^"},
    {0x015E, 'S', "c"}, {0x015F, 's', "c"}, {0x0160, 'S', "v"}, {0x0161, 's', "v"}, {0x0162, 'T', "c"},
    {0x0163, 't', "c"}, {0x0164, 'T', "v"}, {0x0165, 't', "v"}, {0x0168, 'U', "~"}, {0x0169, 'u', "~"},
    {0x016A, 'U', "="}, {0x016B, 'u', "="}, {0x016C, 'U', "u"}, {0x016D, 'u', "u"}, {0x016E, 'U', "r"},
    {0x016F, 'u', "r"}, {0x0170, 'U', "H"}, {0x0171, 'u', "H"}, {0x0172, 'U', "k"}, {0x0173, 'u', "k"},
    {0x0174, 'W', "^"}, {0x0175, 'w', "^"}, {0x0176, 'Y', "^"}, {0x0177, 'y', "^"}, {0x0178, 'Y', "\""},
    {0x0179, 'Z', "'"}, {0x017A, 'z', "'"}, {0x017B, 'Z', "."}, {0x017C, 'z', "."}, {0x017D, 'Z', "v"},
    {0x017E, 'z', "v"}, {0x01CD, 'A', "v"}, {0x01CE, 'a', "v"}, {0x01CF, 'I', "v"}, {0x01D0, 'i', "v"},
    {0x01D1, 'O', "v"}, {0x01D2, 'o', "v"}, {0x01D3, 'U', "v"}, {0x01D4, 'u', "v"}, {0x01D5, 'U', "\"="},
    {0x01D6, 'u', "\"="}, {0x01D7, 'U', "\"'"}, {0x01D8, 'u', "\"'"}, {0x01D9, 'U', "\"v"},
    {0x01DA, 'u', "\"v"}, {0x01DB, 'U', "\"`"}, {0x01DC, 'u', "\"`"}, {0x01DE, 'A', "\"="},
    {0x01DF, 'a', "\"="}, {0x01E0, 'A', ".="}, {0x01E1, 'a', ".="}, {0x01E6, 'G', "v"}, {0x01E7, 'g', "v"},
    {0x01E8, 'K', "v"}, {0x01E9, 'k', "v"}, {0x01EA, 'O', "k"}, {0x01EB, 'o', "k"}, {0x01EC, 'O', "k="},
    {0x01ED, 'o', "k="}, {0x01F0, 'j', "v"}, {0x01F4, 'G', "'"}, {0x01F5, 'g', "'"}, {0x01F8, 'N', "`"},
    {0x01F9, 'n', "`"}, {0x01FA, 'A', "r'"}, {0x01FB, 'a', "r'"}, {0x021E, 'H', "v"}, {0x021F, 'h', "v"},
    {0x0226, 'A', "."}, {0x0227, 'a', "."}, {0x0228, 'E', "c"}, {0x0229, 'e', "c"}, {0x022A, 'O', "\"="},
    {0x022B, 'o', "\"="}, {0x022C, 'O', "~="}, {0x022D, 'o', "~="}, {0x022E, 'O', "."}, {0x022F, 'o', "."},
    {0x0230, 'O', ".="}, {0x0231, 'o', ".="}, {0x0232, 'Y', "="}, {0x0233, 'y', "="}, {0x1E02, 'B', "."},
    {0x1E03, 'b', "."}, {0x1E04, 'B', "d"}, {0x1E05, 'b', "d"}, {0x1E06, 'B', "b"}, {0x1E07, 'b', "b"},
    {0x1E08, 'C', "c'"}, {0x1E09, 'c', "c'"}, {0x1E0A, 'D', "."}, {0x1E0B, 'd', "."}, {0x1E0C, 'D', "d"},
    {0x1E0D, 'd', "d"}, {0x1E0E, 'D', "b"}, {0x1E0F, 'd', "b"}, {0x1E10, 'D', "c"}, {0x1E11, 'd', "c"},
    {0x1E14, 'E', "=`"}, {0x1E15, 'e', "=`"}, {0x1E16, 'E', "='"}, {0x1E17, 'e', "='"}, {0x1E1C, 'E', "cu"},
    {0x1E1D, 'e', "cu"}, {0x1E1E, 'F', "."}, {0x1E1F, 'f', "."}, {0x1E20, 'G', "="}, {0x1E21, 'g', "="},
    {0x1E22, 'H', "."}, {0x1E23, 'h', "."}, {0x1E24, 'H', "d"}, {0x1E25, 'h', "d"}, {0x1E26, 'H', "\""},
    {0x1E27, 'h', "\""}, {0x1E28, 'H', "c"}, {0x1E29, 'h', "c"}, {0x1E2E, 'I', "\"'"}, {0x1E2F, 'i', "\"'"},
    {0x1E30, 'K', "'"}, {0x1E31, 'k', "'"}, {0x1E32, 'K', "d"}, {0x1E33, 'k', "d"}, {0x1E34, 'K', "b"},
    {0x1E35, 'k', "b"}, {0x1E36, 'L', "d"}, {0x1E37, 'l', "d"}, {0x1E38, 'L', "d="}, {0x1E39, 'l', "d="},
    {0x1E3A, 'L', "b"}, {0x1E3B, 'l', "b"}, {0x1E3E, 'M', "'"}, {0x1E3F, 'm', "'"}, {0x1E40, 'M', "."},
    {0x1E41, 'm', "."}, {0x1E42, 'M', "d"}, {0x1E43, 'm', "d"}, {0x1E44, 'N', "."}, {0x1E45, 'n', "."},
    {0x1E46, 'N', "d"}, {0x1E47, 'n', "d"}, {0x1E48, 'N', "b"}, {0x1E49, 'n', "b"}, {0x1E4C, 'O', "~'"},
    {0x1E4D, 'o', "~'"}, {0x1E4E, 'O', "~\""}, {0x1E4F, 'o', "~\""}, {0x1E50, 'O', "=`"},
    {0x1E51, 'o', "=`"}, {0x1E52, 'O', "='"}, {0x1E53, 'o', "='"}, {0x1E54, 'P', "'"}, {0x1E55, 'p', "'"},
    {0x1E56, 'P', "."}, {0x1E57, 'p', "."}, {0x1E58, 'R', "."}, {0x1E59, 'r', "."}, {0x1E5A, 'R', "d"},
    {0x1E5B, 'r', "d"}, {0x1E5C, 'R', "d="}, {0x1E5D, 'r', "d="}, {0x1E5E, 'R', "b"}, {0x1E5F, 'r', "b"},
    {0x1E60, 'S', "."}, {0x1E61, 's', "."}, {0x1E62, 'S', "d"}, {0x1E63, 's', "d"}, {0x1E64, 'S', "'."},
    {0x1E65, 's', "'."}, {0x1E66, 'S', "v."}, {0x1E67, 's', "v."}, {0x1E68, 'S', "d."}, {0x1E69, 's', "d."},
    {0x1E6A, 'T', "."}, {0x1E6B, 't', "."}, {0x1E6C, 'T', "d"}, {0x1E6D, 't', "d"}, {0x1E6E, 'T', "b"},
    {0x1E6F, 't', "b"}, {0x1E78, 'U', "~'"}, {0x1E79, 'u', "~'"}, {0x1E7A, 'U', "=\""},
    {0x1E7B, 'u', "=\""}, {0x1E7C, 'V', "~"}, {0x1E7D, 'v', "~"}, {0x1E7E, 'V', "d"}, {0x1E7F, 'v', "d"},
    {0x1E80, 'W', "`"}, {0x1E81, 'w', "`"}, {0x1E82, 'W', "'"}, {0x1E83, 'w', "'"}, {0x1E84, 'W', "\""},
    {0x1E85, 'w', "\""}, {0x1E86, 'W', "."}, {0x1E87, 'w', "."}, {0x1E88, 'W', "d"}, {0x1E89, 'w', "d"},
    {0x1E8A, 'X', "."}, {0x1E8B, 'x', "."}, {0x1E8C, 'X', "\""}, {0x1E8D, 'x', "\""}, {0x1E8E, 'Y', "."},
    {0x1E8F, 'y', "."}, {0x1E90, 'Z', "^"}, {0x1E91, 'z', "^"}, {0x1E92, 'Z', "d"}, {0x1E93, 'z', "d"},
    {0x1E94, 'Z', "b"}, {0x1E95, 'z', "b"}, {0x1E96, 'h', "b"}, {0x1E97, 't', "\""}, {0x1E98, 'w', "r"},
    {0x1E99, 'y', "r"}, {0x1EA0, 'A', "d"}, {0x1EA1, 'a', "d"}, {0x1EA4, 'A', "^'"}, {0x1EA5, 'a', "^'"},
    {0x1EA6, 'A', "^`"}, {0x1EA7, 'a', "^`"}, {0x1EAA, 'A', "^~"}, {0x1EAB, 'a', "^~"}, {0x1EAC, 'A', "d^"},
    {0x1EAD, 'a', "d^"}, {0x1EAE, 'A', "u'"}, {0x1EAF, 'a', "u'"}, {0x1EB0, 'A', "u`"}, {0x1EB1, 'a', "u`"},
    {0x1EB4, 'A', "u~"}, {0x1EB5, 'a', "u~"}, {0x1EB6, 'A', "du"}, {0x1EB7, 'a', "du"}, {0x1EB8, 'E', "d"},
    {0x1EB9, 'e', "d"}, {0x1EBC, 'E', "~"}, {0x1EBD, 'e', "~"}, {0x1EBE, 'E', "^'"}, {0x1EBF, 'e', "^'"},
    {0x1EC0, 'E', "^`"}, {0x1EC1, 'e', "^`"}, {0x1EC4, 'E', "^~"}, {0x1EC5, 'e', "^~"}, {0x1EC6, 'E', "d^"},
    {0x1EC7, 'e', "d^"}, {0x1ECA, 'I', "d"}, {0x1ECB, 'i', "d"}, {0x1ECC, 'O', "d"}, {0x1ECD, 'o', "d"},
    {0x1ED0, 'O', "^'"}, {0x1ED1, 'o', "^'"}, {0x1ED2, 'O', "^`"}, {0x1ED3, 'o', "^`"}, {0x1ED6, 'O', "^~"},
    {0x1ED7, 'o', "^~"}, {0x1ED8, 'O', "d^"}, {0x1ED9, 'o', "d^"}, {0x1EE4, 'U', "d"}, {0x1EE5, 'u', "d"},
    {0x1EF2, 'Y', "`"}, {0x1EF3, 'y', "`"}, {0x1EF4, 'Y', "d"}, {0x1EF5, 'y', "d"}, {0x1EF8, 'Y', "~"},
    {0x1EF9, 'y', "~"},
}};
// clang-format on

struct Accent {
  char32_t mark;
  char command;
};

constexpr std::array<Accent, 15> kAccents{{{0x0300, '`'},
                                           {0x0301, '\''},
                                           {0x0302, '^'},
                                           {0x0303, '~'},
                                           {0x0304, '='},
                                           {0x0306, 'u'},
                                           {0x0307, '.'},
                                           {0x0308, '"'},
                                           {0x030A, 'r'},
                                           {0x030B, 'H'},
                                           {0x030C, 'v'},
                                           {0x0323, 'd'},
                                           {0x0327, 'c'},
                                           {0x0328, 'k'},
                                           {0x0331, 'b'}}};

struct Plain {
  char32_t code;
  std::string_view text;
};

constexpr std::array<Plain, 32> kPlain{
    {{0x00A0, " "},  {0x00AB, "\""}, {0x00BB, "\""}, {0x00C6, "AE"}, {0x00D0, "D"},  {0x00D7, "x"},
     {0x00D8, "O"},  {0x00DE, "Th"}, {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"},
     {0x00FE, "th"}, {0x0110, "D"},  {0x0111, "d"},  {0x0126, "H"},  {0x0127, "h"},  {0x0131, "i"},
     {0x0141, "L"},  {0x0142, "l"},  {0x014A, "N"},  {0x014B, "n"},  {0x0152, "OE"}, {0x0153, "oe"},
     {0x2010, "-"},  {0x2011, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2018, "'"},  {0x2019, "'"},
     {0x201C, "\""}, {0x201D, "\""}}};

template <class Table>
const auto* find_code(const Table& table, char32_t code) {
  const auto* at = std::lower_bound(table.begin(), table.end(), code,
                                    [](const auto& row, char32_t wanted) { return row.code < wanted; });
  return at != table.end() && at->code == code ? &*at : nullptr;
}

}  // namespace

std::optional<LatinLetter> latin_letter(char32_t code) {
  const auto* row = find_code(kLetters, code);
  if (row == nullptr) return std::nullopt;
  return LatinLetter{row->base, row->marks};
}

char tex_accent(char32_t combining_mark) {
  for (const Accent& accent : kAccents)
    if (accent.mark == combining_mark) return accent.command;
  return 0;
}

std::string ascii_form(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = next_code_point(text, at);
    if (code < 0x80)
      out += static_cast<char>(code);
    else if (const auto letter = latin_letter(code))
      out += letter->base;
    else if (const auto* plain = find_code(kPlain, code))
      out += plain->text;
  }
  return out;
}

}  // namespace gleaner::common
