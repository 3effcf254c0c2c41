// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/vocabulary.hpp"

#include <array>
#include <utility>
#include <vector>

#include "plugins/common/ascii.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/ids.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/url.hpp"
#include "plugins/common/xml.hpp"
#include "plugins/feed/readers.hpp"

namespace gleaner::feed {
namespace {

using common::html_to_text;
using common::local_name;
using common::raw_text;

struct Known {
  std::string_view address;  // how a namespace begins: PRISM has one for each of its versions
  std::string_view prefix;
  Vocabulary vocabulary;
};
constexpr std::array<Known, 12> kKnown = {{
    {"http://purl.org/rss/1.0/modules/content/", "content", Vocabulary::content},
    {"http://purl.org/rss/1.0/", "rss", Vocabulary::rss},
    {"http://my.netscape.com/rdf/simple/", "rss09", Vocabulary::rss},
    {"http://channel.netscape.com/rdf/simple/", "rss09", Vocabulary::rss},
    {"http://backend.userland.com/rss", "rss2", Vocabulary::rss},
    {"http://www.w3.org/2005/Atom", "atom", Vocabulary::atom},
    {"http://purl.org/atom/ns#", "atom", Vocabulary::atom},
    {"http://purl.org/dc/", "dc", Vocabulary::dublin_core},
    {"http://purl.org/dc/", "dcterms", Vocabulary::dublin_core},
    {"http://prismstandard.org/namespaces/", "prism", Vocabulary::prism},
    {"http://creativecommons.org/ns#", "cc", Vocabulary::creative_commons},
    {"http://backend.userland.com/creativeCommonsRssModule", "creativeCommons", Vocabulary::creative_commons},
}};

std::string_view prefix_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == common::kNone ? std::string_view{} : name.substr(0, colon);
}

void take_date(std::string_view text, Entry& entry) {
  if (!entry.published) entry.published = common::parse_moment(text);
}

void take_license(std::string_view text, Entry& entry) {
  text = common::trimmed(text);
  if (entry.license.empty() && common::is_web_address(text)) entry.license = text;
}

void read_dublin_core(std::string_view name, const std::string& text, Entry& entry) {
  if (name == "creator") {
    for (std::string& author : common::split_names(text))
      entry.authors.push_back(std::move(author));
  } else if (name == "title") {
    if (entry.title.empty()) entry.title = html_to_text(text);
  } else if (name == "description" || name == "abstract") {
    if (entry.summary.empty()) entry.summary = bounded_text(html_to_text(text));
  } else if (name == "date" || name == "issued" || name == "created") {
    take_date(text, entry);
  } else if (name == "subject") {
    entry.categories.push_back(html_to_text(text));
  } else if (name == "identifier") {
    read_doi(text, entry);
  } else if (name == "rights" || name == "license") {
    take_license(text, entry);
  }
}

void read_prism(std::string_view name, const std::string& text, Entry& entry) {
  if (name == "doi") {
    read_doi(text, entry);
  } else if (name == "publicationName") {
    entry.journal = html_to_text(text);
  } else if (name == "publicationDate" || name == "coverDate") {
    take_date(text, entry);
  }
}

}  // namespace

Vocabulary vocabulary_of(const pugi::xml_node& node) {
  const std::string_view prefix = prefix_of(node);
  const std::string_view address = common::namespace_of(node);
  for (const Known& known : kKnown) {
    const bool is_meant =
        address.empty() ? !prefix.empty() && prefix == known.prefix : address.starts_with(known.address);
    if (is_meant) return known.vocabulary;
  }
  return prefix.empty() ? Vocabulary::rss
                        : Vocabulary::other;  // RSS 2.0 has no namespace, some give it one of their own
}

void read_doi(std::string_view written, Entry& entry) {
  const std::string doi = common::bare_doi(written);
  if (doi.empty()) return;
  if (entry.doi.empty()) entry.doi = doi;
  entry.identifiers.insert(entry.identifiers.begin(), doi);
}

bool read_extension(const pugi::xml_node& node, Entry& entry) {
  switch (vocabulary_of(node)) {
    case Vocabulary::dublin_core:
      read_dublin_core(local_name(node), raw_text(node), entry);
      return true;
    case Vocabulary::content:
      if (local_name(node) == "encoded") entry.content = bounded_text(html_to_text(raw_text(node)));
      return true;
    case Vocabulary::prism:
      read_prism(local_name(node), raw_text(node), entry);
      return true;
    case Vocabulary::creative_commons:
      take_license(node.attribute("rdf:resource") ? node.attribute("rdf:resource").value() : raw_text(node),
                   entry);
      return true;
    default:
      return false;
  }
}

bool is_own_generator(const pugi::xml_node& generator) {
  return common::trimmed(raw_text(generator)) == "Gleaner";
}

void read_own_entry(Entry& entry, std::vector<std::string> names) {
  entry.authors = std::move(names);
  if (entry.summary.empty()) entry.content.clear();
}

std::string resolved_at(const pugi::xml_node& node, const std::string& reference, const std::string& origin) {
  std::string out(common::trimmed(reference));
  if (out.empty() || common::is_web_address(out)) return out;
  for (pugi::xml_node at = node; at.type() == pugi::node_element; at = at.parent())
    if (const pugi::xml_attribute base = at.attribute("xml:base")) out = common::resolved(base.value(), out);
  return common::resolved(origin, out);
}

}  // namespace gleaner::feed
