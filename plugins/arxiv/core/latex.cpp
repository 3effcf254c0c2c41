#include "plugins/arxiv/core/latex.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/latex_tables.hpp"

namespace gleaner::arxiv {
namespace {

// A group of letters longer or deeper than this is not a name, and looking further would be quadratic in bad
// input.
constexpr std::size_t kLongestGroup = 256;
constexpr int kDeepestGroup = 4;

// A piece of text read from `from` to `end`: what it stands for.
struct Piece {
  std::string text;
  std::size_t end = 0;
};

std::string encode(char32_t code) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  const auto value = static_cast<std::uint32_t>(code);
  if (value < 0x80) return {byte(value)};
  if (value < 0x800) return {byte(0xC0 | (value >> 6)), byte(0x80 | (value & 0x3F))};
  return {byte(0xE0 | (value >> 12)), byte(0x80 | ((value >> 6) & 0x3F)), byte(0x80 | (value & 0x3F))};
}

// The one character `text` is, if it is one and in the basic plane.
std::optional<char32_t> only_character(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  if (text.size() == 1) return static_cast<char32_t>(byte(0));
  if (text.size() == 2) return static_cast<char32_t>(((byte(0) & 0x1F) << 6) | (byte(1) & 0x3F));
  if (text.size() == 3) {
    return static_cast<char32_t>(((byte(0) & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F));
  }
  return std::nullopt;
}

const Accent* accent_named(char name) {
  for (const Accent& accent : kAccents) {
    if (accent.name == name) return &accent;
  }
  return nullptr;
}

template <typename Table>
const Command* command_named(const Table& table, std::string_view name) {
  for (const Command& command : table) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

std::string accented(const Accent& accent, const std::string& letter) {
  auto code = only_character(letter);
  if (!code) return letter;
  if (*code == U'ı') code = U'i';  // a dotless i is there to carry the accent instead of its dot
  if (*code == U'ȷ') code = U'j';
  for (std::size_t i = 0; i < accent.letters.size(); i += 2) {
    if (accent.letters[i] == *code) return encode(accent.letters[i + 1]);
  }
  return letter;
}

class Converter {
 public:
  Converter(std::string_view text, std::string& out) : text_(text), out_(out) {}

  // Whether anything had to be converted; if not, nothing has been written.
  bool run() {
    for (std::size_t at = next_special(0); at < text_.size();)
      at = next_special(convert(at));
    if (written_ == 0) return false;
    out_.append(text_.substr(written_));
    return true;
  }

 private:
  char char_at(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  // Whether anything special is in the 32 bytes at `at`. A loop without an exit, of which compilers make
  // vector instructions.
  bool has_special(std::size_t at) const {
    unsigned char found = 0;
    for (std::size_t i = at; i < at + 32; ++i)
      found = static_cast<unsigned char>(found | is_special(text_[i]));
    return found != 0;
  }

  static bool is_special(char c) { return (c == '\\') | (c == '{') | (c == '$'); }

  // Many times faster than find_first_of, which asks for each byte whether it is in the set.
  std::size_t next_special(std::size_t at) const {
    while (at + 32 <= text_.size() && !has_special(at))
      at += 32;
    while (at < text_.size() && !is_special(text_[at]))
      ++at;
    return at;
  }

  std::size_t spaces(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at]))
      ++at;
    return at;
  }

  std::string_view word(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_letter(text_[end]))
      ++end;
    return text_.substr(at, end - at);
  }

  // Converts what begins with the special character at `at`, or leaves it; the offset behind it.
  std::size_t convert(std::size_t at) {
    if (text_[at] == '$') return math_end(at, char_at(at + 1) == '$' ? "$$" : "$");
    if (text_[at] == '{') {
      const auto piece = group(at, 0);
      return piece ? emit(*piece, at) : at + 1;
    }
    if (char_at(at + 1) == '(') return math_end(at, "\\)");
    if (char_at(at + 1) == '[') return math_end(at, "\\]");
    if (const auto piece = construct(at, 0)) return emit(*piece, at);
    return command_end(at);
  }

  // Writes `piece` for the text from `at` on, and before it what was left since the last one.
  std::size_t emit(const Piece& piece, std::size_t at) {
    out_.append(text_.substr(written_, at - written_)).append(piece.text);
    return written_ = piece.end;
  }

