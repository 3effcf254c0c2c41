#include "plugins/arxiv/core/markup.hpp"

#include "plugins/arxiv/core/ascii.hpp"

namespace gleaner::arxiv {
namespace {

Markup until(std::string_view text, std::size_t begin, MarkupKind kind, std::size_t from,
             std::string_view closer) {
  const std::size_t found = text.find(closer, from);
  if (found == kNone) return {MarkupKind::cut, begin, text.size(), {}};
  return {kind, begin, found + closer.size(), {}};
}

bool begins(std::string_view text, std::size_t at, std::string_view prefix) {
  return text.compare(at, prefix.size(), prefix) == 0;
}

// Whether what is left of the text may be the beginning of `prefix`.
bool may_begin(std::string_view text, std::size_t at, std::string_view prefix) {
  const std::string_view rest = text.substr(at);
  return rest.size() < prefix.size() && prefix.substr(0, rest.size()) == rest;
}

Markup exclamation(std::string_view text, std::size_t begin) {
  if (begins(text, begin, "<!--")) return until(text, begin, MarkupKind::comment, begin + 4, "-->");
  if (begins(text, begin, "<![CDATA[")) return until(text, begin, MarkupKind::cdata, begin + 9, "]]>");
  if (may_begin(text, begin, "<!--") || may_begin(text, begin, "<![CDATA[")) {
    return {MarkupKind::cut, begin, text.size(), {}};
  }
  return {MarkupKind::declaration, begin, begin + 2, {}};
}

bool ends_name(char c) {
  return is_space(c) || c == '>' || c == '/' || c == '=';
}

std::string_view name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !ends_name(text[end]))
    ++end;
  return text.substr(at, end - at);
}

// The '>' that ends a tag; one within a quoted attribute does not.
std::size_t tag_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char c = text[at];
    if (c == '>') return at;
    if (c == '"' || c == '\'') {
      at = text.find(c, at + 1);
      if (at == kNone) return kNone;
    }
    ++at;
  }
  return kNone;
}

Markup tag(std::string_view text, std::size_t begin) {
  const bool closes = begin + 1 < text.size() && text[begin + 1] == '/';
  const std::string_view name = name_at(text, begin + (closes ? 2 : 1));
  const std::size_t end = tag_end(text, begin + (closes ? 2 : 1) + name.size());
  if (end == kNone) return {MarkupKind::cut, begin, text.size(), name};
  if (closes) return {MarkupKind::end, begin, end + 1, name};
  return {text[end - 1] == '/' ? MarkupKind::empty : MarkupKind::start, begin, end + 1, name};
}

}  // namespace

Markup next_markup(std::string_view text, std::size_t from) {
  const std::size_t begin = text.find('<', from);
  if (begin == kNone) return {MarkupKind::none, text.size(), text.size(), {}};
  if (begin + 1 == text.size()) return {MarkupKind::cut, begin, text.size(), {}};
  if (text[begin + 1] == '!') return exclamation(text, begin);
  if (text[begin + 1] != '?') return tag(text, begin);
  Markup instruction = until(text, begin, MarkupKind::instruction, begin + 2, "?>");
  instruction.name = name_at(text, begin + 2);
  return instruction;
}

Markup closing_tag(std::string_view text, const Markup& start) {
  std::size_t depth = 1;
  std::size_t at = start.end;
  for (;;) {
    const Markup markup = next_markup(text, at);
    switch (markup.kind) {
      case MarkupKind::none:
      case MarkupKind::cut:
      case MarkupKind::declaration:
        return {MarkupKind::cut, markup.begin, markup.end, start.name};
      case MarkupKind::start:
        if (markup.name == start.name) ++depth;
        break;
      case MarkupKind::end:
        if (markup.name == start.name && --depth == 0) return markup;
        break;
      default:
        break;
    }
    at = markup.end;
  }
}

std::string_view local_name(std::string_view qualified) {
  const std::size_t colon = qualified.rfind(':');
  return colon == kNone ? qualified : qualified.substr(colon + 1);
}

}  // namespace gleaner::arxiv
