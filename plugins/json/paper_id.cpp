// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/paper_id.hpp"

#include <algorithm>
#include <string>

#include "plugins/common/ascii.hpp"

namespace gleaner::json {
namespace {

// The page keeps the capitals, which publishers choose with care.
void set_doi(std::string_view doi, common::PaperId& out) {
  out.doi.assign(doi);
  std::transform(out.doi.begin(), out.doi.end(), out.doi.begin(), common::to_lower);
  out.id.assign("doi:").append(out.doi);
  out.url.assign("https://doi.org/").append(doi);
}

}  // namespace

void canonical_id(std::string_view written, common::PaperId& out) {
  out.doi.clear();
  out.url.clear();
  out.version = 0;
  if (common::read_arxiv_id(written, out)) return;
  std::string decoded;
  if (const std::string_view doi = common::doi_in(written, decoded); !doi.empty()) {
    if (!common::read_arxiv_id(doi, out)) set_doi(doi, out);
    return;
  }
  const bool is_address = written.starts_with("https://") || written.starts_with("http://");
  out.id.assign(is_address ? "url:" : "").append(written);
  if (is_address) out.url = written;
}

}  // namespace gleaner::json
