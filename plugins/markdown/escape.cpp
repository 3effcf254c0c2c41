#include "escape.hpp"

#include <algorithm>

#include "plugins/common/ascii.hpp"

namespace gleaner::markdown {
namespace {

using common::is_digit;
using common::is_letter;

constexpr char kNothing = '\0';  // the neighbour of the first and of the last character

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// The characters a backslash escapes (CommonMark 2.4).
bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// --- hidden characters
// -----------------------------------------------------------------------------------------------

// How many bytes at the start of `text` are one character nobody sees; 0: none. Joiners (U+200C, U+200D)
// stay: Persian, Indic scripts and emoji are spelled with them.
std::size_t hidden_bytes(std::string_view text) {
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && ((byte(1) >= 0x80 && byte(1) <= 0x9F) || byte(1) == 0xAD))
    return 2;                                                           // C1, soft hyphen
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;                     // Arabic letter mark
  if (byte(0) == 0xE1 && byte(1) == 0xA0 && byte(2) == 0x8E) return 3;  // U+180E
  if (byte(0) == 0xE2 && byte(1) == 0x80) {
    const unsigned last = byte(2);
    if (last == 0x8B || last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE)) return 3;
  }
  if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) >= 0xA0 && byte(2) <= 0xAF) return 3;    // U+2060–206F
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;                       // U+FEFF
  if (byte(0) == 0xF3 && byte(1) == 0xA0 && (byte(2) == 0x80 || byte(2) == 0x81)) return 4;  // tags
  return 0;
}

