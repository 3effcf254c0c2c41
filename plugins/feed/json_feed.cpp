// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <boost/json/object.hpp>

#include "plugins/common/html_text.hpp"
#include "plugins/common/json.hpp"
#include "plugins/common/names.hpp"
#include "plugins/common/url.hpp"
#include "plugins/feed/readers.hpp"
#include "plugins/feed/vocabulary.hpp"

namespace gleaner::feed {
namespace {

namespace bj = boost::json;
using common::text_at;

// `authors` since version 1.1, `author` before.
std::vector<std::string> people(const bj::object& object) {
  std::vector<std::string> names;
  const auto add = [&names](const bj::object& person) {
    std::string name = common::natural_name(text_at(person, "name"));
    if (!name.empty()) names.push_back(std::move(name));
  };
  if (const bj::array* authors = common::array_at(object, "authors")) {
    for (const bj::value& author : *authors)
      if (author.is_object()) add(author.get_object());
  } else if (const bj::object* author = common::object_at(object, "author")) {
    add(*author);
  }
  return names;
}

// What the output `feed` adds to an item: then nothing has to be guessed.
void read_own_item(const bj::object& item, const bj::object& extension, Entry& entry) {
  std::vector<std::string> names;
  if (const bj::array* authors = common::array_at(item, "authors"))
    for (const bj::value& author : *authors)
      if (author.is_object()) names.push_back(common::plain_line(text_at(author.get_object(), "name")));
  read_own_entry(entry, std::move(names));
  read_doi(text_at(extension, "doi"), entry);
}

std::string content_of(const bj::object& item) {
  const std::string html = text_at(item, "content_html");
  return bounded_text(html.empty() ? common::plain_line(text_at(item, "content_text"))
                                   : common::html_to_text(html));
}

std::string address_at(const bj::object& item, std::string_view key, const std::string& origin) {
  const std::string written = text_at(item, key);
  return written.empty() ? written : common::resolved(origin, written);
}

Entry read_item(const bj::object& item, const std::vector<std::string>& feed_authors,
                const std::string& origin) {
  Entry entry;
  entry.link = address_at(item, "url", origin);
  const std::string external = address_at(item, "external_url", origin);
  if (entry.link.empty()) entry.link = external;
  for (const std::string& written : {text_at(item, "id"), entry.link})
    if (!written.empty()) entry.identifiers.push_back(written);
  entry.title = common::plain_line(text_at(item, "title"));
  entry.summary = bounded_text(common::plain_line(text_at(item, "summary")));
  entry.content = content_of(item);
  entry.authors = people(item);
  if (entry.authors.empty()) entry.authors = feed_authors;
  if (const bj::array* tags = common::array_at(item, "tags"))
    for (const bj::value& tag : *tags)
      entry.categories.push_back(common::plain_line(common::text_of(tag)));
  entry.published = common::parse_moment(text_at(item, "date_published"));
  if (!entry.published) entry.published = common::parse_moment(text_at(item, "date_modified"));
  if (const bj::object* own = common::object_at(item, "_gleaner")) read_own_item(item, *own, entry);
  return entry;
}

}  // namespace

Feed read_json_feed(const bj::object& root, const std::string& origin) {
  Feed feed;
  feed.title = common::plain_line(text_at(root, "title"));
  const std::vector<std::string> authors = people(root);
  if (const bj::array* items = common::array_at(root, "items"))
    for (const bj::value& item : *items)
      if (item.is_object()) feed.entries.push_back(read_item(item.get_object(), authors, origin));
  return feed;
}

}  // namespace gleaner::feed
