// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/citation.hpp"

#include <algorithm>
#include <cstddef>

#include "plugins/common/ascii.hpp"
#include "plugins/common/digest/links.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/visible_text.hpp"

namespace gleaner::common {
namespace {

// The longest beginning of "YYYY-MM-DD" that is written so.
std::string known_date(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  std::size_t good = 0;
  for (std::size_t i = 0; i < std::min(text.size(), kShape.size()); ++i) {
    if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != kShape[i]) break;
    if (i == 3 || i == 6 || i == 9) good = i + 1;
  }
  return std::string(text.substr(0, good));
}

// https://info.arxiv.org/help/arxiv_identifier.html: an identifier begins with the year and month of its
// submission.
std::string date_of_arxiv_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  const std::string_view digits = slash == kNone ? id : id.substr(slash + 1);
  if (digits.size() < 4 || !std::all_of(digits.begin(), digits.begin() + 4, is_digit)) return {};
  const bool is_last_century = slash != kNone && digits[0] == '9';
  return (is_last_century ? "19" : "20") + std::string(digits.substr(0, 2)) + "-" +
         std::string(digits.substr(2, 2));
}

std::string address_of(const Citation& citation, std::string_view written) {
  std::string url = digest::safe_url(visible_line(written));
  if (!url.empty()) return url;
  digest::Paper paper;
  paper.id = citation.id;
  return digest::safe_url(digest::paper_url(paper));
}

}  // namespace

Citation citation_of(const Paper& paper, std::string_view day) {
  Citation out;
  out.id = visible_line(paper.id());
  if (digest::is_arxiv_id(out.id)) {
    const auto id = id_of_arxiv(out.id);
    out.arxiv_id = id ? id->id : out.id;
  }
  const std::string written = paper.doi().empty() ? out.id : visible_line(paper.doi());
  if (const auto id = id_of_doi(written); id && !id->is_arxiv()) out.doi = id->doi;
  out.url = address_of(out, paper.url());
  out.title = visible_line(paper.title());
  out.abstract = visible_line(paper.abstract());
  out.journal = visible_line(paper.journal());
  out.date = known_date(paper.published());
  if (out.date.empty()) out.date = date_of_arxiv_id(out.arxiv_id);
  if (out.date.empty()) out.date = std::string(day.substr(0, 4));
  for (const std::string_view category : paper.categories())
    if (std::string line = visible_line(category); !line.empty()) out.categories.push_back(std::move(line));
  if (!out.categories.empty()) out.primary_category = out.categories.front();
  for (const std::string_view author : paper.authors())
    if (PersonName name = person_name(author); !name.family.empty()) out.authors.push_back(std::move(name));
  return out;
}

}  // namespace gleaner::common
