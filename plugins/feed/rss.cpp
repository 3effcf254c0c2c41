// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "plugins/common/ascii.hpp"
#include "plugins/common/html_text.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/url.hpp"
#include "plugins/common/xml.hpp"
#include "plugins/feed/readers.hpp"
#include "plugins/feed/vocabulary.hpp"

namespace gleaner::feed {
namespace {

using common::html_to_text;
using common::local_name;
using common::raw_text;

// <atom:link> and <atom:author> in an RSS item.
void read_atom_in_rss(const pugi::xml_node& node, Entry& entry, const std::string& origin) {
  const std::string_view name = local_name(node);
  const std::string_view relation = node.attribute("rel").as_string("alternate");
  if (name == "link" && relation == "alternate" && entry.link.empty())
    entry.link = resolved_at(node, node.attribute("href").value(), origin);
  if (name == "author")
    for (std::string& author : common::split_names(common::text_within(common::child_named(node, "name"))))
      entry.authors.push_back(std::move(author));
  if ((name == "published" || name == "updated") && !entry.published)
    entry.published = common::parse_moment(raw_text(node));
}

struct Item {
  Entry entry;
  std::string guid;
  std::optional<common::Moment> date;  // pubDate, which comes before any other
};

void read_element(const pugi::xml_node& node, Item& item, const std::string& origin) {
  const std::string_view name = local_name(node);
  Entry& entry = item.entry;
  if (name == "title") {
    entry.title = html_to_text(raw_text(node));
  } else if (name == "link") {
    entry.link = resolved_at(node, raw_text(node), origin);
  } else if (name == "guid") {
    item.guid = common::trimmed(raw_text(node));
    // RSS 2.0: unless it says otherwise, a guid is the address of the item.
    const bool is_link = std::string_view(node.attribute("isPermaLink").as_string("true")) != "false";
    if (entry.link.empty() && is_link && common::is_web_address(item.guid)) entry.link = item.guid;
  } else if (name == "description") {
    // Escaped HTML or CDATA as a rule; some put elements there.
    const bool has_elements =
        node.find_child([](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
    entry.summary = bounded_text(has_elements ? common::text_within(node) : html_to_text(raw_text(node)));
  } else if (name == "pubDate") {
    item.date = common::parse_moment(raw_text(node));
  } else if (name == "author") {
    for (std::string& author : common::split_names(raw_text(node)))
      entry.authors.push_back(std::move(author));
  } else if (name == "category") {
    entry.categories.push_back(html_to_text(raw_text(node)));
  }
}

Entry read_item(const pugi::xml_node& node, const std::string& origin) {
  Item item;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element || read_extension(child, item.entry)) continue;
    const Vocabulary vocabulary = vocabulary_of(child);
    if (vocabulary == Vocabulary::atom) read_atom_in_rss(child, item.entry, origin);
    if (vocabulary == Vocabulary::rss) read_element(child, item, origin);
  }
  Entry entry = std::move(item.entry);
  if (item.date) entry.published = item.date;
  if (entry.link.empty()) entry.link = resolved_at(node, node.attribute("rdf:about").value(), origin);
  for (std::string written : {item.guid, std::string(node.attribute("rdf:about").value()), entry.link})
    if (!written.empty()) entry.identifiers.push_back(std::move(written));
  return entry;
}

std::vector<std::string> own_creators(const pugi::xml_node& item) {
  std::vector<std::string> names;
  for (const pugi::xml_node& node : item.children())
    if (node.type() == pugi::node_element && vocabulary_of(node) == Vocabulary::dublin_core &&
        local_name(node) == "creator")
      names.push_back(html_to_text(raw_text(node)));
  return names;
}

void read_channel(const pugi::xml_node& channel, Feed& feed) {
  for (const pugi::xml_node& node : channel.children()) {
    if (node.type() != pugi::node_element) continue;
    const std::string_view name = local_name(node);
    if (name == "title" && feed.title.empty()) feed.title = html_to_text(raw_text(node));
    if ((name == "lastBuildDate" || name == "pubDate" || name == "date") && !feed.updated)
      feed.updated = common::parse_moment(raw_text(node));
  }
}

}  // namespace

Feed read_rss(const pugi::xml_node& root, const std::string& origin) {
  Feed feed;
  const pugi::xml_node channel = common::child_named(root, "channel");
  read_channel(channel, feed);
  // RSS 1.0 and 0.9 have the items beside the channel, the others within.
  const bool is_own = is_own_generator(common::child_named(channel, "generator"));
  for (const pugi::xml_node& parent : {channel, root}) {
    for (const pugi::xml_node& node : parent.children()) {
      if (node.type() != pugi::node_element || local_name(node) != "item") continue;
      feed.entries.push_back(read_item(node, origin));
      if (is_own) read_own_entry(feed.entries.back(), own_creators(node));
    }
  }
  return feed;
}

}  // namespace gleaner::feed
