// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/html_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "plugins/common/ascii.hpp"
#include "plugins/common/encoding.hpp"
#include "plugins/common/html_characters.hpp"

namespace gleaner::common {
namespace {

constexpr std::size_t kLongestTag = 4096;  // of an attribute's worth; what is longer is text
constexpr std::string_view kSpaces = " \t\r\n\f\v";

// Sorted. HTML's elements and those of JATS and MathML that come without their prefix.
constexpr auto kInline = std::to_array<std::string_view>(
    {"a",      "abbr",   "acronym", "b",         "bdo",   "bold",   "cite",          "code",
     "del",    "dfn",    "em",      "ext-link",  "font",  "i",      "img",           "inline-formula",
     "ins",    "italic", "kbd",     "label",     "mark",  "math",   "mfrac",         "mi",
     "mml",    "mn",     "mo",      "monospace", "mover", "mrow",   "mspace",        "msqrt",
     "mstyle", "msub",   "msubsup", "msup",      "mtext", "munder", "named-content", "q",
     "s",      "samp",   "sc",      "script",    "small", "span",   "strike",        "strong",
     "style",  "sub",    "sup",     "svg",       "tt",    "u",      "underline",     "var",
     "wbr",    "xref"});
constexpr auto kBlock = std::to_array<std::string_view>(
    {"abstract", "article",   "aside", "blockquote", "body",   "br",     "caption", "center",  "dd",
     "div",      "dl",        "dt",    "figcaption", "figure", "footer", "h1",      "h2",      "h3",
     "h4",       "h5",        "h6",    "head",       "header", "hr",     "html",    "iframe",  "li",
     "list",     "list-item", "main",  "ol",         "p",      "pre",    "sec",     "section", "table",
     "tbody",    "td",        "tfoot", "th",         "thead",  "title",  "tr",      "ul"});

bool is_among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// ---- Tags
// -----------------------------------------------------------------------------------------------------------

struct Tag {
  std::string name;  // lower case, without prefix
  std::size_t size = 0;
  bool is_end = false;
};

// Where the tag ends, quoted attributes passed over; kNone if it does not.
std::size_t tag_end(std::string_view text) {
  char quote = '\0';
  for (std::size_t i = 1; i < std::min(text.size(), kLongestTag); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && text[i - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return i;
    } else if (c == '<') {
      return kNone;
    }
  }
  return kNone;
}

std::optional<Tag> tag_at(std::string_view text) {
  Tag tag;
  std::size_t at = 1;
  tag.is_end = text.size() > 1 && text[1] == '/';
  if (tag.is_end) ++at;
  const std::size_t start = at;
  while (at < text.size() &&
         (is_letter(text[at]) || is_digit(text[at]) || text[at] == ':' || text[at] == '-'))
    ++at;
  if (at == start || !is_letter(text[start])) return std::nullopt;
  const std::string whole = lower_case(text.substr(start, at - start));
  const std::size_t colon = whole.find(':');
  tag.name = colon == std::string::npos ? whole : whole.substr(colon + 1);
  const bool is_known =
      colon != std::string::npos || is_among(kInline, tag.name) || is_among(kBlock, tag.name);
  const bool ends_name = at < text.size() && (is_space(text[at]) || text[at] == '>' || text[at] == '/');
  const std::size_t end = is_known && ends_name ? tag_end(text) : kNone;
  if (end == kNone) return std::nullopt;
  tag.size = end + 1;
  return tag;
}

// ---- The text
// -------------------------------------------------------------------------------------------------------

struct Section {
  std::string_view open, close;
  bool is_text;  // what is inside stays, as it is
};
constexpr std::array<Section, 3> kSections = {
    {{"<!--", "-->", false}, {"<![CDATA[", "]]>", true}, {"<?", "?>", false}}};

class Stripper {
 public:
  explicit Stripper(std::string_view html) : rest_(html) {}

  std::string run() {
    while (!rest_.empty()) {
      const std::size_t plain = std::min(rest_.find_first_of("<&"), rest_.size());
      out_.append(rest_.substr(0, plain));
      rest_.remove_prefix(plain);
      if (!rest_.empty()) rest_.remove_prefix(special());
    }
    return std::move(out_);
  }