// How many bytes at the start of `text` end a line somewhere (U+0085, U+2028 and U+2029 included); 0: none.
std::size_t break_bytes(std::string_view text) {
  if (text[0] >= '\t' && text[0] <= '\r') return 1;
  if (text.starts_with("\xC2\x85")) return 2;
  if (text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9")) return 3;
  return 0;
}

// --- the start of a block
// --------------------------------------------------------------------------------------------

bool only_rule_characters(std::string_view text) {
  return text.find_first_not_of("-+*_=~:| ") == std::string_view::npos;
}

// The character that has to be escaped so that `line` opens no block where it stands first on its line (a
// user's template may put it there); npos: none. Headings, quotes, lists, rules, setext underlines, fences,
// table rows.
std::size_t block_marker(std::string_view line) {
  if (line.empty()) return std::string_view::npos;
  const std::size_t number_end = line.find_first_not_of("0123456789");
  if (number_end != 0) {
    if (number_end > 9) return std::string_view::npos;  // nothing but digits too: npos is the largest
    const bool ordered = line[number_end] == '.' || line[number_end] == ')';
    const bool ends = number_end + 1 == line.size() || line[number_end + 1] == ' ';
    return ordered && ends ? number_end : std::string_view::npos;
  }
  const char first = line[0];
  if (first == '#' || first == '>' || first == '|') return 0;
  if (first == '^') return 0;  // after the bracket of a link it would be GitHub's footnote
  if (line.starts_with("~~~")) return 0;
  const bool marks = std::string_view("-+*_=~:").find(first) != std::string_view::npos;
  if (marks && (only_rule_characters(line) || line.substr(1).starts_with(" "))) return 0;
  return std::string_view::npos;
}

// --- one character at a time
// -----------------------------------------------------------------------------------------

// A tag, a comment, a declaration or an autolink starts with `<` and one of these (CommonMark 6.5, 6.6;
// HTML's own tag open state). Beyond ASCII too: what hides there may be dropped by a later reader. At the end
// the next thing is unknown.
bool may_open_tag(char next) {
  return next == kNothing || !is_ascii(next) || is_letter(next) || next == '/' || next == '!' || next == '?';
}

// `&amp;`, `&#40;`, `&#x28;`: `text` starts at the ampersand.
bool is_entity(std::string_view text) {
  const std::size_t end =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#", 1);
  return end != std::string_view::npos && end > 1 && text[end] == ';';
}

// `*` and `_` that cannot emphasise: alone between spaces, and `_` inside a word (GFM 6.4).
bool is_plain_mark(char mark, char before, char after) {
  if (before == ' ' && after == ' ') return true;
  const auto in_word = [](char c) { return is_letter(c) || is_digit(c); };
  return mark == '_' && in_word(before) && in_word(after);
}

// Writes one line; `out` grows, `at` walks.
class Escaper {
 public:
  explicit Escaper(std::string_view line) : line_(line), marker_(block_marker(line)) {
    out_.reserve(line.size() + 16);
  }

  std::string run() && {
    while (at_ < line_.size()) {
      if (line_[at_] == '$' && take_math()) continue;
      take_character();
    }
    return std::move(out_);
  }

 private:
  char before() const { return at_ == 0 ? kNothing : line_[at_ - 1]; }
  char after() const { return at_ + 1 < line_.size() ? line_[at_ + 1] : kNothing; }

  bool take_math() {
    const std::size_t end = math_end(line_, at_);
    if (end == 0) return false;
    out_ += escape_math(line_.substr(at_, end - at_));
    at_ = end;
    return true;
  }

  // GitHub links a bare http address; a backslash inside it would become part of the address.
  void notice_url() {
    if (at_ < url_end_ || line_[at_] != 'h') return;
    const std::string_view rest = line_.substr(at_);
    if (!rest.starts_with("http://") && !rest.starts_with("https://")) return;
    url_end_ = std::min(line_.find_first_of(" <", at_), line_.size());
  }

  void put_escaped(char c) {
    out_ += '\\';
    out_ += c;
    ++at_;
  }

  void put(std::string_view text) {
    out_ += text;
    ++at_;
  }

  void take_character() {
    notice_url();
    const char c = line_[at_];
    if (at_ == marker_) return put_escaped(c);
    switch (c) {
      case '\\':
        return take_backslash();
      case '<':
        return may_open_tag(after()) ? put("&lt;") : put("<");
      case '&':
        return is_entity(line_.substr(at_)) ? put("&amp;") : put("&");
      case '[':
      case ']':
      case '`':
        return put_escaped(c);
      case '*':
      case '_':
      case '~':
        return take_mark(c);
      default:
        return put(line_.substr(at_, 1));
    }
  }

  // Markdown reads backslash and punctuation as the punctuation alone, which is what TeX means by `\%`, `\_`
  // and `\{`; such a pair is an escape already. `<` and `&` are still looked at by themselves: not every
  // reader keeps to the rule.
  void take_backslash() {
    const char next = after();
    if (next == kNothing || next == '<' || next == '&') return put("\\\\");
    put("\\");
    if (is_punctuation(next)) put(line_.substr(at_, 1));
  }

  void take_mark(char mark) {
    const bool in_url = at_ < url_end_ && mark != '*';
    // A tilde strikes out only with a partner that closes, and one after a space can only open (GFM 6.5).
    const bool opens_only = mark == '~' && before() == ' ';
    if (in_url || opens_only || (mark != '~' && is_plain_mark(mark, before(), after()))) {
      return put(line_.substr(at_, 1));
    }
    put_escaped(mark);
  }

  std::string_view line_;
  std::size_t marker_;
  std::size_t at_ = 0;
  std::size_t url_end_ = 0;
  std::string out_;
};

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool after_break = false;
  while (!text.empty()) {
    if (const std::size_t size = break_bytes(text)) {
      while (!line.empty() && line.back() == ' ')
        line.pop_back();
      after_break = true;
      text.remove_prefix(size);
      continue;
    }
    if (const std::size_t size = hidden_bytes(text)) {
      text.remove_prefix(std::min(size, text.size()));
      continue;
    }
    const char c = text.front();
    text.remove_prefix(1);
    if (c == ' ' && (after_break || line.empty())) continue;
    if (after_break && !line.empty()) line += ' ';
    after_break = false;
    line += c;
  }
  while (!line.empty() && line.back() == ' ')
    line.pop_back();
  return line;
}

std::string escape_text(std::string_view text, Escape how) {
  if (how == Escape::none) return std::string(text);
  const std::string line = one_line(text);
  return Escaper(line).run();
}

std::string escape_cell(std::string_view text, Escape how) {
  std::string escaped = escape_text(text, how);
  if (how == Escape::none) return escaped;
  std::string cell;
  cell.reserve(escaped.size());
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] == '\\' && i + 1 < escaped.size()) {
      cell += escaped[i++];
    } else if (escaped[i] == '|') {
      cell += '\\';
    }
    cell += escaped[i];
  }
  return cell;
}

}  // namespace gleaner::markdown
