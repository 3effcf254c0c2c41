// SPDX-License-Identifier: Apache-2.0
// A paper's identifier in the one form that all sources agree on, so that one paper from three sources is
// one. Every function here is pure and may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gleaner::common {

struct PaperId {
  std::string id;   ///< "2505.01557", "math/0309136", "doi:10.…", "pmid:…", "openreview:…", "url:…"
  std::string doi;  ///< bare, in lower case; empty for arXiv's own DOIs and where none is known
  std::string url;  ///< the page the identifier implies, or the address it was read from
  std::uint32_t version = 0;  ///< 0 where none was written

  [[nodiscard]] bool is_arxiv() const { return !id.empty() && !url.empty() && id.find(':') == id.npos; }
};

/// A bare DOI with the capitals it was written with: prefixes (doi:, https://doi.org/), percent-encoding and
/// sentence punctuation behind it taken off. Empty if `written` is none. A part of `written`, or of `decoded`
/// where it was percent-encoded.
[[nodiscard]] std::string_view doi_in(std::string_view written, std::string& decoded);

/// The same in lower case, which makes one of its spellings.
[[nodiscard]] std::string bare_doi(std::string_view written);

/// From a DOI in any spelling: 10.48550/arXiv.X is X. Nothing if it is none.
[[nodiscard]] std::optional<PaperId> id_of_doi(std::string_view written);

/// From an arXiv identifier or address in any spelling. Nothing if it is none.
[[nodiscard]] std::optional<PaperId> id_of_arxiv(std::string_view written);
/// The same into `out`, whose strings are reused, for those who read a hundred thousand a second. False, and
/// `out` as it was, if it is none.
[[nodiscard]] bool read_arxiv_id(std::string_view written, PaperId& out);

/// "pmid:123" from the number; nothing if it is no number.
[[nodiscard]] std::optional<PaperId> id_of_pmid(std::string_view digits);

/// From an http(s) address: an arXiv page, doi.org, a publisher's page with the DOI in its path
/// ("/doi/10.1145/…", "/content/10.1101/…v2"), PubMed, OpenReview; else "url:" with the address without
/// fragment and utm_… parameters, scheme and server in lower case. Nothing if it is no address or longer than
/// 500 bytes.
[[nodiscard]] std::optional<PaperId> id_of_url(std::string_view address);

/// Whatever a guid, link or identifier field holds: the above in turn. Nothing if none of them knows it.
[[nodiscard]] std::optional<PaperId> id_of_any(std::string_view written);

}  // namespace gleaner::common
