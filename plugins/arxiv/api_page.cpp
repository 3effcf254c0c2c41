// SPDX-License-Identifier: Apache-2.0
#include "plugins/arxiv/api_page.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <gleaner/cpp/text.hpp>

#include "plugins/arxiv/core/ascii.hpp"
#include "plugins/arxiv/core/dates.hpp"
#include "plugins/arxiv/core/ids.hpp"
#include "plugins/common/answer_checks.hpp"
#include "plugins/common/xml.hpp"

namespace gleaner::arxiv {
namespace {

using common::child_named;
using common::local_name;
using common::text_within;

std::optional<std::size_t> whole_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 12;
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::size_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::size_t>(c - '0');
  }
  return value;
}

/// "cs.LG" and "hep-th", not the MSC and ACM classes that old answers carry beside them ("53D10, 53D15",
/// "I.2.7").
bool is_arxiv_category(std::string_view term) {
  if (term.empty() || !is_lower(term.front())) return false;
  return std::all_of(term.begin(), term.end(), [](char c) { return is_letter(c) || c == '.' || c == '-'; });
}

void add_category_of(const pugi::xml_node& node, OwnedEntry& paper) {
  std::string term(trimmed(node.attribute("term").value()));
  const bool is_known =
      std::find(paper.categories.begin(), paper.categories.end(), term) != paper.categories.end();
  if (!is_known && is_arxiv_category(term)) paper.categories.push_back(std::move(term));
}

void add_author(const pugi::xml_node& author, OwnedEntry& paper) {
  std::string name = text_within(child_named(author, "name"));
  if (name.empty()) return;
  paper.authors.push_back(std::move(name));
  paper.affiliations.push_back(text_within(child_named(author, "affiliation")));
}

OwnedEntry paper_of_entry(const pugi::xml_node& entry) {
  OwnedEntry paper;
  if (auto id = parse_id(text_within(child_named(entry, "id")))) {
    paper.id = std::move(id->bare);
    paper.version = id->version;
  }
  paper.title = text_within(child_named(entry, "title"));
  paper.abstract = text_within(child_named(entry, "summary"));
  paper.journal = text_within(child_named(entry, "journal_ref"));
  paper.doi = text_within(child_named(entry, "doi"));
  paper.date = day_of(text_within(child_named(entry, "published"))).value_or("");
  add_category_of(child_named(entry, "primary_category"), paper);  // first, whatever the order of elements
  for (const pugi::xml_node& node : entry.children()) {
    if (node.type() != pugi::node_element) continue;
    if (local_name(node) == "category") add_category_of(node, paper);
    if (local_name(node) == "author") add_author(node, paper);
  }
  return paper;
}

bool is_error(const pugi::xml_node& entry) {
  return text_within(child_named(entry, "id")).find("/api/errors") != std::string::npos;
}

}  // namespace

ApiPage parse_api_page(std::string bytes, std::string_view charset, std::string_view origin) {
  if (starts_ignoring_case(trimmed(bytes), "rate exceeded"))
    throw Error(std::string(origin) +
                    ": arXiv answered \"Rate exceeded.\" instead of search results. It is turning "
                    "requests away for now; try again in a few minutes.",
                GLEANER_UNREACHABLE);
  const common::XmlDocument document = common::parse_xml(std::move(bytes), charset, origin);
  const pugi::xml_node feed = document.root();
  if (local_name(feed) != "feed")
    throw common::malformed(origin, "is XML but no answer of arXiv's search API: it begins with <" +
                                        std::string(local_name(feed).substr(0, 60)) +
                                        "> where <feed> should be.");
  ApiPage page;
  const auto total = whole_number(text_within(child_named(feed, "totalResults")));
  for (const pugi::xml_node& entry : feed.children()) {
    if (entry.type() != pugi::node_element || local_name(entry) != "entry") continue;
    OwnedEntry paper = paper_of_entry(entry);
    if (is_error(entry) || (paper.title == "Error" && paper.id.empty())) {
      page.refusal = paper.abstract.empty() ? "it gave no reason" : paper.abstract;
      return page;
    }
    if (paper.id.empty())
      ++page.unreadable;
    else
      page.papers.push_back(std::move(paper));
  }
  if (!total)
    throw common::malformed(
        origin, "is no answer of arXiv's search API: it does not say how many results there are.");
  page.total = *total;
  return page;
}

}  // namespace gleaner::arxiv
