#include "plugins/common/digest/links.hpp"

#include <cctype>
#include <cstddef>

#include "plugins/common/ascii.hpp"

namespace gleaner::digest {
namespace {

using common::is_digit;
using common::is_letter;

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n]))
    ++n;
  return n;
}

// Nothing, or "v3".
bool is_version(std::string_view text) {
  if (text.empty()) return true;
  return text[0] == 'v' && text.size() > 1 && count_digits(text.substr(1)) == text.size() - 1;
}

// https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN until 2014, YYMM.NNNNN since.
bool is_new_style(std::string_view id) {
  if (count_digits(id) != 4 || id.size() < 9 || id[4] != '.') return false;
  const std::size_t number = count_digits(id.substr(5));
  return (number == 4 || number == 5) && is_version(id.substr(5 + number));
}

bool is_old_style(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash == 0) return false;
  for (const char c : id.substr(0, slash)) {
    if (!is_letter(c) && c != '-' && c != '.') return false;
  }
  const std::string_view number = id.substr(slash + 1);
  return count_digits(number) == 7 && is_version(number.substr(7));
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(text[i])) != prefix[i]) return false;
  }
  return true;
}

bool stays_in_url(char c) {
  constexpr std::string_view kPunctuation = "-._~:/?#@!$'+,;=%&";
  return is_letter(c) || is_digit(c) || kPunctuation.find(c) != std::string_view::npos;
}

}  // namespace

bool is_arxiv_id(std::string_view id) {
  return is_new_style(id) || is_old_style(id);
}

std::string_view id_label(std::string_view id) {
  return is_arxiv_id(id) ? "ArXiv ID" : "ID";
}

std::string paper_url(const Paper& paper) {
  if (!paper.url.empty()) return paper.url;
  if (is_arxiv_id(paper.id)) return "https://arxiv.org/abs/" + paper.id;
  const std::size_t colon = paper.id.find(':');
  if (colon == std::string::npos) return {};
  const std::string scheme = paper.id.substr(0, colon);
  std::string rest = paper.id.substr(colon + 1);
  if (scheme == "doi") return "https://doi.org/" + rest;
  if (scheme == "pmid") return "https://pubmed.ncbi.nlm.nih.gov/" + rest + "/";
  if (scheme == "openreview") return "https://openreview.net/forum?id=" + rest;
  if (scheme == "url") return rest;
  return {};
}

std::string safe_url(std::string_view url) {
  if (!starts_with_ignoring_case(url, "https://") && !starts_with_ignoring_case(url, "http://")) return {};
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string result;
  result.reserve(url.size());
  for (const char c : url) {
    if (stays_in_url(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += kHex[byte >> 4];
    result += kHex[byte & 15];
  }
  return result;
}

}  // namespace gleaner::digest
