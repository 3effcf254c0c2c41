// SPDX-License-Identifier: Apache-2.0
#include "plugins/common/ids.hpp"

#include <algorithm>
#include <array>

#include "plugins/arxiv/core/ids.hpp"
#include "plugins/common/ascii.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::common {
namespace {

constexpr std::size_t kLongestAddress = 500;  // the host takes identifiers of up to 512 bytes

bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

// Sentence punctuation, and a closing bracket that no opening one belongs to.
std::string_view without_tail(std::string_view doi) {
  while (!doi.empty()) {
    const char last = doi.back();
    const bool is_unopened = (last == ')' && doi.find('(') == kNone) ||
                             (last == ']' && doi.find('[') == kNone) ||
                             (last == '>' && doi.find('<') == kNone);
    if (!is_unopened && last != '.' && last != ',' && last != ';' && last != '"' && last != '/') break;
    doi.remove_suffix(1);
  }
  return doi;
}

// 10.NNNN/suffix (the DOI handbook, section 2.2): a registrant of digits and dots.
bool is_doi(std::string_view text) {
  if (!text.starts_with("10.")) return false;
  const std::size_t slash = text.find('/');
  if (slash == kNone || slash < 5 || slash + 1 >= text.size()) return false;
  const std::string_view registrant = text.substr(3, slash - 3);
  return is_plain(text) &&
         std::all_of(registrant.begin(), registrant.end(), [](char c) { return is_digit(c) || c == '.'; });
}

struct Address {
  std::string server;     // in lower case, without user, www. and port
  std::string_view path;  // from its slash on, without query and fragment
  std::string_view query;
};

std::optional<Address> address_of(std::string_view url) {
  if (!is_web_address(url)) return std::nullopt;
  url = url.substr(url.find("://") + 3);
  url = url.substr(0, url.find('#'));
  Address out;
  const std::size_t question = url.find('?');
  if (question != kNone) out.query = url.substr(question + 1);
  url = url.substr(0, question);
  const std::size_t slash = std::min(url.find('/'), url.size());
  out.path = url.substr(slash);
  std::string_view server = url.substr(0, slash);
  server = server.substr(server.rfind('@') + 1);
  server = server.substr(0, server.find(':'));
  (void)drop_prefix(server, "www.");
  out.server = lower_case(server);
  return out;
}

std::string query_value(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string_view pair = query.substr(0, end);
    if (pair.starts_with(key) && pair.size() > key.size() && pair[key.size()] == '=')
      return percent_decoded(pair.substr(key.size() + 1));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

PaperId doi_id(std::string doi) {
  PaperId out;
  out.id = "doi:" + doi;
  out.url = "https://doi.org/" + doi;
  out.doi = std::move(doi);
  return out;
}

bool is_page_word(std::string_view part) {
  constexpr std::array<std::string_view, 11> kWords = {
      "full", "abstract", "abs", "pdf", "epdf", "html", "fulltext", "meta", "toc", "full.html", "short"};
  return std::find(kWords.begin(), kWords.end(), part) != kWords.end();
}

// "10.1101/2026.03.01.000001v2.full.pdf" of bioRxiv's pages is version 2 of the DOI.
std::uint32_t take_preprint_version(std::string& doi) {
  for (const std::string_view ending : {".pdf", ".full", ".abstract", ".short", ".full-text"})
    if (doi.ends_with(ending)) doi.resize(doi.size() - ending.size());
  if (doi.ends_with(".full")) doi.resize(doi.size() - 5);
  std::size_t digits = 0;
  while (digits < doi.size() && is_digit(doi[doi.size() - 1 - digits]))
    ++digits;
  if (digits == 0 || digits > 4 || digits >= doi.size() || doi[doi.size() - digits - 1] != 'v') return 0;
  std::uint32_t version = 0;
  for (std::size_t i = doi.size() - digits; i < doi.size(); ++i)
    version = version * 10 + static_cast<std::uint32_t>(doi[i] - '0');
  doi.resize(doi.size() - digits - 1);
  return version;
}

// A DOI within the path of a publisher's page.
std::optional<PaperId> id_in_path(const Address& address, std::string_view whole) {
  const std::string path = percent_decoded(address.path);
  const std::size_t at = path.find("/10.");
  if (at == kNone) return std::nullopt;
  std::string doi = path.substr(at + 1);
  for (std::size_t slash = doi.rfind('/'); slash != kNone; slash = doi.rfind('/')) {
    if (!is_page_word(std::string_view(doi).substr(slash + 1))) break;
    doi.resize(slash);
  }
  doi = lower_case(doi);
  const bool is_preprint = address.server == "biorxiv.org" || address.server == "medrxiv.org" ||
                           address.server == "connect.biorxiv.org" || address.server == "connect.medrxiv.org";
  const std::uint32_t version = is_preprint ? take_preprint_version(doi) : 0;
  auto out = id_of_doi(doi);
  if (!out) return std::nullopt;
  if (version > 0) out->version = version;
  if (!out->is_arxiv()) out->url = whole;
  return out;
}

std::string without_tracking(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    if (!pair.empty() && !starts_ignoring_case(pair, "utm_"))
      out.append(out.empty() ? "?" : "&").append(pair);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return out;
}

std::optional<PaperId> plain_address(std::string_view url) {
  if (url.size() > kLongestAddress) return std::nullopt;
  const std::string_view bare = url.substr(0, url.find('#'));
  const std::size_t question = std::min(bare.find('?'), bare.size());
  const std::size_t path = std::min(bare.find_first_of("/?", bare.find("://") + 3), bare.size());
  PaperId out;
  out.id = "url:" + lower_case(bare.substr(0, path)) + std::string(bare.substr(path, question - path)) +
           without_tracking(bare.substr(std::min(question + 1, bare.size())));
  out.url = url;
  return out;
}

}  // namespace

std::string_view doi_in(std::string_view written, std::string& decoded) {
  std::string_view text = trimmed(written);
  if (drop_prefix(text, "https://") || drop_prefix(text, "http://")) {
    (void)drop_prefix(text, "dx.");
    (void)drop_prefix(text, "www.");
    if (!drop_prefix(text, "doi.org/")) return {};
    text = text.substr(0, text.find_first_of("?#"));
  } else {
    (void)drop_prefix(text, "info:doi/");
    (void)(drop_prefix(text, "urn:doi:") || drop_prefix(text, "doi:") || drop_prefix(text, "doi.org/") ||
           drop_prefix(text, "dx.doi.org/"));
    text = trimmed(text);
  }
  if (text.find('%') != kNone) text = decoded = percent_decoded(text);
  const std::string_view doi = without_tail(text);
  return is_doi(doi) ? doi : std::string_view{};
}

std::string bare_doi(std::string_view written) {
  std::string decoded;
  return lower_case(doi_in(written, decoded));
}

std::optional<PaperId> id_of_doi(std::string_view written) {
  std::string doi = bare_doi(written);
  if (doi.empty()) return std::nullopt;
  if (doi.starts_with("10.48550/")) {
    if (auto arxiv = id_of_arxiv(doi)) return arxiv;
  }
  return doi_id(std::move(doi));
}

bool read_arxiv_id(std::string_view written, PaperId& out) {
  const auto arxiv = arxiv::parse_id(written);
  if (!arxiv) return false;
  out.id = arxiv->bare;
  out.doi.clear();
  out.url.assign("https://arxiv.org/abs/").append(arxiv->bare);
  out.version = arxiv->version;
  return true;
}

std::optional<PaperId> id_of_arxiv(std::string_view written) {
  PaperId out;
  if (!read_arxiv_id(written, out)) return std::nullopt;
  return out;
}

std::optional<PaperId> id_of_pmid(std::string_view digits) {
  digits = trimmed(digits);
  if (digits.empty() || digits.size() > 12 || !std::all_of(digits.begin(), digits.end(), is_digit))
    return std::nullopt;
  PaperId out;
  out.id = "pmid:" + std::string(digits);
  out.url = "https://pubmed.ncbi.nlm.nih.gov/" + std::string(digits) + "/";
  return out;
}

std::optional<PaperId> id_of_url(std::string_view written) {
  const std::string_view url = trimmed(written);
  const auto address = address_of(url);
  if (!address) return std::nullopt;
  if (auto arxiv = id_of_arxiv(url)) return arxiv;
  if (auto doi = id_of_doi(url)) return doi;
  if (address->server == "pubmed.ncbi.nlm.nih.gov") {
    const std::string_view path = address->path;
    if (auto pmid = id_of_pmid(path.substr(std::min<std::size_t>(1, path.size()), path.find('/', 1) - 1)))
      return pmid;
  }
  if (address->server == "openreview.net" && (address->path == "/forum" || address->path == "/pdf")) {
    if (const std::string forum = query_value(address->query, "id"); !forum.empty() && is_plain(forum)) {
      PaperId out;
      out.id = "openreview:" + forum;
      out.url = "https://openreview.net/forum?id=" + forum;
      return out;
    }
  }
  if (auto doi = id_in_path(*address, url)) return doi;
  return plain_address(url);
}

std::optional<PaperId> id_of_any(std::string_view written) {
  std::string_view text = trimmed(written);
  if (auto arxiv = id_of_arxiv(text)) return arxiv;
  if (auto doi = id_of_doi(text)) return doi;
  if (auto url = id_of_url(text)) return url;
  if (drop_prefix(text, "pmid:")) return id_of_pmid(text);
  return std::nullopt;
}

}  // namespace gleaner::common
