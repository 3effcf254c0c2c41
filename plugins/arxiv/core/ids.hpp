// arXiv identifiers: what people and feeds write, and the one form the rest of the plugin uses.
// Every function here is pure and may be called from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gleaner::arxiv {

struct PaperId {
  std::string bare;      // "2505.01557" or "math/0309136": no prefix, no version, no subject class
  unsigned version = 0;  // 1 and up; 0 where none was written
};

// Reads an identifier in any of the forms in use: bare, with `vN`, after `arXiv:` or `oai:arXiv.org:`, as an
// URL of arxiv.org (www. and export. too; abs, pdf, html, src, e-print), as a DOI of 10.48550 (bare, `doi:`,
// or doi.org), or as cited, with the category in brackets behind it. Spaces around it do not matter. Strict
// about the identifier itself: the month exists, five digits since 1501 and four before, the old form only
// from 9107 to 0703 (https://info.arxiv.org/help/arxiv_identifier.html). Anything else is nullopt.
std::optional<PaperId> parse_id(std::string_view text);

// Order of announcement: old identifiers (archive/YYMMNNN) before new ones, 9107 before 0001. Both arguments
// are bare canonical identifiers; others sort behind all of these, by their bytes.
bool id_less(std::string_view left, std::string_view right);

// The identifier as part of a file name: `math/0309136` is `math_0309136`.
std::string file_safe(std::string_view bare);

}  // namespace gleaner::arxiv