  // Behind the math that starts at `at` and ends with `closer`; behind the opening sign alone if it is never
  // closed.
  std::size_t math_end(std::size_t at, std::string_view closer) {
    const std::size_t body = at + closer.size();
    std::size_t& nothing_behind = unclosed(closer);
    if (at >= nothing_behind) return body;
    for (std::size_t i = body; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == closer[0] && text_.compare(i, closer.size(), closer) == 0) return i + closer.size();
      if (c == '\\') ++i;  // \$ ends no math
    }
    nothing_behind = at;  // nor does a later sign of the kind have an end: no second search
    return body;
  }

  std::size_t& unclosed(std::string_view closer) {
    if (closer == "$") return no_dollar_;
    if (closer == "$$") return no_dollars_;
    return closer == "\\)" ? no_parenthesis_ : no_bracket_;
  }

  // A command that is nobody's letter stays, with the brace that opens its argument: that one groups nothing
  // else.
  std::size_t command_end(std::size_t at) const {
    const std::string_view name = word(at + 1);
    if (name.empty()) return std::min(at + 2, text_.size());
    const std::size_t end = at + 1 + name.size();
    return char_at(end) == '{' ? end + 1 : end;
  }

  // An accent with its letter, a letter, or a symbol, beginning at the backslash at `at`.
  std::optional<Piece> construct(std::size_t at, int depth) {
    if (depth > kDeepestGroup || char_at(at) != '\\') return std::nullopt;
    const std::string_view name = word(at + 1);
    if (name.empty()) {
      const Accent* const accent = accent_named(char_at(at + 1));
      return accent ? apply(*accent, spaces(at + 2), depth) : std::nullopt;
    }
    const std::size_t end = at + 1 + name.size();
    if (const Command* const letter = command_named(kLetters, name)) {
      return Piece{std::string(letter->text), after_letter(end)};
    }
    if (const Command* const symbol = command_named(kSymbols, name))
      return Piece{std::string(symbol->text), no_braces(end)};
    const Accent* const accent = name.size() == 1 ? accent_named(name[0]) : nullptr;
    return accent ? apply(*accent, spaces(end), depth) : std::nullopt;
  }

  std::size_t no_braces(std::size_t at) const { return text_.compare(at, 2, "{}") == 0 ? at + 2 : at; }
  std::size_t after_letter(std::size_t at) const {
    const std::size_t behind = no_braces(at);
    return behind != at ? behind : spaces(at);
  }

  // `accent` on what is at `at`: a letter, a letter command, another accent, or one of these in braces.
  std::optional<Piece> apply(const Accent& accent, std::size_t at, int depth) {
    auto letter = accent_argument(at, depth);
    if (!letter) return std::nullopt;
    letter->text = accented(accent, letter->text);
    return letter;
  }

  std::optional<Piece> accent_argument(std::size_t at, int depth) {
    const char c = char_at(at);
    if (is_letter(c)) return Piece{std::string(1, c), at + 1};
    if (c == '\\') return construct(at, depth + 1);
    if (c != '{') return std::nullopt;
    auto letter = accent_argument_in_braces(spaces(at + 1), depth);
    if (!letter) return std::nullopt;
    letter->end = spaces(letter->end);
    if (char_at(letter->end) != '}') return std::nullopt;
    ++letter->end;
    return letter;
  }

  std::optional<Piece> accent_argument_in_braces(std::size_t at, int depth) {
    return depth < kDeepestGroup ? accent_argument(at, depth + 1) : std::nullopt;
  }

  static bool stands_in_names(char c) {
    return is_letter(c) || c == ' ' || c == '-' || c == '.' || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  // The text of a group that holds a name and at least one construct, without its braces.
  std::optional<Piece> group(std::size_t at, int depth) {
    if (depth > kDeepestGroup) return std::nullopt;
    Piece piece;
    bool constructs = false;
    const std::size_t limit = std::min(text_.size(), at + kLongestGroup);
    for (std::size_t i = at + 1; i < limit;) {
      if (text_[i] == '}') {
        piece.end = i + 1;
        return constructs ? std::optional(piece) : std::nullopt;
      }
      if (stands_in_names(text_[i])) {
        piece.text += text_[i++];
        continue;
      }
      const auto inner = text_[i] == '{' ? group(i, depth + 1) : construct(i, depth + 1);
      if (!inner) return std::nullopt;
      piece.text += inner->text;
      i = inner->end;
      constructs = true;
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::string& out_;
  std::size_t written_ = 0;  // so much of the text is in out_
  // From here on no math that opens with `$`, `$$`, `\(`, `\[` is closed.
  std::size_t no_dollar_ = kNone;
  std::size_t no_dollars_ = kNone;
  std::size_t no_parenthesis_ = kNone;
  std::size_t no_bracket_ = kNone;
};

}  // namespace

std::string_view latex_to_unicode(std::string_view text, std::string& buffer) {
  if (text.find('\\') == kNone) return text;
  buffer.clear();
  return Converter(text, buffer).run() ? std::string_view(buffer) : text;
}

}  // namespace gleaner::arxiv
