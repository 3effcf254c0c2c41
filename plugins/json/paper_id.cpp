// SPDX-License-Identifier: Apache-2.0
#include "plugins/json/paper_id.hpp"

#include <algorithm>

#include "plugins/arxiv/core/ids.hpp"

namespace gleaner::json {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Removes `prefix` (in lower case) from the beginning of `text`, whatever the case there.
bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (lower(text[i]) != prefix[i]) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// The bare DOI in any of the forms in use; empty if it is none.
std::string_view doi_in(std::string_view text) {
  const bool is_named = take_prefix(text, "doi:") || take_prefix(text, "https://doi.org/") ||
                        take_prefix(text, "http://doi.org/") || take_prefix(text, "https://dx.doi.org/") ||
                        take_prefix(text, "http://dx.doi.org/");
  while (is_named && text.starts_with(' '))
    text.remove_prefix(1);
  const bool is_doi = text.starts_with("10.") && text.find('/') != std::string_view::npos;
  return is_doi ? text : std::string_view{};
}

void set_doi(std::string_view doi, CanonicalId& out) {
  out.doi.assign(doi);
  std::transform(out.doi.begin(), out.doi.end(), out.doi.begin(), lower);
  out.id.assign("doi:").append(out.doi);
  out.url.assign("https://doi.org/").append(doi);
}

}  // namespace

void canonical_id(std::string_view written, CanonicalId& out) {
  out.doi.clear();
  out.url.clear();
  out.version = 0;
  if (const auto arxiv = gleaner::arxiv::parse_id(written)) {
    out.id = arxiv->bare;
    out.version = arxiv->version;
    out.url.assign("https://arxiv.org/abs/").append(out.id);
    return;
  }
  if (const std::string_view doi = doi_in(written); !doi.empty()) return set_doi(doi, out);
  const bool is_address = written.starts_with("https://") || written.starts_with("http://");
  out.id.assign(is_address ? "url:" : "").append(written);
  if (is_address) out.url = written;
}

}  // namespace gleaner::json
