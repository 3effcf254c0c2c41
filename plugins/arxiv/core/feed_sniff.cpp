#include "plugins/arxiv/core/feed_sniff.hpp"

#include <algorithm>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/feed_error.hpp"
#include "plugins/arxiv/core/text.hpp"

namespace gleaner::arxiv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_utf16(std::string_view body) {
  if (body.size() < 2) return false;
  const std::string_view start = body.substr(0, 2);
  return start == "\xFF\xFE" || start == "\xFE\xFF" || start == std::string_view("<\0", 2) ||
         start == std::string_view("\0<", 2);
}

bool is_web_page(std::string_view document) {
  return starts_ignoring_case(document, "<!doctype html") || starts_ignoring_case(document, "<html");
}

// `Rate exceeded.` as plain text, perhaps behind a status line of some proxy's.
bool is_rate_limit(std::string_view document) {
  if (document.starts_with('<')) return false;
  for (std::size_t i = 0; i < std::min<std::size_t>(document.size(), 64); ++i) {
    if (starts_ignoring_case(document.substr(i), "rate exceeded")) return true;
  }
  return false;
}

// The text of the page's <title>, which usually says what happened.
std::string_view page_title(std::string_view page) {
  page = page.substr(0, 4096);
  for (std::size_t i = page.find('<'); i != std::string_view::npos; i = page.find('<', i + 1)) {
    std::string_view rest = page.substr(i);
    if (!drop_prefix(rest, "<title>")) continue;
    return trimmed(rest.substr(0, rest.find('<')));
  }
  return {};
}

// The value of encoding="…" in the XML declaration; empty if it names none.
std::string_view declared_encoding(std::string_view document) {
  if (!document.starts_with("<?xml")) return {};
  const std::string_view declaration = document.substr(0, document.find("?>"));
  const std::size_t word = declaration.find("encoding");
  if (word == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", word);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return declaration.substr(open + 1, close - open - 1);
}

bool is_read(std::string_view encoding) {
  return encoding.empty() || equals_ignoring_case(encoding, "utf-8") ||
         equals_ignoring_case(encoding, "utf8") || equals_ignoring_case(encoding, "us-ascii");
}

}  // namespace

std::size_t document_start(std::string_view body) {
  std::size_t start = body.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (start < body.size() && is_space(body[start]))
    ++start;
  return start;
}

std::size_t check_body(std::string_view body, std::string_view name) {
  if (is_utf16(body)) throw fault::utf16(name);
  if (body.starts_with("\x1F\x8B")) throw fault::compressed(name);
  const std::string_view document = body.substr(document_start(body));
  if (document.empty()) throw fault::empty(name);
  if (is_rate_limit(document)) throw fault::rate_limited(name);
  if (is_web_page(document)) throw fault::web_page(name, page_title(document));
  if (!is_read(declared_encoding(document)))
    throw fault::declared_encoding(name, declared_encoding(document));
  const auto wrong = find_utf8_fault(body);
  if (wrong && !wrong->cut_short) {
    throw fault::not_utf8(name, wrong->offset, static_cast<unsigned char>(body[wrong->offset]));
  }
  const std::size_t size = wrong ? wrong->offset : body.size();
  if (size > 0 && document.front() != '<') throw fault::not_xml(name, document);
  return size;
}

}  // namespace gleaner::arxiv
