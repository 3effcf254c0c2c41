// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "plugins/common/ascii.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/xml.hpp"
#include "plugins/feed/readers.hpp"
#include "plugins/feed/vocabulary.hpp"

namespace gleaner::feed {
namespace {

using common::local_name;
using common::raw_text;

// RFC 4287, section 3.1.1: the attribute says whether markup is escaped, inline or just characters. Atom 0.3
// says `mode="escaped"` and a media type.
std::string construct_text(const pugi::xml_node& node) {
  const std::string_view type = node.attribute("type").as_string("text");
  const std::string_view mode = node.attribute("mode").as_string();
  const bool is_markup = type == "html" || type == "text/html" || mode == "escaped";
  if (is_markup) return common::html_to_text(raw_text(node));
  if (type == "text" || type == "text/plain") return common::plain_line(raw_text(node));
  return common::text_within(node);
}

void add_person(const pugi::xml_node& person, std::vector<std::string>& names) {
  // One person's name, says RFC 4287, section 3.2; some feeds put all authors into it.
  for (std::string& name : common::split_names(raw_text(common::child_named(person, "name"))))
    names.push_back(std::move(name));
}

std::vector<std::string> authors_of(const pugi::xml_node& parent) {
  std::vector<std::string> names;
  for (const pugi::xml_node& node : parent.children())
    if (node.type() == pugi::node_element && local_name(node) == "author") add_person(node, names);
  return names;
}

void read_link(const pugi::xml_node& node, Entry& entry, const std::string& origin) {
  const std::string_view relation = node.attribute("rel").as_string("alternate");
  const std::string address = resolved_at(node, node.attribute("href").value(), origin);
  if (relation == "alternate" && entry.link.empty()) entry.link = address;
  if (relation == "license" && entry.license.empty()) entry.license = address;
}

std::vector<std::string> own_authors(const pugi::xml_node& parent) {
  std::vector<std::string> names;
  for (const pugi::xml_node& node : parent.children())
    if (node.type() == pugi::node_element && local_name(node) == "author")
      names.push_back(common::plain_line(raw_text(common::child_named(node, "name"))));
  return names;
}

struct Dates {
  std::optional<common::Moment> published, updated;
};

void read_element(const pugi::xml_node& node, Entry& entry, Dates& dates, std::string& id,
                  const std::string& origin) {
  const std::string_view name = local_name(node);
  if (name == "title") {
    entry.title = construct_text(node);
  } else if (name == "id") {
    id = common::trimmed(raw_text(node));
  } else if (name == "link") {
    read_link(node, entry, origin);
  } else if (name == "summary") {
    entry.summary = bounded_text(construct_text(node));
  } else if (name == "content") {
    if (!node.attribute("src")) entry.content = bounded_text(construct_text(node));
  } else if (name == "published" || name == "issued") {
    dates.published = common::parse_moment(raw_text(node));
  } else if (name == "updated" || name == "modified") {
    dates.updated = common::parse_moment(raw_text(node));
  } else if (name == "category") {
    const pugi::xml_attribute label = node.attribute("label");
    entry.categories.push_back(common::plain_line(label ? label.value() : node.attribute("term").value()));
  }
}

Entry read_entry(const pugi::xml_node& node, const std::vector<std::string>& feed_authors,
                 const std::string& origin) {
  Entry entry;
  Dates dates;
  std::string id;
  entry.authors = authors_of(node);
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element || read_extension(child, entry)) continue;
    // "arxiv:doi" and its like have their own namespaces.
    if (local_name(child) == "doi") read_doi(raw_text(child), entry);
    if (vocabulary_of(child) == Vocabulary::atom) read_element(child, entry, dates, id, origin);
  }
  if (entry.authors.empty()) entry.authors = feed_authors;  // RFC 4287, section 4.2.1
  if (dates.published || dates.updated) entry.published = dates.published ? dates.published : dates.updated;
  for (std::string written : {std::move(id), entry.link})
    if (!written.empty()) entry.identifiers.push_back(std::move(written));
  return entry;
}

}  // namespace

Feed read_atom(const pugi::xml_node& root, const std::string& origin) {
  Feed feed;
  feed.title = construct_text(common::child_named(root, "title"));
  const pugi::xml_node updated = common::child_named(root, "updated");
  feed.updated = common::parse_moment(raw_text(updated ? updated : common::child_named(root, "modified")));
  const std::vector<std::string> authors = authors_of(root);
  const bool is_own = is_own_generator(common::child_named(root, "generator"));
  for (const pugi::xml_node& node : root.children()) {
    if (node.type() != pugi::node_element || local_name(node) != "entry") continue;
    feed.entries.push_back(read_entry(node, authors, origin));
    if (is_own) read_own_entry(feed.entries.back(), own_authors(node));
  }
  return feed;
}

}  // namespace gleaner::feed
