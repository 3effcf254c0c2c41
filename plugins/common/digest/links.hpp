// Where a paper lives, made safe to stand in a Markdown link.
#pragma once

#include <string>
#include <string_view>

#include "plugins/common/digest/page.hpp"

namespace gleaner::digest {

// Bare arXiv ids: 2505.01557 (since April 2007) and math/0309136, with or without a version.
bool is_arxiv_id(std::string_view id);

// "ArXiv ID" or "ID": what the classic page calls the paper's id.
std::string_view id_label(std::string_view id);

// The paper's own url, else the one its id implies, else empty. As written: see safe_url().
std::string paper_url(const Paper& paper);

// `url` with everything percent-encoded that could end a link destination or an attribute, when it is http or
// https; empty for any other scheme (a "javascript:" link is no link).
std::string safe_url(std::string_view url);

}  // namespace gleaner::digest