 private:
  // Handles what begins with '<' or '&' and says how long it is.
  std::size_t special() {
    if (rest_.front() == '&') {
      if (const std::size_t size = decode_entity(rest_, out_)) return size;
    } else if (const std::size_t size = markup()) {
      return size;
    }
    out_ += rest_.front();
    return 1;
  }

  std::size_t markup() {
    for (std::size_t i = 0; i < kSections.size(); ++i) {
      const Section& section = kSections[i];
      if (!rest_.starts_with(section.open)) continue;
      const std::size_t end = is_unclosed_[i] ? kNone : rest_.find(section.close, section.open.size());
      is_unclosed_[i] = end == kNone;  // nor is a later one closed: no second search
      if (end == kNone) return 0;
      if (section.is_text) out_.append(rest_.substr(section.open.size(), end - section.open.size()));
      return end + section.close.size();
    }
    const auto tag = tag_at(rest_);
    return tag ? element(*tag) : 0;
  }

  std::size_t element(const Tag& tag) {
    const bool is_start = !tag.is_end && rest_[tag.size - 2] != '/';
    if (is_start && (tag.name == "script" || tag.name == "style" || tag.name == "svg")) return to_end_of(tag);
    if (tag.name == "sup" || tag.name == "sub") return tag.size + (is_start ? script(tag) : 0);
    if (is_block_element(tag.name)) out_ += '\n';
    return tag.size;
  }

  // The whole element; to the end of the text if it is never closed.
  std::size_t to_end_of(const Tag& tag) {
    const std::string closing = "</" + tag.name;
    for (std::size_t at = rest_.find('<', tag.size); at != kNone; at = rest_.find('<', at + 1)) {
      if (!starts_ignoring_case(rest_.substr(at), closing)) continue;
      const std::size_t end = rest_.find('>', at);
      return end == kNone ? rest_.size() : end + 1;
    }
    return rest_.size();
  }

  // The content of <sub> or <sup> where it is text alone, set low or high; 0 leaves it to the others.
  std::size_t script(const Tag& tag) {
    const std::size_t end = rest_.find('<', tag.size);
    if (end == kNone || rest_.substr(end, 2) != "</") return 0;
    const std::string text = Stripper(rest_.substr(tag.size, end - tag.size)).run();
    out_ += tag.name == "sup" ? raised(text) : lowered(text);
    return end - tag.size;
  }

  std::string_view rest_;
  std::string out_;
  std::array<bool, kSections.size()> is_unclosed_{};
};

bool is_control(unsigned char byte) {
  return byte < 0x20 || byte == 0x7F;
}

// Bytes of white space at the start of `text`, U+00A0 and control characters among it.
std::size_t gap_size(std::string_view text) {
  if (is_control(static_cast<unsigned char>(text.front())) || kSpaces.find(text.front()) != kNone) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.size() > 1 && text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0 ? 2 : 0;  // C1
}

std::string collapsed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool is_gap = false;
  while (!text.empty()) {
    if (const std::size_t gap = gap_size(text)) {
      is_gap = true;
      text.remove_prefix(gap);
      continue;
    }
    if (is_gap && !out.empty()) out += ' ';
    is_gap = false;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

bool is_block_element(std::string_view name) {
  return is_among(kBlock, name);
}

std::string plain_line(std::string_view text) {
  return collapsed(valid_utf8(text));
}

std::string html_to_text(std::string_view html) {
  return plain_line(Stripper(html).run());
}

std::string without_heading(std::string_view text, std::string_view heading) {
  std::string_view rest = text;
  if (!drop_prefix(rest, heading)) return std::string(text);
  const bool is_word = rest.empty() || rest.front() == ':' || rest.front() == '.' || is_space(rest.front());
  if (!is_word) return std::string(text);
  while (!rest.empty() && (rest.front() == ':' || rest.front() == '.' || is_space(rest.front())))
    rest.remove_prefix(1);
  return std::string(rest);
}

}  // namespace gleaner::common
