#include "host/services/http/body.hpp"

#include <algorithm>
#include <array>

namespace gleaner::host::http {
namespace {

constexpr std::size_t prefix_bytes = 64;
constexpr std::size_t marker_bytes = 4096;

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_any_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, small_letter, small_letter);
}

std::string_view skip_space(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r\n\f");
  return start == std::string_view::npos ? std::string_view{} : text.substr(start);
}

std::string_view skip_mark_and_space(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return skip_space(text);
}

/// Past the XML declaration, processing instructions and comments, since XHTML has them too.
std::string_view skip_prolog(std::string_view text) {
  while (text.starts_with("<?") || text.starts_with("<!--")) {
    const std::string_view close = text.starts_with("<?") ? "?>" : "-->";
    const auto end = text.find(close);
    if (end == std::string_view::npos) return {};
    text = skip_space(text.substr(end + close.size()));
  }
  return text;
}

bool is_html(std::string_view text) {
  constexpr std::array<std::string_view, 5> starts{"<!doctype html", "<html", "<head", "<body", "<script"};
  const auto root = skip_prolog(text);
  return std::ranges::any_of(starts,
                             [root](std::string_view start) { return starts_with_any_case(root, start); });
}

}  // namespace

Cause judge_body(std::string_view body, Expect expect, const Politeness& politeness) {
  const auto text = skip_mark_and_space(body);
  const auto head = text.substr(0, prefix_bytes);
  const auto starts_so = [head](std::string_view prefix) {
    return !prefix.empty() && starts_with_any_case(head, prefix);
  };
  if (std::ranges::any_of(politeness.wrong_bodies, starts_so)) return Cause::throttle_body;
  if (expect == Expect::anything) return Cause::none;
  if (text.empty()) return Cause::empty_body;
  if (is_html(text)) return Cause::html_body;
  const bool is_markup = text.front() == '<';
  return is_markup == (expect == Expect::xml) ? Cause::none : Cause::other_body;
}

bool says_final(std::string_view body, const Politeness& politeness) {
  const auto head = body.substr(0, marker_bytes);
  return std::ranges::any_of(politeness.final_markers, [head](std::string_view marker) {
    return !marker.empty() && head.find(marker) != std::string_view::npos;
  });
}

}  // namespace gleaner::host::http
