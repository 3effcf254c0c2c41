// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/html_scan.hpp"

#include <algorithm>

namespace gleaner::arxiv {
namespace {

// The tag's end, a '>' outside quoted values. Quotes that are never closed count as text.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  char quote = 0;
  char before = 0;  // the last character that is no space
  for (std::size_t i = at; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
    if (!is_space(c)) before = c;
  }
  const std::size_t any = html.find('>', at);
  return any == kNone ? kNone : any + 1;
}

}  // namespace

std::optional<HtmlTag> next_tag(std::string_view html, std::size_t at) {
  for (;;) {
    at = html.find('<', at);
    if (at == kNone || at + 1 >= html.size()) return std::nullopt;
    if (html.substr(at).starts_with("<!--")) {
      const std::size_t end = html.find("-->", at + 4);
      if (end == kNone) return std::nullopt;
      at = end + 3;
      continue;
    }
    HtmlTag tag;
    std::size_t name = at + 1;
    tag.is_end = html[name] == '/';
    if (tag.is_end) ++name;
    std::size_t name_end = name;
    while (name_end < html.size() && (is_letter(html[name_end]) || is_digit(html[name_end])))
      ++name_end;
    if (name_end == name || !is_letter(html[name])) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_tag(html, name_end);
    if (end == kNone) return std::nullopt;
    tag.name = html.substr(name, name_end - name);
    tag.text = html.substr(at, end - at);
    tag.begin = at;
    tag.end = end;
    if (!tag.opens("script") && !tag.opens("style")) return tag;
    at = end;
    while (at < html.size() &&
           !starts_ignoring_case(html.substr(at), tag.opens("script") ? "</script" : "</style"))
      at = std::min(html.find('<', at + 1), html.size());
  }
}

std::string_view attribute_of(const HtmlTag& element, std::string_view name) {
  const std::string_view tag = element.text;
  for (std::size_t at = 0; (at = tag.find(name, at)) != kNone; at += name.size()) {
    if (at == 0 || !is_space(tag[at - 1])) continue;
    std::string_view rest = trimmed(tag.substr(at + name.size()));
    if (!rest.starts_with('=')) continue;
    rest = trimmed(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t close = rest.find(rest.front(), 1);
      return close == kNone ? std::string_view{} : rest.substr(1, close - 1);
    }
    return rest.substr(0, rest.find_first_of(" \t\r\n>"));
  }
  return {};
}

bool has_class(const HtmlTag& tag, std::string_view wanted) {
  std::string_view classes = attribute_of(tag, "class");
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
    if (classes.substr(0, end) == wanted) return true;
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
  return false;
}

std::string_view content_of(std::string_view html, const HtmlTag& open, std::size_t most) {
  if (most < html.size() - open.end) html = html.substr(0, open.end + most);
  std::size_t at = open.end;
  while (const auto tag = next_tag(html, at)) {
    if (tag->is_end && tag->is(open.name)) return html.substr(open.end, tag->begin - open.end);
    at = tag->end;
  }
  return html.substr(open.end);
}

}  // namespace gleaner::arxiv
